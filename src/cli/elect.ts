import { calmChoices, calmLetter } from '../answers/votes/calm-vote.ts';
import { answersWhere } from '../answers/answers-where.ts';
import { clusterName } from '../answers/votes/open-answers.ts';
import { openChoices } from '../answers/votes/open-vote.ts';
import { parseChoices } from '../answers/parse-choice.ts';
import { everyLanguage, vote, type Election } from '../answers/votes/vote.ts';
import { letterOf, type AnswersSummary, type AnswerTable } from '../core/answers.ts';
import { AnalyzerError } from '../core/errors.ts';
import { toTag } from '../core/language.ts';
import { PARSERS, usualParser, type MarkerProfiles, type Parser } from '../core/marker-profiles.ts';
import { BUNDLED_MODEL } from '../core/models.ts';
import type { ModelProvenance } from '../core/report.ts';
import type { Mismatched, VoteSettings } from '../core/votes.ts';
import { vectorsFolder } from './cache-command.ts';
import { encodeTexts } from './encode-texts.ts';
import { seedOf, usage } from './options.ts';
import type { ShellContext } from './progress.ts';
import { profilesOf } from './score-command.ts';

const option = { type: 'string' } as const;

/** Options that votes and pairs share. */
export const ELECTION_OPTIONS = {
  mode: option,
  parser: option,
  order: option,
  voters: option,
  model: option,
  open: { type: 'boolean' },
  profiles: option,
  seed: option,
} as const;

export interface ElectionOptions {
  mode: 'calm' | 'own';
  parser: Parser;
  /** Labels or tags, as on the command line; null where none are given. */
  order: string[] | null;
  voters: string[] | null;
  model: string | null;
  open: boolean;
  /** File of marker profiles. */
  profiles: string | null;
  seed: number;
}

/** Options as they were given: without a parser the usual one for the files is taken. */
export type Given<Options extends ElectionOptions> = Omit<Options, 'parser'> & {
  parser: Parser | null;
};

/** The same parser as that of the scores, unless another is given. */
export function withParser<Options extends ElectionOptions>(
  given: Given<Options>,
  { files }: AnswersSummary,
): Omit<Options, 'parser'> & { parser: Parser } {
  return { ...given, parser: given.parser ?? usualParser(files) };
}

type Values = Partial<Record<keyof typeof ELECTION_OPTIONS, string | boolean>>;

/** @throws AnalyzerError `usage` for a mode or parser that is unknown, and for open answers in CALM's mode */
export function electionOptions(values: Values): Given<ElectionOptions> {
  const { mode = 'own', parser = mode === 'calm' ? 'calm' : undefined, open = false } = values;
  if (mode !== 'calm' && mode !== 'own')
    throw usage(`The mode ${mode} is unknown: it is calm or own.`);
  const known = PARSERS.find((one) => one === parser) ?? null;
  if (known === null && parser !== undefined)
    throw usage(`The parser ${parser} is unknown: it is one of ${PARSERS.join(', ')}.`);
  if (mode === 'calm' && open === true)
    throw usage('CALM votes with letters: open answers need --mode own.');
  return {
    mode,
    parser: known,
    order: listOf(values.order),
    voters: listOf(values.voters),
    model: textOf(values.model),
    open: open === true,
    profiles: textOf(values.profiles),
    seed: seedOf(textOf(values.seed) ?? undefined),
  };
}

