import type { Kernels } from '../compute/kernels.ts';
import { productsOf } from '../compute/kernels.ts';
import { takeRenderings } from '../core/common-corpus.ts';
import { cellRows, rowsOfFacts, type EmbeddedCorpus, type ParallelCorpus } from '../core/corpus.ts';
import type { LanguageMap } from '../core/adapter.ts';
import type { Language } from '../core/language.ts';
import { AnalyzerError } from '../core/errors.ts';
import { FEWEST_FACTS, type FactSplit, type LabChange } from '../core/lab.ts';
import { meanRow, refuseNotFinite, takeRows, type Matrix } from '../core/matrix.ts';
import { randomSubset, seededRandom } from '../core/random.ts';
import { fitScaler } from '../metrics/language-bias.ts';
import { breatheUnlessStopped, type CallContext } from '../protocol/server.ts';
import { sharedFacts } from '../analysis/pair-material.ts';
import { adaptRows } from './apply-adapter.ts';
import { changeOf } from './change-of.ts';
import { rotatedRows } from './controls.ts';
import {
  measureMexa,
  measureVectors,
  type Measuring,
  type VectorScores,
} from './measure-vectors.ts';
import { ofRows, splitFacts } from './split-facts.ts';

/** Texts that vectors are measured on, in whatever state. */
export interface Part {
  /** Without empty facts and languages. */
  corpus: ParallelCorpus;
  /** Row of each of its renderings among the vectors of the run. */
  rows: Int32Array;
}

export type PartName = 'train' | 'validation' | 'test';

/** What all adapters of a run are judged against: the split, the vectors as they were, and centering alone. */
export interface Baseline {
  /** The run without the texts that cannot be judged; facts and languages keep their places. */
  run: EmbeddedCorpus;
  split: FactSplit;
  /** `train`: as many of the training facts as there are test facts, since most measures depend on their number. */
  parts: Record<PartName, Part>;
  raw: Record<PartName, VectorScores>;
  /** Test facts after centering with the training facts' means. */
  centred: VectorScores;
  /** Centering of each language, in the order of the run's languages; zeros for those without texts. */
  centering: LanguageMap[];
  /** Held-out MEXA after a random rotation of each language, against centering alone. */
  rotation: LabChange;
  measuring: Omit<Measuring, 'context'>;
  notices: string[];
}

/** Texts in training facts that a language needs to have a mean. */
const FEWEST_TEXTS = 2;

/** Pairs that share fewer test facts do not lower the number of facts that MEXA is expected at. */
const FEWEST_RIVALS = 10;

/**
 * Splits the facts, and measures the vectors before any adapter.
 *
 * @throws AnalyzerError `numeric/not-finite`; `corpus/...` where nothing can be held out
 */
export async function measureBaseline(
  loaded: EmbeddedCorpus,
  seed: number,
  kernels: Kernels,
  context: CallContext,
): Promise<Baseline> {
  context.report({ stage: 'Measuring the vectors as they are', done: 0, total: 0 });
  refuseNotFinite(loaded.vectors);
  const split = await splitFacts(loaded.corpus, seed);
  const { run, centering, notices } = await judgeable(loaded, split, kernels);
  refuseTooFew(run, split);
  const parts = partsOf(run, split, seed);
  const scaler = fitScaler(takeRows(run.vectors, rowsOfFacts(run.corpus, split.train)));
  const measuring = { scaler, mexaAt: commonFacts(parts), seed, kernels };
  const inCall = { ...measuring, context };
  const { language } = run.corpus.renderings;
  const centredRun = await adaptRows(centering, run.vectors, language, productsOf(kernels));
  const held = inPart(parts.test, centredRun);
  const centred = await measureVectors(held, inCall);
  return {
    run,
    split,
    parts,
    raw: await measureParts(parts, run.vectors, inCall),
    centred,
    centering,
    rotation: await rotationControl(held, centred, inCall),
    measuring,
    notices: [
      ...notices,
      ...partNotices(run, split, parts),
      mexaNotice(parts.test, measuring.mexaAt),
    ],
  };
}

/** One state of the run's vectors, in every part. */
export async function measureParts(
  parts: Record<PartName, Part>,
  vectors: Matrix,
  measuring: Measuring,
): Promise<Record<PartName, VectorScores>> {
  const measured = (part: Part): Promise<VectorScores> =>
    measureVectors(inPart(part, vectors), measuring);
  return {
    train: await measured(parts.train),
    validation: await measured(parts.validation),
    test: await measured(parts.test),
  };
}

async function rotationControl(
  held: EmbeddedCorpus,
  centred: VectorScores,
  measuring: Measuring,
): Promise<LabChange> {
  const { seed, kernels, context } = measuring;
  const pause = () => breatheUnlessStopped(context.signal, 'The measuring of the vectors');
  const vectors = await rotatedRows(held, seed, productsOf(kernels), pause);
  const { overall } = await measureMexa({ ...held, vectors }, measuring);
  return changeOf(centred.mexa.overall, overall, seed);
}

/** The vectors of a part, in the given state of the whole run. */
export function inPart({ corpus, rows }: Part, vectors: Matrix): EmbeddedCorpus {
  return { corpus, vectors: takeRows(vectors, rows) };
}

/**
 * The run without texts of which centering leaves nothing, and without languages that have no mean to be centred by.
 */
