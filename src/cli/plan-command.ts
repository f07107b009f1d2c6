import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { adapterLabel } from '../core/adapter.ts';
import type { Language } from '../core/language.ts';
import {
  ITEM_NAMES,
  PLAN_DEFAULTS,
  PLAN_LIMIT,
  TRANSFER_KINDS,
  type AllocationPlan,
  type ByType,
  type PlanCap,
  type PlanSettings,
  type TransferKind,
} from '../core/plan.ts';
import { fromCaps } from '../io/read/from-caps.ts';
import { fromReport } from '../io/read/from-report.ts';
import { toPlanFiles } from '../io/write/plan-files.ts';
import { planAllocation } from '../planner/plan-allocation.ts';
import { comparisonText, coversText, planFinding, shiftText } from '../report/words/plan-words.ts';
import { deliver, DESTINATION_OPTIONS, destinationOf } from './deliver.ts';
import { parsed, seedOf, usage } from './options.ts';
import { progressLine } from './progress.ts';
import { exportedFiles, readEmbeddings } from './read-embeddings.ts';
import { readFiles } from './read-files.ts';

interface Options {
  run: string;
  /** Path of the caps. */
  caps: string | null;
  settings: Omit<PlanSettings, 'caps'>;
}

/** `isogloss plan`: which languages should get how much data, from a run that was exported. */
export async function planCommand(argv: string[], isogloss: string): Promise<void> {
  const option = { type: 'string' } as const;
  const { values, positionals } = parsed(argv, {
    ...DESTINATION_OPTIONS,
    budget: option,
    select: option,
    transfer: option,
    alpha: option,
    caps: option,
    mix: option,
    'include-pivot': { type: 'boolean' },
    seed: option,
  });
  const options = optionsOf(values, positionals);
  const { out } = values;
  if (out !== undefined && !/[^/\\]\.json$/.test(out))
    throw usage(
      `The option --out needs a file that ends in .json, not ${out === '' ? 'nothing' : out}.`,
    );
  const folder = out === undefined ? {} : { out: dirname(out) };
  const destination = await destinationOf({ ...values, ...folder });
  const context = progressLine();
  const { plan, source } = await planOf(options);
  const stem = out === undefined ? 'plan' : basename(out, '.json');
  if (source.adapter !== null)
    context.say(`note: The vectors are mapped by ${adapterLabel(source.adapter)}.`);
  for (const notice of plan.notices) context.say(`note: ${notice}`);
  const files = toPlanFiles({ isogloss, plan, source }, stem);
  const results = { files, table: tableOf(plan), json: `${stem}.json`, csv: `${stem}.csv` };
  await deliver(results, destination, context);
}

/** The files of an export that a plan is made from. */
const NEEDED = ['report.json', 'manifest.json', 'facts.csv', 'rows.csv', 'embeddings.npy'];

async function planOf({ run, caps, settings }: Options) {
  const [report, manifest] = exportedFiles(run, NEEDED);
  const { corpus } = await readFiles([run]);
  const { vectors } = await readEmbeddings(corpus, run);
  const { measures, pivot, source } = fromReport(report, manifest, corpus.languages);
  const bounds = caps === null ? [] : await readCaps(caps, corpus.languages);
  const request = { corpus, vectors, measures, pivot, settings: { ...settings, caps: bounds } };
  return { plan: planAllocation(request), source };
}

async function readCaps(path: string, languages: readonly Language[]): Promise<PlanCap[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw usage(
      `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    );
  });
  return fromCaps(text, path, languages);
}

type Values = Partial<Record<keyof PlanSettings | 'caps' | 'include-pivot', string | boolean>>;

function optionsOf(values: Values, runs: string[]): Options {
  if (runs.length !== 1) throw usage(`One run is needed, ${runs.length} given.`);
  if (values.budget === undefined) throw usage('The option --budget N is missing.');
  const text = (name: keyof Values): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  const number = (name: keyof Values): number | null => {
    const value = text(name);
    return value === undefined ? null : numberOf(value, `--${name}`);
  };
  const settings = {
    budget: number('budget') ?? PLAN_DEFAULTS.budget,
    select: number('select'),
    transfer: transferOf(text('transfer') ?? PLAN_DEFAULTS.transfer),
    alpha: number('alpha') ?? PLAN_DEFAULTS.alpha,
    includePivot: values['include-pivot'] === true,
    mix: values.mix === undefined ? PLAN_DEFAULTS.mix : mixOf(text('mix') ?? ''),
    seed: seedOf(text('seed')),
  };
  return { run: runs[0], caps: text('caps') ?? null, settings };
}

function numberOf(text: string, name: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw usage(`The option ${name} needs a number, not ${text === '' ? 'nothing' : text}.`);
}

function transferOf(name: string): TransferKind {
  const found = TRANSFER_KINDS.find((kind) => kind === name);
  if (found !== undefined) return found;
  throw usage(`The transfer ${name} is unknown: it is one of ${TRANSFER_KINDS.join(', ')}.`);
}

function mixOf(text: string): ByType {
  const parts = text.split(',');
  if (parts.length !== 3)
    throw usage(`The option --mix needs three parts, as 37175,7976,4871, not ${text}.`);
  const [fact, common, anchor] = parts.map((part) => numberOf(part, '--mix'));
  return { fact, common, anchor };
}

/** What gets how much, why, and how else it could be spent. */
function tableOf(plan: AllocationPlan): string {
  const { languages, needs, allocation, anchorItems, pivot, comparison, pairs } = plan;
  const width = Math.max(12, ...languages.map(({ label }) => label.length));
  const cell = Math.max(8, 1 + String(plan.settings.budget).length);
  const line = (name: string, cells: readonly (number | string)[], end = ''): string =>
    `${name.padEnd(width)} ${cells.map((own) => String(own).padStart(cell)).join('')}  ${end}`.trimEnd();
  const rows = allocation.map(({ language, credit, items, types, shift, ...own }) =>
    line(
      languages[language].label,
      [
        needs[language].need.toFixed(3),
        credit.toFixed(3),
        items,
        types.fact,
        types.common,
        types.anchor,
      ],
      [
        `covers ${coversText(plan, { language })}`,
        ...(shiftText(shift) === 'none' ? [] : [`shift ${shiftText(shift)}`]),
        ...(own.bound === null ? [] : [`held by its ${own.bound}`]),
      ].join('; '),
    ),
  );
  const compared = comparison.map((own) => `${own.name}: ${comparisonText(own)}`);
  return `${[
    planFinding(plan),
    `FaMSS-inspired. ${PLAN_LIMIT}`,
    '',
    line('language', ['need', 'credit', 'items', 'fact', 'common', 'anchor']),
    ...rows,
    line(languages[pivot].label, ['', '', anchorItems, 0, 0, anchorItems], ITEM_NAMES.anchor),
    '',
    ...compared,
    `${pairs.length.toLocaleString('en')} instruction pairs from texts at hand`,
  ].join('\n')}\n`;
}
