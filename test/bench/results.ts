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

/** A comparison as files hold it, with the contest that it was part of. */
export interface StoredRatio extends RatioResult {
  contest: Omit<HeldContest, 'comparisons'>;
  run: RunInfo;
}

/** What `--json` writes: comparisons by id, those of the browser with `@chromium` behind it, and no other key. */
export type Results = Record<string, StoredRatio>;

export function toResults({ comparisons, ...contest }: HeldContest, run: RunInfo): Results {
  const suffix = contest.place.name === 'Node' ? '' : `@${contest.place.name.toLowerCase()}`;
  return Object.fromEntries(
    Object.entries(comparisons).map(([id, ratio]) => [id + suffix, { ...ratio, contest, run }]),
  );
}

/** The page of results: a chapter for each run, a table for each of its contests. */
export function toDocument(results: Results): string {
  const runs = new Map<string, Results>();
  for (const [key, result] of Object.entries(results)) {
    const name = JSON.stringify(result.run);
    runs.set(name, { ...runs.get(name), [key]: result });
  }
  const chapters = [...runs.values()].map(chapter);
  return [INTRODUCTION, ...chapters].join('\n');
}

const INTRODUCTION = `# Results of the benchmarks

A ratio is the median over rounds of the rival's time (or memory) over the own in that round, with the lowest and the highest. Contestants take turns in random order; the first round is told apart as cold. Around each round a control loop of 200 ms runs: where it takes over a tenth longer than the fastest, the round is discarded. A ratio counts when its guards hold and enough rounds were kept. The same numbers, round by round, are in \`results.json\` beside this page.
`;

export function headOf({ machine, commit, date, versions, command }: RunInfo): string {
  const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `## ${command}

${date}, commit ${commit}, ${machine}. With ${used.join(', ')}.
`;
}

function chapter(results: Results): string {
  const contests = new Map<string, HeldContest>();
  for (const [key, { contest, ...ratio }] of Object.entries(results)) {
    const name = `${contest.title} ${contest.place.name}`;
    const held = contests.get(name) ?? { ...contest, comparisons: {} };
    held.comparisons[key.split('@')[0]] = ratio;
    contests.set(name, held);
  }
  const [{ run }] = Object.values(results);
  return [headOf(run), ...[...contests.values()].map(toMarkdown)].join('\n');
}

/** One contest as Markdown: its ratios with their guards, its times, its figures. */
export function toMarkdown(contest: HeldContest): string {
  const { title, input, kept, discarded, load, place, figures } = contest;
  const head = [
    `### ${title} (${place.name})`,
    '',
    `Input ${input}; rounds: ${kept} kept, ${discarded} discarded; load ${load?.toFixed(2) ?? 'unknown'}.${place.remark === '' ? '' : ` **${place.remark}**`}`,
    '',
  ];
  const ratios = Object.entries(contest.comparisons).map(([id, result]) => ratioRow(id, result));
  const times = Object.entries(contest.milliseconds).map(([name, values]) => {
    const { median, low, high } = spreadOf(values);
    return [name, ...[median, low, high, contest.cold[name]].map((time) => time.toFixed(1))];
  });
  return [
    ...head,
    table(RATIO_HEAD, ratios),
    '',
    ...(times.length === 0 ? [] : [table(TIMES_HEAD, times), '']),
    ...Object.entries(figures).map(([name, value]) => `- ${name}: ${value}`),
    '',
  ].join('\n');
}

const TIMES_HEAD = ['contestant', 'ms, median', 'fastest', 'slowest', 'cold'];
const RATIO_HEAD = ['comparison', 'times as good', 'lowest', 'highest', 'cold', 'guards', 'counts'];

function ratioRow(id: string, result: RatioResult): string[] {
  const { ratio, low, high, cold, guards, counts } = result;
  const numbers = [ratio, low, high, cold].map((value) => value?.toFixed(2) ?? '');
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