async function judgeable(
  loaded: EmbeddedCorpus,
  split: FactSplit,
  kernels: Kernels,
): Promise<Pick<Baseline, 'run' | 'centering' | 'notices'>> {
  const { language } = loaded.corpus.renderings;
  const maps = centeringOf(loaded, split);
  const centred = await adaptRows(maps, loaded.vectors, language, productsOf(kernels));
  const all = Int32Array.from(language.keys());
  const left = ofRows(
    loaded,
    all.filter((r) => !Number.isNaN(centred.data[r * centred.columns])),
  );
  const lost = all.length - left.vectors.rows;
  const counts = textsByLanguage(left.corpus, split.train);
  const own = left.corpus.renderings.language;
  const kept = Int32Array.from(own.keys()).filter((r) => counts[own[r]] >= FEWEST_TEXTS);
  const run = ofRows(left, kept);
  const thin = loaded.corpus.languages.filter((_, l) => counts[l] < FEWEST_TEXTS);
  return { run, centering: centeringOf(run, split), notices: leftOutNotices(lost, thin) };
}

function leftOutNotices(lost: number, thin: Language[]): string[] {
  const notices: string[] = [];
  if (lost > 0)
    notices.push(
      lost === 1
        ? '1 text is left out, because its vector equals the mean of its language.'
        : `${lost.toLocaleString('en')} texts are left out, because their vectors equal the mean of their language.`,
    );
  if (thin.length > 0)
    notices.push(
      `${namesOf(thin)} ${thin.length === 1 ? 'is' : 'are'} left out: fewer than ${FEWEST_TEXTS} training facts have a text there that differs from the others.`,
    );
  return notices;
}

export function namesOf(languages: Language[]): string {
  return languages.map(({ name }) => name).join(', ');
}

function centeringOf({ corpus, vectors }: EmbeddedCorpus, { train }: FactSplit): LanguageMap[] {
  const rows = rowsOfFacts(corpus, train);
  return corpus.languages.map(({ tag }, l) => {
    const own = rows.filter((r) => corpus.renderings.language[r] === l);
    const mean =
      own.length === 0
        ? new Float32Array(vectors.columns)
        : Float32Array.from(meanRow(takeRows(vectors, own)));
    return { tag, mean, linear: { kind: 'identity' } };
  });
}

function textsByLanguage(corpus: ParallelCorpus, facts: Int32Array): Int32Array {
  const counts = new Int32Array(corpus.languages.length);
  for (const r of rowsOfFacts(corpus, facts)) counts[corpus.renderings.language[r]]++;
  return counts;
}

function refuseTooFew({ corpus }: EmbeddedCorpus, { train, validation, test }: FactSplit): void {
  const languages = new Set(corpus.renderings.language).size;
  if (languages < 2)
    throw new AnalyzerError(
      'corpus/too-few-languages',
      `An adapter needs two languages with training facts, but there ${languages === 1 ? 'is 1' : 'are none'}.`,
      { hint: 'Give the same facts in another language.' },
    );
  const fewest = Math.min(train.length, validation.length, test.length);
  if (fewest >= 2) return;
  throw new AnalyzerError(
    'corpus/no-shared-facts',
    `Two facts each are needed to train, to choose and to judge on, but the ${train.length + validation.length + test.length} facts with two texts or more make parts of ${train.length}, ${validation.length} and ${test.length}.`,
    { hint: 'Give more facts.' },
  );
}

function partsOf(run: EmbeddedCorpus, split: FactSplit, seed: number): Record<PartName, Part> {
  const few = randomSubset(seededRandom(seed), split.test.length, split.train.length);
  const part = (facts: Int32Array): Part => {
    const rows = rowsOfFacts(run.corpus, facts);
    return { corpus: takeRenderings(run.corpus, rows), rows };
  };
  return {
    train: part(few.map((i) => split.train[i])),
    validation: part(split.validation),
    test: part(split.test),
  };
}

/** Facts that MEXA is expected at: the same number in every part, so that they can be compared. */
function commonFacts(parts: Record<PartName, Part>): number {
  const counts = Object.values(parts).flatMap(({ corpus }) => sharedCounts(corpus));
  const many = counts.filter((count) => count >= FEWEST_RIVALS);
  return Math.max(2, Math.min(100, ...(many.length > 0 ? many : counts)));
}

/** Facts that each two languages share. */
function sharedCounts(corpus: ParallelCorpus): number[] {
  const L = corpus.languages.length;
  const cells = cellRows(corpus);
  const counts: number[] = [];
  for (let a = 0; a < L; a++)
    for (let b = a + 1; b < L; b++) counts.push(sharedFacts(cells, L, [a, b]).length);
  return counts;
}

function mexaNotice({ corpus }: Part, mexaAt: number): string {
  const without = sharedCounts(corpus).filter((count) => count < mexaAt).length;
  const left = without === 0 ? '' : `; ${without} pairs of languages that share fewer have none`;
  return `MEXA is the share to be expected among ${mexaAt} facts, of n = ${corpus.facts.length.toLocaleString('en')} test facts${left}.`;
}

function partNotices(
  { corpus }: EmbeddedCorpus,
  { train, validation, test }: FactSplit,
  parts: Record<PartName, Part>,
): string[] {
  const notices: string[] = [];
  const facts = train.length + validation.length + test.length;
  if (facts < FEWEST_FACTS)
    notices.push(
      `There are ${facts} facts with two texts or more, fewer than ${FEWEST_FACTS}: only centering and LIR can be fitted, and ${test.length} test facts prove little.`,
    );
  const there = new Set(corpus.renderings.language);
  const judged = new Set(parts.test.corpus.languages.map(({ tag }) => tag));
  const missing = corpus.languages.filter(({ tag }, l) => there.has(l) && !judged.has(tag));
  if (missing.length > 0)
    notices.push(`${namesOf(missing)}: no test fact has a text there, so nothing is judged there.`);
  return notices;
}
