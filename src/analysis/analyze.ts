import type { Kernels, PairScores } from '../compute/kernels.ts';
import {
  assertComparable,
  cellRows,
  completeFacts,
  countByLanguage,
  type ParallelCorpus,
} from '../core/corpus.ts';
import { assert, cancelled } from '../core/errors.ts';
import { takeRows, TIE_MARGIN, type Matrix } from '../core/matrix.ts';
import { seededRandom } from '../core/random.ts';
import type { AnalysisReport, PairReport, VarianceShares } from '../core/report.ts';
import { bootstrapMean, mean } from '../core/statistics.ts';
import { calibratedAlignment, mismatchedMean } from '../metrics/alignment.ts';
import { centroidDistances } from '../metrics/centroid-distance.ts';
import { fitScaler, languageBias, type Scaler } from '../metrics/language-bias.ts';
import { matricesOf } from '../metrics/matrices.ts';
import { countTies, mexaScore, precisionAt1 } from '../metrics/retrieval.ts';
import { varianceShares, zScore } from '../metrics/variance.ts';
import { breathe, type CallContext } from '../protocol/server.ts';

export interface AnalysisInput {
  corpus: ParallelCorpus;
  /** Unit rows, row r for rendering r. [renderings, d] */
  vectors: Matrix;
  seed: number;
}

/**
 * The method, start to end: every pair of languages on the facts that both have, the split of variance on the facts
 * that all have. The z-scores of the language bias are fitted once, over all renderings.
 *
 * Progress carries `partial: PairReport[]` for the pairs finished since the last report.
 *
 * @throws AnalyzerError `corpus/too-few-languages`, `corpus/no-shared-facts`, `call/cancelled`
 */
export async function analyze(
  { corpus, vectors, seed }: AnalysisInput,
  kernels: Kernels,
  { signal, report }: CallContext,
): Promise<AnalysisReport> {
  assertComparable(corpus);
  const renderings = corpus.renderings.text.length;
  assert(
    vectors.rows === renderings,
    `analyze: ${renderings} renderings but ${vectors.rows} vectors`,
  );
  const L = corpus.languages.length;
  const cells = cellRows(corpus);
  const scaler = fitScaler(vectors);
  const pairs: PairReport[] = [];
  const total = (L * (L - 1)) / 2;
  let done = 0;
  for (let a = 0; a < L; a++) {
    const row: PairReport[] = [];
    for (let b = a + 1; b < L; b++) {
      if (signal.aborted) throw cancelled('The comparison');
      const pair = await comparePair({ corpus, cells, vectors, scaler, kernels, seed }, a, b);
      if (pair !== null) row.push(pair);
      done++;
      await breathe();
    }
    pairs.push(...row);
    report({ stage: 'Comparing languages (pairs)', done, total, partial: row });
  }
  report({ stage: 'Splitting the variance', done: 0, total: 0 });
  const variance = await splitVariance({ corpus, cells, vectors, kernels, seed });
  return {
    facts: corpus.facts,
    languages: corpus.languages,
    renderings,
    variance,
    varianceReason: variance === null ? reasonWithoutVariance(corpus) : '',
    pairs,
    matrices: matricesOf(pairs, L),
    shared: sharedCounts(corpus, pairs),
    centroidDistance: centroidDistances(cells, L, vectors),
  };
}

interface PairInput {
  corpus: ParallelCorpus;
  cells: Int32Array;
  vectors: Matrix;
  scaler: Scaler;
  kernels: Kernels;
  seed: number;
}

