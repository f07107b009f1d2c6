import { spreadOf } from '../../src/core/rounds.ts';
import type { ContestResult, Guard, RatioResult } from './harness.ts';

/** Where a contest was held. */
export interface Place {
  /** 'Node' or 'Chromium'. */
  name: string;
  /** A sentence that belongs to every number of it, or ''. */
  remark: string;
}

export interface HeldContest extends ContestResult {
  place: Place;
}

/** What a run says about itself. */
export interface RunInfo {
  machine: string;
  commit: string;
  date: string;
  versions: Record<string, string>;
  command: string;
}

/** A comparison as the file holds it, under its id; those of the browser have `@chromium` behind it. */
export type StoredRatio = RatioResult &
  Pick<ContestResult, 'title' | 'input' | 'milliseconds' | 'disturbed' | 'load' | 'figures'> & {
    place: Place;
  };

/** The file that `--json` writes: ratios by id, contests without a rival by title, and what the run says about itself. */
export function toJson(contests: HeldContest[], info: RunInfo): Record<string, unknown> {
  const file: Record<string, unknown> = { ...info };
  for (const { comparisons, ...contest } of contests) {
    const suffix = contest.place.name === 'Node' ? '' : `@${contest.place.name.toLowerCase()}`;
    const ratios = Object.entries(comparisons);
    if (ratios.length === 0) file[contest.title + suffix] = contest;
    for (const [id, ratio] of ratios)
      file[id + suffix] = { ...contest, ...ratio } satisfies StoredRatio;
  }
  return file;
}

/** One contest as Markdown: its ratios with their guards, its times, its figures. */
export function toMarkdown(contest: HeldContest): string {
  const { title, input, disturbed, load, place, figures } = contest;
  const rounds = Object.values(contest.milliseconds)[0]?.length ?? 0;
  const head = [
    `### ${title} (${place.name})`,
    '',
    `Input ${input}; ${rounds} rounds, ${disturbed} disturbed ones beside them; load ${load?.toFixed(2) ?? 'unknown'}.${place.remark === '' ? '' : ` **${place.remark}**`}`,
    '',
  ];
  const ratios = Object.entries(contest.comparisons).map(([id, result]) => ratioRow(id, result));
  const times = Object.entries(contest.milliseconds).map(([name, values]) => {
    const { median, low, high } = spreadOf(values);
    return [name, ...[median, low, high, contest.cold[name]].map((time) => time.toFixed(1))];
  });
  return [
    ...head,
    ...(ratios.length === 0 ? [] : [table(RATIO_HEAD, ratios), '']),
    table(['contestant', 'ms, median', 'fastest', 'slowest', 'cold'], times),
    '',
    ...Object.entries(figures).map(([name, value]) => `- ${name}: ${value}`),
    '',
  ].join('\n');
}

const RATIO_HEAD = ['comparison', 'times as fast', 'lowest', 'highest', 'cold', 'guards', 'counts'];

function ratioRow(id: string, result: RatioResult): string[] {
  const { ratio, low, high, cold, guards, counts } = result;
  const numbers = [ratio, low, high, cold].map((value) => value.toFixed(2));
  const judged = Object.entries(guards).map(([name, guard]) => guardWords(name, guard));
  return [id, ...numbers, judged.join('; '), counts ? 'yes' : '**no**'];
}

function guardWords(name: string, { value, limit, holds }: Guard): string {
  return `${name} ${value.toPrecision(4)} (bound ${limit.toPrecision(4)})${holds ? '' : ' FAILED'}`;
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((name, c) => Math.max(name.length, ...rows.map((row) => row[c].length)));
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, c) => cell.padEnd(widths[c])).join(' | ')} |`;
  return [
    line(head),
    `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`,
    ...rows.map(line),
  ].join('\n');
}
