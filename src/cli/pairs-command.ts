import { readFile } from 'node:fs/promises';
import { calmPairs } from '../answers/votes/calm-vote.ts';
import {
  feedbackPairs,
  type Feedback,
  type FeedbackSettings,
} from '../answers/pairs/feedback-pairs.ts';
import { languageIdentifier } from '../answers/identify-language.ts';
import {
  exampleRows,
  preferencePairs,
  type PairSettings,
} from '../answers/pairs/preference-pairs.ts';
import type { IsInLanguage } from '../answers/votes/targets.ts';
import type { AnswerTable } from '../core/answers.ts';
import { LANGUAGE_WISHES, type LanguageWishes } from '../core/language-wishes.ts';
import {
  PAIR_FILTERS,
  PLANS,
  TARGETS,
  TRAINING_FORMATS,
  type PairFilters,
  type PairSet,
  type Plan,
  type TargetKind,
  type TrainingFormat,
} from '../core/preference-pairs.ts';
import { pairsJson, reasonsOf, rowsByLanguage } from '../io/write/pairs-json.ts';
import { balanceCsv, trainingFiles } from '../io/write/training-files.ts';
import {
  elect,
  ELECTION_OPTIONS,
  electionOptions,
  languageOf,
  withParser,
  type Elected,
  type ElectionOptions,
  type Given,
} from './elect.ts';
import { parsed, usage } from './options.ts';
import { progressLine } from './progress.ts';
import { readAnswers } from './read-answers.ts';
import { assertWritable, writeAll } from './write-files.ts';

interface Options extends ElectionOptions {
  files: string[];
  out: string;
  format: TrainingFormat;
  meta: boolean;
  truth: boolean;
  target: Exclude<TargetKind, 'calm'>;
  filters: PairFilters;
  checkLanguage: boolean;
  plan: Plan | null;
  pivot: string | null;
  cap: number | null;
  same: boolean;
  wishes: LanguageWishes;
}

/** `isogloss pairs`: rows to train on, from what the answers to each question elect. */
export async function pairsCommand(argv: string[], version: string): Promise<void> {
  const given = await parseOptions(argv);
  await assertWritable(given.out);
  const context = progressLine();
  const { table: whole, summary } = await readAnswers(given.files, context);
  const options = withParser(given, summary);
  const elected = await elect(whole, options, context);
  const { table, election, choices, nameOf, settings } = elected;
  const made = madePairs(elected, options);
  const { format, meta } = options;
  const { votes } = election;
  const files = trainingFiles({ table, votes, choices, nameOf, pairs: made.pairs, format, meta });
  if ('cells' in made) files.set('balance.csv', balanceCsv(made.cells, table));
  const { encoder } = elected;
  const head = { isogloss: version, ...settingsJson(options), ...(encoder && { encoder }) };
  files.set('pairs.json', pairsJson({ head, table, set: made, votes, ...settings, summary }));
  await writeAll(options.out, files);
  tell(made, table);
  context.say(`Wrote ${files.size} files to ${options.out}.`);
}

function madePairs(elected: Elected, options: Options): PairSet | Feedback {
  const { table, choices, election } = elected;
  if (options.mode === 'calm') return calmRows(elected, options);
  const settings: PairSettings = {
    kind: options.target,
    refusals: options.filters.refusals,
    confidence: elected.confidence,
    filters: options.filters,
    isInLanguage: options.checkLanguage ? identification(table) : () => true,
  };
  if (options.plan !== null) {
    const feedback = feedbackSettings(elected, { ...options, plan: options.plan });
    return feedbackPairs(table, choices, { election, settings, feedback });
  }
  const make = options.format === 'sft' ? exampleRows : preferencePairs;
  return make(table, choices, { election, settings });
}

function calmRows(
  { table, choices, election, settings, profiles }: Elected,
  { truth }: Options,
): PairSet {
  const english = truth ? languageOf(table, 'en') : null;
  if (english !== null && !settings.order.includes(english))
    throw usage('English is missing in --order: --truth takes its right answers.');
  const calm = { profiles, voters: settings.voters, truthIn: english };
  return calmPairs(table, choices, { election, settings: calm });
}

function identification({ languages }: AnswerTable): IsInLanguage {
  const identifier = languageIdentifier(languages);
  return (text, language) => identifier.isInLanguage(text, language);
}

function feedbackSettings(
  { table, settings }: Elected,
  { plan, pivot, cap, same, wishes, seed }: Options & { plan: Plan },
): FeedbackSettings {
  const { order } = settings;
  return {
    plan,
    order,
    pivot: pivot === null ? null : languageOf(table, pivot),
    cap,
    same,
    wishes,
    seed,
  };
}

