import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alignmentJoins } from '../answers/scores/alignment-join.ts';
import { modelDifferences } from '../answers/scores/model-difference.ts';
import { languageIndex, scoreAnswers, type Scored } from '../answers/scores/scorecard.ts';
import { usualPivot, type AnswerTable } from '../core/answers.ts';
import { AnalyzerError } from '../core/errors.ts';
import {
  MARKER_PROFILES,
  PARSERS,
  usualParser,
  type MarkerProfiles,
  type Parser,
} from '../core/marker-profiles.ts';
import {
  ALIGNMENTS,
  CLIKA_REFERENCES,
  type ModelDifference,
  type QuestionAlignment,
  type Reference,
  type Scorecard,
} from '../core/scorecard.ts';
import { mean } from '../core/statistics.ts';
import { parseDelimited } from '../io/read/from-csv.ts';
import { readProfiles } from '../io/read/from-profiles.ts';
import { toScoreFiles } from '../io/write/to-scorecard.ts';
import { scorecardMarkdown } from '../report/scorecard-markdown.ts';
import { similarities } from './answer-similarity.ts';
import { deliver, DESTINATION_OPTIONS, destinationOf, type Destination } from './deliver.ts';
import { parsed, seedOf, usage } from './options.ts';
import { progressLine } from './progress.ts';
import { readAnswers } from './read-answers.ts';

interface Options {
  files: string[];
  destination: Destination;
  /** null: the usual one for the files. */
  parser: Parser | null;
  references: Readonly<Record<string, Reference>>;
  pivot: string | undefined;
  compared: [string, string] | null;
  alignment: string | undefined;
  profiles: string | undefined;
  similarity: boolean;
  seed: number;
}

/** `isogloss score`: files of answers to a scorecard. */
export async function scoreCommand(argv: string[], version: string): Promise<void> {
  const options = await parseOptions(argv);
  const context = progressLine();
  const profiles = await profilesOf(options.profiles);
  const { table, summary } = await readAnswers(options.files, context);
  const { references, seed } = options;
  const parser = options.parser ?? usualParser(summary.files);
  context.say(`Answers are read by the parser ${parser}.`);
  const pivot = pivotOf(table, options.pivot);
  const scored = await scoreAnswers(table, { parser, profiles, references, pivot, seed }, context);
  const { scorecard } = scored;
  const differences = options.compared === null ? [] : compared(scored, options.compared);
  const joins =
    options.alignment === undefined
      ? []
      : alignmentJoins(scorecard, await alignmentsOf(scorecard, options.alignment));
  const files = toScoreFiles({
    isogloss: version,
    scorecard,
    table,
    files: summary.files,
    issues: summary.issues,
    differences,
    ...(options.similarity
      ? await similarities(table, scored.outcomes, { seed, context })
      : { similarities: [] }),
    joins,
    document: scorecardMarkdown(scorecard, { differences, joins }),
  });
  for (const notice of scorecard.notices) context.say(`note: ${notice}`);
  const results = {
    files,
    table: scoreTable(scorecard),
    json: 'scorecard.json',
    csv: 'scores.csv',
  };
  await deliver(results, options.destination, context);
}

async function parseOptions(argv: string[]): Promise<Options> {
  const option = { type: 'string' } as const;
  const { values, positionals } = parsed(argv, {
    ...DESTINATION_OPTIONS,
    parser: option,
    reference: { type: 'string', multiple: true },
    pivot: option,
    compare: option,
    alignment: option,
    similarity: { type: 'boolean' },
    profiles: option,
    seed: option,
  });
  if (positionals.length === 0) throw usage('No file is given.');
  const references = (values.reference ?? []).map(referenceOf);
  return {
    files: positionals,
    destination: await destinationOf(values),
    parser: parserOf(values.parser),
    references: { ...CLIKA_REFERENCES, ...Object.fromEntries(references) },
    pivot: values.pivot,
    compared: values.compare === undefined ? null : pairOf(values.compare),
    alignment: values.alignment,
    profiles: values.profiles,
    similarity: values.similarity === true,
    seed: seedOf(values.seed),
  };
}

function parserOf(name: string | undefined): Parser | null {
  if (name === undefined) return null;
  const known = PARSERS.find((parser) => parser === name);
  if (known === undefined)
    throw usage(`The parser ${name} is unknown: it is one of ${PARSERS.join(', ')}.`);
  return known;
}

/** TASK=PERCENT, or TASK=MODEL@LANGUAGE. */
function referenceOf(text: string): [string, Reference] {
  const at = text.indexOf('=');
  const [task, value] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  const language = value.lastIndexOf('@');
  if (at >= 0 && language > 0)
    return [task, { model: value.slice(0, language), language: value.slice(language + 1) }];
  const percent = value.trim() === '' ? NaN : Number(value.replace(/\s*%$/, ''));
  if (at < 0 || !(percent > 0 && percent <= 100)) {
    throw usage(
      `The reference ${text} is neither TASK=PERCENT, with a percentage above 0 and up to 100, nor TASK=MODEL@LANGUAGE.`,
    );
  }
  return [task, { share: percent / 100 }];
}