function textOf(value: string | boolean | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function listOf(value: string | boolean | undefined): string[] | null {
  const text = textOf(value);
  return text === null ? null : text.split(',').map((part) => part.trim());
}

/** What was elected, and how choices are called. */
export interface Elected {
  /** Only the answers that were asked for: of one model, to open questions or to others. */
  table: AnswerTable;
  settings: VoteSettings;
  election: Election;
  choices: Int32Array;
  confidence: Float64Array;
  nameOf: (choice: number) => string;
  profiles: MarkerProfiles;
  /** Of open questions; empty without --open. */
  mismatched: Mismatched[];
  /** What open answers were encoded with; null without --open. */
  encoder: ModelProvenance | null;
}

/** Reads choices, or clusters of open answers, and counts the votes. */
export async function elect(
  whole: AnswerTable,
  options: ElectionOptions,
  context: ShellContext,
): Promise<Elected> {
  const table = askedFor(whole, options);
  tellOthers(whole, options, context);
  if (table.answers.text.length === 0) throw nothingToVote(options);
  const settings = voteSettings(table, options);
  const profiles = await profilesOf(options.profiles ?? undefined);
  const { choices, confidence, mismatched, encoder } = options.open
    ? await openElection(table, { order: settings.order, seed: options.seed }, context)
    : {
        choices: closedChoices(table, options.parser, profiles),
        confidence: table.answers.logprob,
        mismatched: [],
        encoder: null,
      };
  const election = vote(table, choices, settings);
  const nameOf = options.open ? clusterName : nameOfChoice(options);
  return { table, settings, election, choices, confidence, nameOf, profiles, mismatched, encoder };
}

function nameOfChoice({ parser }: ElectionOptions): (choice: number) => string {
  return parser === 'calm' ? calmLetter : letterOf;
}

function closedChoices(table: AnswerTable, parser: Parser, profiles: MarkerProfiles): Int32Array {
  return parser === 'calm'
    ? calmChoices(table, profiles)
    : parseChoices(table, { parser, profiles });
}

function nothingToVote({ open }: ElectionOptions): AnalyzerError {
  const what = open ? 'open questions' : 'questions with options';
  return new AnalyzerError('corpus/empty', `The files hold no answers to ${what}.`, {
    hint: open ? 'Leave --open out for questions with options.' : 'Open questions need --open.',
  });
}

/** The table with the answers of the model that was asked for, to open questions or to those with options. */
function askedFor(
  table: AnswerTable,
  { model: name, open }: Pick<ElectionOptions, 'model' | 'open'>,
): AnswerTable {
  const wanted = name === null ? -1 : table.models.indexOf(name);
  if (name !== null && wanted < 0)
    throw usage(`The model ${name} has no answers: there are ${table.models.join(', ')}.`);
  const { question, model } = table.answers;
  return answersWhere(
    table,
    (row) =>
      (wanted < 0 || model[row] === wanted) &&
      (table.questions[question[row]].options === 0) === open,
  );
}

/** What is left out, as votes are taken on open questions or on those with options. */
function tellOthers(
  whole: AnswerTable,
  { open, model }: ElectionOptions,
  context: ShellContext,
): void {
  const others = askedFor(whole, { model, open: !open }).answers.text.length;
  if (others === 0) return;
  const what = open ? 'questions with options' : 'questions without options';
  const remedy = open ? 'leave --open out' : 'give --open';
  context.say(
    `note: ${others.toLocaleString('en')} answers to ${what} are left out; ${remedy} to vote on them.`,
  );
}

function voteSettings(table: AnswerTable, { order, voters }: ElectionOptions): VoteSettings {
  const pooled = order === null ? everyLanguage(table).order : languagesOf(table, order);
  const voting = voters === null ? pooled : languagesOf(table, voters);
  const stranger = voting.find((language) => !pooled.includes(language));
  if (stranger !== undefined)
    throw usage(`The voter ${table.languages[stranger].label} is missing in --order.`);
  return { order: pooled, voters: pooled.filter((language) => voting.includes(language)) };
}

/** @throws AnalyzerError `usage` for a language without answers, and one that is named twice */
function languagesOf(table: AnswerTable, names: string[]): number[] {
  const found = names.map((name) => languageOf(table, name));
  const twice = found.findIndex((language, i) => found.indexOf(language) !== i);
  if (twice >= 0) throw usage(`The language ${names[twice]} is named twice.`);
  return found;
}

/** A language by the files' own label, else by its tag. */
export function languageOf({ languages }: AnswerTable, name: string): number {
  const byLabel = languages.findIndex(({ label }) => label === name);
  const found =
    byLabel >= 0 ? byLabel : languages.findIndex(({ tag }) => tag === (toTag(name) ?? name));
  if (found >= 0) return found;
  const labels = languages.map(({ label }) => label).join(', ');
  throw usage(`The language ${name} is not in the files: there are ${labels}.`);
}

async function openElection(
  table: AnswerTable,
  { order, seed }: { order: number[]; seed: number },
  context: ShellContext,
): Promise<Pick<Elected, 'choices' | 'confidence' | 'mismatched' | 'encoder'>> {
  const { answers } = table;
  const rows = Int32Array.from(answers.text.keys()).filter(
    (row) => order.includes(answers.language[row]) && answers.text[row].trim() !== '',
  );
  const texts = Array.from(rows, (row) => answers.text[row]);
  const choice = { model: BUNDLED_MODEL, dtype: 'fp32', reading: {}, cache: vectorsFolder() };
  const { vectors, model, notices } = await encodeTexts(texts, choice, context);
  for (const notice of notices) context.say(`note: ${notice}`);
  const { choices, scores, mismatched } = openChoices(table, { vectors, rows }, { order, seed });
  return { choices, confidence: scores, mismatched, encoder: model };
}