async function parseOptions(argv: string[]): Promise<Given<Options>> {
  const option = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values, positionals } = parsed(argv, {
    ...ELECTION_OPTIONS,
    out: option,
    format: option,
    meta: flag,
    truth: flag,
    target: option,
    'min-share': option,
    'min-margin': option,
    'min-coverage': option,
    'length-ratio': option,
    'most-confident': flag,
    'allow-refusals': flag,
    'check-language': flag,
    plan: option,
    pivot: option,
    cap: option,
    same: flag,
    wishes: option,
  });
  if (positionals.length === 0) throw usage('No file is given.');
  if (values.out === undefined || values.out === '')
    throw usage('The option --out DIR is missing.');
  const options: Given<Options> = {
    files: positionals,
    out: values.out,
    ...electionOptions(values),
    format: oneOf(TRAINING_FORMATS, values.format ?? 'llama-factory', 'format'),
    meta: values.meta === true,
    truth: values.truth === true,
    target: oneOf(OWN_TARGETS, values.target ?? 'own-language', 'target'),
    filters: {
      share: numberIn(values['min-share'], '--min-share', [0, 1]) ?? PAIR_FILTERS.share,
      margin: numberIn(values['min-margin'], '--min-margin', [0, 1]) ?? PAIR_FILTERS.margin,
      coverage: numberIn(values['min-coverage'], '--min-coverage', [0, 1]) ?? PAIR_FILTERS.coverage,
      lengthRatio: numberIn(values['length-ratio'], '--length-ratio', [1, Infinity]),
      onlyMostConfident: values['most-confident'] === true,
      refusals: values['allow-refusals'] === true,
    },
    checkLanguage: values['check-language'] === true,
    plan: values.plan === undefined ? null : oneOf(PLANS, values.plan, 'plan'),
    pivot: values.pivot ?? null,
    cap: numberIn(values.cap, '--cap', [1, Infinity]),
    same: values.same === true,
    wishes: await readWishes(values.wishes),
  };
  refuseContradictions(options, Object.keys(values));
  return options;
}

const OWN_TARGETS = TARGETS.filter((kind) => kind !== 'calm');

/** Options that only our own mode knows. */
const OWN_ONLY = [
  'target',
  'min-share',
  'min-margin',
  'min-coverage',
  'length-ratio',
  'most-confident',
  'allow-refusals',
  'check-language',
  'plan',
];
const PLAN_ONLY = ['pivot', 'cap', 'same', 'wishes'];

function refuseContradictions(
  { mode, plan, pivot, truth, cap }: Given<Options>,
  given: string[],
): void {
  const own = given.find((name) => OWN_ONLY.includes(name));
  if (mode === 'calm' && own !== undefined) throw usage(`The option --${own} needs --mode own.`);
  if (mode === 'own' && truth) throw usage('The option --truth needs --mode calm.');
  const planned = given.find((name) => PLAN_ONLY.includes(name));
  if (plan === null && planned !== undefined) throw usage(`The option --${planned} needs --plan.`);
  const needsPivot = plan === 'to-pivot' || plan === 'from-pivot';
  if (needsPivot && pivot === null) throw usage(`The plan ${plan} needs --pivot TAG.`);
  if (plan !== null && !needsPivot && pivot !== null)
    throw usage(`The plan ${plan} has no pivot: leave --pivot out.`);
  if (cap !== null && !Number.isInteger(cap)) throw usage(`The cap ${cap} is not a whole number.`);
}

function oneOf<Name extends string>(names: readonly Name[], wish: string, what: string): Name {
  const found = names.find((name) => name === wish);
  if (found !== undefined) return found;
  throw usage(`The ${what} ${wish} is unknown: it is one of ${names.join(', ')}.`);
}

function numberIn(
  text: string | undefined,
  name: string,
  [low, high]: [number, number],
): number | null {
  if (text === undefined) return null;
  const value = text.trim() === '' ? NaN : Number(text);
  if (value >= low && value <= high) return value;
  const range = high === Infinity ? `at least ${low}` : `from ${low} to ${high}`;
  throw usage(`The option ${name} needs a number ${range}, not ${text}.`);
}

/** Templates by language; those of a file take the place of the built-in ones. */
async function readWishes(path: string | undefined): Promise<LanguageWishes> {
  if (path === undefined) return LANGUAGE_WISHES;
  const wishes: unknown = await readFile(path, 'utf8')
    .then((text) => JSON.parse(text) as unknown)
    .catch((cause: unknown) => {
      throw usage(`${path} cannot be read: ${cause instanceof Error ? cause.message : 'no JSON'}.`);
    });
  const isObject = typeof wishes === 'object' && wishes !== null && !Array.isArray(wishes);
  if (!isObject || !Object.values(wishes).every((wish) => typeof wish === 'string'))
    throw usage(`${path} is no JSON object of sentences by language tag.`);
  return { ...LANGUAGE_WISHES, ...(wishes as LanguageWishes) };
}

function settingsJson(options: Options): Record<string, unknown> {
  const { mode, parser, profiles, format, model, open, seed } = options;
  const head = { mode, ...(open ? { open } : { parser, profiles }), format, model, seed };
  if (mode === 'calm') return { ...head, truth: options.truth };
  const { target, filters, checkLanguage, plan, pivot, cap, same, wishes } = options;
  const own = { ...head, target, filters, checkLanguage };
  return plan === null ? own : { ...own, plan, pivot, cap, same, wishes };
}

function tell(made: PairSet, table: AnswerTable): void {
  const lines = Object.entries(rowsByLanguage(made, table)).map(([l, rows]) => `${l}: ${rows}`);
  const out = Object.entries(reasonsOf(made)).map(([reason, n]) => `left out: ${n}, as ${reason}`);
  const right =
    made.known === 0
      ? []
      : [`rejected answers that are right: ${made.rejectedRight} of ${made.known}`];
  process.stdout.write(
    [`${made.pairs.length} rows`, ...lines, ...right, ...out].map((line) => `${line}\n`).join(''),
  );
}