function pairOf(text: string): [string, string] {
  const names = text.split(',').map((name) => name.trim());
  if (names.length !== 2 || names.includes('') || names[0] === names[1])
    throw usage(`The option --compare needs two models, as in A,B; it has ${text}.`);
  return [names[0], names[1]];
}

/** The built-in profiles, those of the file in their place. */
export async function profilesOf(path: string | undefined): Promise<MarkerProfiles> {
  if (path === undefined) return MARKER_PROFILES;
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AnalyzerError('usage', `The profiles ${path} cannot be read.`, { cause });
  });
  return { ...MARKER_PROFILES, ...readProfiles(path, text) };
}

/** English unless another is asked for; -1 where there is none. */
function pivotOf({ languages }: AnswerTable, wish: string | undefined): number {
  const found = wish === undefined ? usualPivot(languages) : languageIndex(languages, wish);
  if (found >= 0 || wish === undefined) return found;
  const labels = languages.map(({ label }) => label).join(', ');
  throw new AnalyzerError('corpus/pivot-missing', `The pivot language ${wish} has no answers.`, {
    hint: `Choose one of ${labels}.`,
  });
}

function compared({ scorecard, outcomes }: Scored, names: [string, string]): ModelDifference[] {
  const [first, second] = names.map((name) => {
    const model = scorecard.models.indexOf(name);
    if (model >= 0) return model;
    throw usage(`The model ${name} has no answers; there are ${scorecard.models.join(', ')}.`);
  });
  return modelDifferences(outcomes, [first, second], scorecard.settings.seed);
}

/** What `isogloss analyze` found for the questions, from its table of pairs. */
async function alignmentsOf({ languages }: Scorecard, run: string): Promise<QuestionAlignment[]> {
  const path = join(run, 'pairs.csv');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AnalyzerError('usage', `The run ${run} holds no pairs.csv.`, {
      hint: 'Give the folder that isogloss analyze wrote for questions.csv.',
      cause,
    });
  });
  const [header, ...rows] = parseDelimited(text).rows;
  const L = languages.length;
  return ALIGNMENTS.map((name) => {
    const column = header.indexOf(name);
    const values = new Float64Array(L * L).fill(NaN);
    for (const row of rows) {
      const [a, b] = ['a', 'b'].map((side) => languageIndex(languages, row[header.indexOf(side)]));
      if (a < 0 || b < 0 || column < 0 || row[column] === '') continue;
      for (const at of [a * L + b, b * L + a]) values[at] = Number(row[column]);
    }
    return { name, values };
  });
}

/** A line for each task and model, on the standard output; a table for each kind of answers that there is. */
function scoreTable(card: Scorecard): string {
  return [
    tableOf(['accuracy', 'RA', 'DD', 'CO', 'agree'], card, card.scores, (scores) => [
      meanOf(scores.performance.map(({ accuracy }) => accuracy.value)),
      meanOf(scores.performance.map(({ rescaled }) => rescaled.value)),
      scores.disparity.democratization,
      scores.consistency.withPivot.co.value,
      scores.consistency.overall?.pairs.value ?? NaN,
    ]),
    tableOf(['MC1', 'MC2', 'MC3', 'mean'], card, card.truthful, ({ overall }) => [
      overall.mc1,
      overall.mc2,
      overall.mc3,
      overall.mean,
    ]),
    tableOf(['accuracy', 'RankC'], card, card.rankings, ({ languages, accuracy, softmax }) => [
      meanOf(accuracy.map(({ value: { value } }) => value)),
      meanOf([...softmax].filter((_, at) => at % (languages.length + 1) !== 0)),
    ]),
  ].join('');
}

function meanOf(values: number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}

function tableOf<T extends { task: number; model: number }>(
  names: string[],
  { tasks, models }: Scorecard,
  rows: T[],
  cells: (row: T) => number[],
): string {
  if (rows.length === 0) return '';
  const number = (value: number): string =>
    (Number.isNaN(value) ? 'n/a' : value.toFixed(3)).padStart(8);
  const header = ['task and model'.padEnd(46), ...names.map((name) => name.padStart(8))];
  const lines = rows.map((row) => [
    [tasks[row.task], models[row.model]]
      .filter((name) => name !== '')
      .join(' ')
      .padEnd(46),
    ...cells(row).map(number),
  ]);
  return [header, ...lines].map((line) => `${line.join(' ')}\n`).join('');
}
