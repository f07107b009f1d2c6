import { productsOf, type Kernels } from '../compute/kernels.ts';
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
import type { PairReport, PairwiseReport, VarianceShares } from '../core/report.ts';
import { fitScaler, languageBias, type Scaler } from '../metrics/language-bias.ts';
import { matricesOf } from '../metrics/matrices.ts';
import { scanPair } from '../metrics/pair-scan.ts';
import { countTies } from '../metrics/retrieval.ts';
import { floorOf } from '../metrics/separability.ts';
import { varianceShares, zScore } from '../metrics/variance.ts';
import { breathe, type CallContext } from '../protocol/server.ts';
import { languageSides, type LanguageSide } from './language-sides.ts';
import { pairScores } from './pair-scores.ts';

export interface PairsInput {
  corpus: ParallelCorpus;
  /** Unit rows, row r for rendering r. [renderings, d] */
  vectors: Matrix;
  seed: number;
}

/**
 * Every pair of languages on the facts that both have, the split of variance on the facts that all have. The z-scores of
 * the language bias are fitted once, over all renderings.
 *
 * Progress carries `partial: PairReport[]` for the pairs finished since the last report.
 *
 * @throws AnalyzerError `corpus/too-few-languages`, `corpus/no-shared-facts`, `call/cancelled`
 */
export async function comparePairs(
  { corpus, vectors, seed }: PairsInput,
  kernels: Kernels,
  { signal, report }: CallContext,
): Promise<PairwiseReport> {
  assertComparable(corpus);
  const renderings = corpus.renderings.text.length;
  assert(
    vectors.rows === renderings,
    `comparePairs: ${renderings} renderings but ${vectors.rows} vectors`,
  );
  const L = corpus.languages.length;
  const cells = cellRows(corpus);
  const input = { corpus, cells, vectors, kernels, seed };
  const scaler = fitScaler(vectors);
  const side = languageSides((language, facts) => rowsOf(input, language, facts), kernels);
  const pairs: PairReport[] = [];
  const total = (L * (L - 1)) / 2;
  let done = 0;
  for (let a = 0; a < L; a++) {
    const row: PairReport[] = [];
    for (let b = a + 1; b < L; b++) {
      if (signal.aborted) throw cancelled('The comparison');
      const pair = await comparePair({ ...input, scaler, side }, a, b);
      if (pair !== null) row.push(pair);
      done++;
      await breathe();
    }
    pairs.push(...row);
    report({ stage: 'Comparing languages (pairs)', done, total, partial: row });
  }
  report({ stage: 'Splitting the variance', done: 0, total: 0 });
  const variance = await splitVariance(input);
  return {
    variance,
    varianceReason: variance === null ? reasonWithoutVariance(corpus) : '',
    pairs,
    matrices: matricesOf(pairs, L),
    shared: sharedCounts(corpus, pairs),
  };
}

interface Input {
  corpus: ParallelCorpus;
  cells: Int32Array;
  vectors: Matrix;
  kernels: Kernels;
  seed: number;
}

interface PairInput extends Input {
  scaler: Scaler;
  side: (language: number, facts: Int32Array) => Promise<LanguageSide>;
}

/** null when the two languages share no fact. */
async function comparePair(input: PairInput, a: number, b: number): Promise<PairReport | null> {
  const { corpus, cells, scaler, kernels, side, seed } = input;
  const facts = sharedFacts(cells, corpus.languages.length, [a, b]);
  if (facts.length === 0) return null;
  const [ofA, ofB] = [await side(a, facts), await side(b, facts)];
  const products = productsOf(kernels);
  const scan = await scanPair(ofA.rows, ofB.rows, products);
  const bias = languageBias(ofA.rows, ofB.rows, scaler);
  return {
    a,
    b,
    facts,
    matched: scan.matched,
    rivalInB: { cosine: scan.rowRival, fact: factsOf(scan.rowRivalIndex, facts) },
    rivalInA: { cosine: scan.columnRival, fact: factsOf(scan.columnRivalIndex, facts) },
    floor: floorOf(scan),
    ties: countTies(scan, TIE_MARGIN),
    scores: await pairScores({ scan, a: ofA, b: ofB, bias }, products, pairRandom(seed, a, b)),
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

/** The language's vectors of the facts. [facts, d] */
function rowsOf({ corpus, cells, vectors }: Input, language: number, facts: Int32Array): Matrix {
  const L = corpus.languages.length;
  return takeRows(
    vectors,
    facts.map((fact) => cells[fact * L + language]),
  );
}

async function splitVariance(input: Input): Promise<VarianceShares | null> {
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
    zScore(rowsOf(input, language, facts), scaler),
  );
  const cube = { languages, facts: facts.length, dimensions: vectors.columns };
  return varianceShares(cube, productsOf(kernels), seededRandom(seed));
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
