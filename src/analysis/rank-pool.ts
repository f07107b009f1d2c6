import { productsOf, type Kernels } from '../compute/kernels.ts';
import { randomSubset, seededRandom } from '../core/random.ts';
import { mean } from '../core/statistics.ts';
import { averagePrecisions } from '../metrics/strong-alignment.ts';
import { breatheUnlessStopped, type CallContext } from '../protocol/server.ts';
import type { PairsInput } from './analysis-input.ts';

/** The pool of all renderings, ranked by renderings of it. */
export interface RankedPool {
  /** Rows of the renderings that were queries. */
  queries: Int32Array;
  /** Average precision of each; NaN for a rendering without another of its fact. */
  precision: Float64Array;
  /** Facts whose renderings were queries. */
  facts: number;
}

/**
 * Mean over all queries, which is mAP, by fact: its value plus the fact's influence on it, since facts may have different
 * numbers of renderings.
 *
 * @param fact of each rendering
 */
export function precisionParts(
  { queries, precision }: RankedPool,
  fact: Int32Array,
): { facts: Int32Array; parts: Float64Array } {
  const byFact = new Map<number, { sum: number; count: number }>();
  queries.forEach((r, q) => {
    if (Number.isNaN(precision[q])) return;
    const { sum, count } = byFact.get(fact[r]) ?? { sum: 0, count: 0 };
    byFact.set(fact[r], { sum: sum + precision[q], count: count + 1 });
  });
  const value = mean(precision.filter((one) => !Number.isNaN(one)));
  const own = [...byFact.values()];
  const perFact = mean(own.map(({ count }) => count));
  return {
    facts: Int32Array.from(byFact.keys()),
    parts: Float64Array.from(own, ({ sum, count }) => value + (sum - value * count) / perFact),
  };
}

/** Cosines that are ranked: all of 20,000 renderings. Above it the queries are the renderings of a sample of facts. */
const COSINES = 400e6;

/** Ranks the pool for every rendering, or for those of as many facts as time allows. */
export async function rankPool(
  { corpus, vectors, seed }: PairsInput,
  kernels: Kernels,
  { signal, report }: CallContext,
): Promise<RankedPool> {
  const { fact } = corpus.renderings;
  const { queries, facts } = poolQueries(fact, corpus.facts.length, seed);
  const precision = await averagePrecisions(
    { vectors, fact },
    queries,
    productsOf(kernels),
    async (done) => {
      report({ stage: 'Ranking all texts (queries)', done, total: queries.length });
      await breatheUnlessStopped(signal, 'The ranking of all texts');
    },
  );
  return { queries, precision, facts };
}

/** The renderings of all facts, or of a seeded sample of them. @param fact of each rendering; @param F number of facts */
export function poolQueries(
  fact: Int32Array,
  F: number,
  seed: number,
): Pick<RankedPool, 'queries' | 'facts'> {
  const affordable = Math.max(1, Math.floor((COSINES / fact.length ** 2) * F));
  const sample = randomSubset(seededRandom(seed), affordable, F);
  const isSampled = new Uint8Array(F);
  for (const f of sample) isSampled[f] = 1;
  const queries = Int32Array.from(fact.keys()).filter((r) => isSampled[fact[r]] === 1);
  return { queries, facts: sample.length };
}
