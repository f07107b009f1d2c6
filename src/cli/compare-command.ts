import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nearestRenderings } from '../analysis/nearest-renderings.ts';
import { compareRuns } from '../analysis/compare-runs.ts';
import { layoutCorpus } from '../analysis/layout.ts';
import { treat } from '../analysis/treat.ts';
import { neighborCount } from '../core/provenance.ts';
import { productsOf, type Kernels } from '../compute/kernels.ts';
import type { ParallelCorpus } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import { matrix, type Matrix } from '../core/matrix.ts';
import type { EmbeddedRun, RunComparison, RunSource } from '../core/run-comparison.ts';
import {
  MOST_DIRECTIONS,
  TREATMENT_NOTICE,
  treatmentLabel,
  type Treatment,
} from '../core/treatment.ts';
import { byKey } from '../io/read/fit-vectors.ts';
import { readPicture } from '../io/read/from-rows.ts';
import { toComparisonFiles } from '../io/write/to-run-comparison.ts';
import { summarizeChanges, type MetricSummary } from '../metrics/change-summary.ts';
import { comparisonMarkdown } from '../report/comparison-markdown.ts';
import { parsed, seedOf, usage } from './options.ts';
import { progressLine, type ShellContext } from './progress.ts';
import { readEmbeddings } from './read-embeddings.ts';
import { readFiles } from './read-files.ts';
import { withKernels } from './with-kernels.ts';
import { assertWritable, writeAll } from './write-files.ts';

interface Options {
  runs: string[];
  out: string;
  treatment: Treatment | null;
  sameSpace: boolean;
  seed: number;
}

/** A run as it was exported. */
interface Run extends EmbeddedRun {
  source: RunSource;
}

/** `isogloss compare`: two exported runs, or one before and after a treatment. */
export async function compareCommand(argv: string[], version: string): Promise<void> {
  const options = parseOptions(argv);
  await assertWritable(options.out);
  const context = progressLine();
  const { before, after, comparison } = await withKernels(({ kernels }) =>
    compared(options, kernels, context),
  );
  if (options.treatment !== null) comparison.notices.push(TREATMENT_NOTICE);
  const files = toComparisonFiles({
    isogloss: version,
    seed: options.seed,
    comparison,
    before: before.source,
    after: after.source,
  });
  const names = { before: before.source.name, after: after.source.name };
  files.set('comparison.md', comparisonMarkdown({ ...names, seed: options.seed, comparison }));
  await writeAll(options.out, files);
  for (const notice of comparison.notices) context.say(`note: ${notice}`);
  tell(comparison, [before.source.name, after.source.name], context);
  context.say(`Wrote ${files.size} files to ${options.out}.`);
}

async function compared(
  { runs, treatment, sameSpace, seed }: Options,
  kernels: Kernels,
  context: ShellContext,
): Promise<{ before: Run; after: Run; comparison: RunComparison }> {
  const before = await readRun(runs[0]);
  const after =
    treatment === null
      ? await readRun(runs[1])
      : await treatedRun(before, { seed, treatment }, { kernels, context });
  if (sameSpace) assertSameLength(before, after);
  const scaler = sameSpace ? 'before' : 'own';
  return {
    before,
    after,
    comparison: await compareRuns({ before, after, scaler, seed }, kernels, context),
  };
}

function parseOptions(argv: string[]): Options {
  const option = { type: 'string' } as const;
  const { values, positionals: runs } = parsed(argv, {
    out: option,
    treatment: option,
    'same-space': { type: 'boolean' },
    seed: option,
  });
  const treatment = values.treatment === undefined ? null : treatmentOf(values.treatment);
  if (runs.length !== (treatment === null ? 2 : 1)) {
    throw usage(
      treatment === null
        ? `Two runs are needed, ${runs.length} given.`
        : `With --treatment one run is needed, ${runs.length} given.`,
    );
  }
  if (values.out === undefined || values.out === '')
    throw usage('The option --out DIR is missing.');
  const sameSpace = treatment !== null || values['same-space'] === true;
  return { runs, out: values.out, treatment, sameSpace, seed: seedOf(values.seed) };
}

function treatmentOf(name: string): Treatment {
  if (name === 'centering') return { kind: 'centering' };
  const directions = Number(/^lir-(\d+)$/.exec(name)?.[1] ?? NaN);
  if (directions >= 1 && directions <= MOST_DIRECTIONS) return { kind: 'lir', directions };
  throw usage(
    `The treatment ${name} is unknown: it is centering, or lir-1 to lir-${MOST_DIRECTIONS}.`,
  );
}

async function readRun(path: string): Promise<Run> {
  const { corpus } = await readFiles([path]);
  const { vectors, model } = await readEmbeddings(corpus, path);
  return { corpus, vectors, source: { name: path, model }, picture: await pictureOf(path, corpus) };
}

/** The map of an exported folder, by rendering. An archive's is not read. */
async function pictureOf(path: string, corpus: ParallelCorpus): Promise<Matrix | null> {
  const file = join(path, 'projection.csv');
  if (!statSync(path).isDirectory() || !existsSync(file)) return null;
  const { keys, points } = readPicture(await readFile(file, 'utf8'), file);
  const rows = byKey(keys, corpus);
  const picture = matrix(rows.length, 2);
  rows.forEach((r, i) => picture.data.set(points.subarray(2 * r, 2 * r + 2), 2 * i));
  return picture;
}

async function treatedRun(
  run: Run,
  { treatment, seed }: { treatment: Treatment; seed: number },
  { kernels, context }: { kernels: Kernels; context: ShellContext },
): Promise<Run> {
  const treated = await treat(run, treatment, productsOf(kernels));
  const name = `${run.source.name} after ${treatmentLabel(treatment)}`;
  const source = { name, model: run.source.model };
  if (run.picture === null) return { ...treated, source, picture: null };
  const k = Math.max(1, neighborCount(treated.vectors.rows));
  const request = { vectors: treated.vectors, k, seed };
  const { neighbors } = await nearestRenderings(request, kernels, context);
  const { picture } = await layoutCorpus(
    { vectors: treated.vectors, neighbors, seed },
    kernels,
    context,
  );
  return { ...treated, source, picture };
}

function assertSameLength(before: Run, after: Run): void {
  const [first, second] = [before.vectors.columns, after.vectors.columns];
  if (first === second) return;
  throw new AnalyzerError(
    'embeddings/mismatch',
    `The vectors of ${before.source.name} have ${first} numbers and those of ${after.source.name} ${second}: they lie in no common space.`,
    { hint: 'Leave --same-space out.' },
  );
}

/** What changed, metric by metric, on the standard output. */
function tell(
  comparison: RunComparison,
  [before, after]: [string, string],
  { say }: ShellContext,
): void {
  const summaries = summarizeChanges(comparison).filter(({ pairs }) => pairs > 0);
  const lines = summaries.map(summaryLine);
  say(`before: ${before}\nafter: ${after}`);
  process.stdout.write(
    `${'metric (mean over languages)'.padEnd(30)} before   after    difference (95 %)             pairs closer, apart\n${lines.join('\n')}\n`,
  );
}

function summaryLine({ card, overall, pairs, closer, apart }: MetricSummary): string {
  const number = (value: number): string => value.toFixed(3).padStart(7);
  const range =
    overall.interval === null
      ? ''
      : `(${overall.interval.map((end) => end.toFixed(3)).join(' to ')})`;
  const { before, after, difference } = overall;
  return `${card.name.padEnd(30)} ${number(before.value)}  ${number(after.value)}  ${number(difference)} ${range.padEnd(22)} ${closer}, ${apart} of ${pairs}`;
}