/** null when the two languages share no fact. */
async function comparePair(input: PairInput, a: number, b: number): Promise<PairReport | null> {
  const { corpus, cells, vectors, scaler, kernels, seed } = input;
  const L = corpus.languages.length;
  const facts = sharedFacts(cells, L, [a, b]);
  if (facts.length === 0) return null;
  const rowsOf = (language: number): Matrix =>
    takeRows(
      vectors,
      facts.map((fact) => cells[fact * L + language]),
    );
  const x = rowsOf(a);
  const y = rowsOf(b);
  const scores = await kernels.comparePair(x, y);
  const bias = languageBias(x, y, scaler);
  const floor = facts.length < 2 ? NaN : mismatchedMean(scores.sum, scores.matched);
  const meanCosine = mean(scores.matched);
  return {
    a,
    b,
    facts,
    matched: scores.matched,
    rivalInB: { cosine: scores.rowRival, fact: factsOf(scores.rowRivalIndex, facts) },
    rivalInA: { cosine: scores.columnRival, fact: factsOf(scores.columnRivalIndex, facts) },
    meanCosine: {
      value: meanCosine,
      interval: bootstrapMean(scores.matched, pairRandom(seed, a, b)),
    },
    floor,
    calibrated: calibratedAlignment(meanCosine, floor),
    ...retrieval(scores),
    bias: bias.total,
    biasCentroid: bias.centroid,
    biasResidual: bias.residual,
  };
}

function retrieval(
  scores: PairScores,
): Pick<PairReport, 'precisionAToB' | 'precisionBToA' | 'mexa' | 'ties'> {
  return {
    precisionAToB: precisionAt1(scores.rowRank),
    precisionBToA: precisionAt1(scores.columnRank),
    mexa: mexaScore(scores, TIE_MARGIN),
    ties: countTies(scores, TIE_MARGIN),
  };
}

function pairRandom(seed: number, a: number, b: number): () => number {
  return seededRandom(Math.imul(seed ^ 0x5bd1e995, 31) + a * 65_537 + b);
}

function factsOf(indices: Int32Array, facts: Int32Array): Int32Array {
  return indices.map((index) => (index < 0 ? -1 : facts[index]));
}

/** Facts with a rendering in each of the given languages. */
export function sharedFacts(
  cells: Int32Array,
  L: number,
  languages: readonly number[],
): Int32Array {
  const shared: number[] = [];
  for (let fact = 0; fact * L < cells.length; fact++) {
    if (languages.every((language) => cells[fact * L + language] >= 0)) shared.push(fact);
  }
  return Int32Array.from(shared);
}

async function splitVariance(input: Omit<PairInput, 'scaler'>): Promise<VarianceShares | null> {
  const { corpus, cells, vectors, kernels, seed } = input;
  const facts = completeFacts(corpus);
  const L = corpus.languages.length;
  if (facts.length < 2) return null;
  const rows = Int32Array.from(
    { length: facts.length * L },
    (_, i) => cells[facts[Math.floor(i / L)] * L + (i % L)],
  );
  const scaler = fitScaler(takeRows(vectors, rows));
  const languages = corpus.languages.map((_, language) =>
    zScore(
      takeRows(
        vectors,
        facts.map((fact) => cells[fact * L + language]),
      ),
      scaler,
    ),
  );
  const cube = { languages, facts: facts.length, dimensions: vectors.columns };
  return varianceShares(cube, (x, y) => kernels.cosineMatrix(x, y), seededRandom(seed));
}

function reasonWithoutVariance(corpus: ParallelCorpus): string {
  const complete = completeFacts(corpus).length;
  if (complete >= 2)
    return 'The split of variance needs texts whose vectors differ; all are equal.';
  const found = complete === 0 ? 'no fact has' : 'only one fact has';
  return `The split of variance needs two facts with a text in all ${corpus.languages.length} languages; ${found}.`;
}

function sharedCounts(corpus: ParallelCorpus, pairs: PairReport[]): Int32Array {
  const L = corpus.languages.length;
  const shared = new Int32Array(L * L);
  countByLanguage(corpus).forEach((count, language) => (shared[language * L + language] = count));
  for (const { a, b, facts } of pairs) shared[a * L + b] = shared[b * L + a] = facts.length;
  return shared;
}
