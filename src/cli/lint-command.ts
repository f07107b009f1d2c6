import { readFile } from 'node:fs/promises';
import { hardNegatives, nothingToChange } from '../answers/hard-negatives/perturb.ts';
import { scoreNegatives } from '../answers/hard-negatives/score-negatives.ts';
import { lint, type PromptVectors } from '../answers/lint/lint.ts';
import { mendFiles, type MendedFiles } from '../answers/lint/mend-files.ts';
import { promptOf } from '../answers/lint/training-rules.ts';
import { productsOf } from '../compute/kernels.ts';
import type { AnswerTable } from '../core/answers.ts';
import { assertComparable, defaultPivot } from '../core/corpus.ts';
import { AnalyzerError, issueLine } from '../core/errors.ts';
import type { LintReport, PerturbationError } from '../core/lint.ts';
import { matrix } from '../core/matrix.ts';
import { BUNDLED_MODEL } from '../core/models.ts';
import { toHardNegativeFiles, toLintFiles } from '../io/write/lint-tables.ts';
import { vectorsFolder } from './cache-command.ts';
import {
  deliver,
  DESTINATION_OPTIONS,
  destinationOf,
  type Destination,
  type Results,
} from './deliver.ts';
import { encodeTexts } from './encode-texts.ts';
import { parsed, seedOf, usage } from './options.ts';
import { progressLine, type ShellContext } from './progress.ts';
import { readAnswers } from './read-answers.ts';
import { namedPaths, readFiles } from './read-files.ts';
import { withKernels } from './with-kernels.ts';

interface Options {
  files: string[];
  destination: Destination;
  model: string;
  seed: number;
  fix: boolean;
  embed: boolean;
  hardNegatives: boolean;
}

/** `isogloss lint`: what spoils files of answers and training, or, with `--hard-negatives`, how an encoder reads false facts. */
export async function lintCommand(argv: string[], version: string): Promise<void> {
  const options = await parseOptions(argv);
  const context = progressLine();
  const results = options.hardNegatives
    ? await hardNegativeResults(options, version, context)
    : await lintResults(options, version, context);
  await deliver(results, options.destination, context);
}

async function parseOptions(argv: string[]): Promise<Options> {
  const { values, positionals } = parsed(argv, {
    ...DESTINATION_OPTIONS,
    model: { type: 'string' },
    seed: { type: 'string' },
    fix: { type: 'boolean' },
    embed: { type: 'boolean' },
    'hard-negatives': { type: 'boolean' },
  });
  if (positionals.length === 0) throw usage('No file is given.');
  const { fix = false, embed = false, 'hard-negatives': negatives = false } = values;
  if (negatives && (fix || embed))
    throw usage('With --hard-negatives the files are facts: leave --fix and --embed out.');
  const destination = await destinationOf(values);
  if (fix && destination.folder === null)
    throw usage('The option --fix writes files: it needs --out DIR.');
  return {
    files: positionals,
    destination,
    model: values.model ?? BUNDLED_MODEL,
    seed: seedOf(values.seed),
    fix,
    embed,
    hardNegatives: negatives,
  };
}

function encoded(texts: string[], { model }: Options, context: ShellContext) {
  const choice = { model, dtype: 'fp32', reading: {}, cache: vectorsFolder() };
  return encodeTexts(texts, choice, context);
}

async function lintResults(
  options: Options,
  isogloss: string,
  context: ShellContext,
): Promise<Results> {
  const { table, summary } = await readAnswers(options.files, context);
  const { seed, embed, fix } = options;
  const prompts = embed
    ? (await encoded(table.training.map(promptOf), options, context)).vectors
    : null;
  const report = await withKernels(({ kernels }) => {
    const given: PromptVectors | null = prompts && {
      vectors: prompts,
      products: productsOf(kernels),
    };
    return lint(table, { seed, prompts: given });
  });
  const mended = fix ? await mendedFiles(table, options.files) : null;
  const notices = [
    ...summary.issues.map(issueLine),
    ...(embed ? [] : ['Near duplicates were not sought: --embed does.']),
  ];
  const files = toLintFiles(report, { isogloss, seed, notices, fixes: mended && mended.fixes });
  for (const [name, content] of mended?.files ?? []) files.set(`fixed/${name}`, content);
  return { files, table: findingsTable(report), json: 'lint.json', csv: 'lint.csv' };
}

/** Every file of training rows that changes, in its own shape. */
async function mendedFiles(table: AnswerTable, paths: string[]): Promise<MendedFiles> {
  const given = await namedPaths(paths);
  const mended = await mendFiles(table, (name) => {
    const path = given.find((file) => file.name === name)?.path;
    return path === undefined ? null : readFile(path, 'utf8');
  });
  if (mended.archived.length > 0) throw inArchive(mended.archived[0]);
  return mended;
}

function inArchive(name: string): AnalyzerError {
  return new AnalyzerError(
    'format/unknown',
    `${name} lies in an archive, where it cannot be mended.`,
    { hint: 'Unpack it, or leave --fix out.' },
  );
}

function findingsTable({ findings, lengthBias }: LintReport): string {
  const lines = findings.map(
    ({ rule, count, checked, fixable }) =>
      `${rule.padEnd(30)} ${String(count).padStart(8)} of ${String(checked).padStart(8)}${fixable > 0 ? `, ${fixable} fixable` : ''}`,
  );
  const [all] = lengthBias;
  const bias =
    all === undefined
      ? ''
      : `length bias: the longer answer is the chosen one with an area of ${all.auc.toFixed(3)}${all.aucInterval === null ? '' : ` (${all.aucInterval.map((end) => end.toFixed(3)).join(' to ')})`}, mean log ratio ${all.logRatio.toFixed(3)}, ${all.pairs} pairs\n`;
  return `${'rule'.padEnd(30)}    found     checked\n${lines.join('\n')}\n${bias}`;
}

async function hardNegativeResults(
  options: Options,
  isogloss: string,
  context: ShellContext,
): Promise<Results> {
  const { corpus } = await readFiles(options.files);
  assertComparable(corpus);
  const language = defaultPivot(corpus);
  const { seed } = options;
  const negatives = hardNegatives(corpus, { language, seed });
  if (negatives.length === 0) throw nothingToChange(corpus.languages[language].label);
  const texts = corpus.renderings.text;
  const all = await encoded([...texts, ...negatives.map(({ text }) => text)], options, context);
  const { columns, data } = all.vectors;
  const part = (start: number, rows: number) =>
    matrix(rows, columns, data.slice(start * columns, (start + rows) * columns));
  const errors = scoreNegatives({ corpus, vectors: part(0, texts.length) }, language, {
    negatives,
    vectors: part(texts.length, negatives.length),
  });
  const files = toHardNegativeFiles(
    { facts: corpus.facts, negatives, errors },
    { isogloss, seed, model: all.model, language: corpus.languages[language].label },
  );
  return {
    files,
    table: errorsTable(errors),
    json: 'hard-negatives.json',
    csv: 'hard-negative-errors.csv',
  };
}

function errorsTable(errors: PerturbationError[]): string {
  const lines = errors.map(({ language, type, errors: wrong, facts, rate, interval }) =>
    [
      language.padEnd(12),
      type.padEnd(10),
      `${wrong} of ${facts}`.padStart(14),
      Number.isNaN(rate) ? '' : `  ${rate.toFixed(3)}`,
      interval === null ? '' : ` (${interval.map((end) => end.toFixed(3)).join(' to ')})`,
    ].join(''),
  );
  return `A false statement is at least as near as the true one\n${lines.join('\n')}\n`;
}
