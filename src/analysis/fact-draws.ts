import { matrix, type Matrix, type Products } from '../core/matrix.ts';
import { randomBelow, seededRandom } from '../core/random.ts';
import { BOOTSTRAP_ROUNDS, mean } from '../core/statistics.ts';

/**
 * Means of the lists in each bootstrap round over the facts, one list after the other; the same facts are drawn for the
 * same set of facts, whatever the lists are. Lists are of one value per fact and hold no NaN.
 *
 * @returns [BOOTSTRAP_ROUNDS] for each list
 */
export type FactDraws = (
  facts: Int32Array,
  lists: readonly Float64Array[],
) => Promise<Float64Array[]>;

/** Draws for a run. Those of the latest set of facts are held: pairs mostly share theirs. */
export function factDraws(seed: number, products: Products): FactDraws {
  let latest: { key: number; counts: Matrix } | null = null;
  return async (facts, lists) => {
    if (lists.length === 0) return [];
    const key = seedOf(seed, facts);
    if (latest?.key !== key || latest.counts.columns !== facts.length)
      latest = { key, counts: drawCounts(key, facts.length) };
    return replicatesOf(lists, latest.counts, products);
  };
}

/** One seed for each set of facts (FNV-1a). */
function seedOf(seed: number, facts: Int32Array): number {
  return facts.reduce((hash, fact) => Math.imul(hash ^ fact, 0x01000193), seed ^ 0x811c9dc5);
}

/** How often each fact is drawn in each round. [rounds, n] */
function drawCounts(seed: number, n: number): Matrix {
  const counts = matrix(BOOTSTRAP_ROUNDS, n);
  const random = seededRandom(seed);
  for (let start = 0; start < counts.data.length; start += n) {
    for (let i = 0; i < n; i++) counts.data[start + randomBelow(random, n)]++;
  }
  return counts;
}

/** Products of counts and of deviations from the mean, so that single precision is precise enough. */
async function replicatesOf(
  lists: readonly Float64Array[],
  counts: Matrix,
  products: Products,
): Promise<Float64Array[]> {
  const n = counts.columns;
  const means = lists.map(mean);
  const deviations = matrix(lists.length, n);
  lists.forEach((list, l) =>
    deviations.data.set(
      list.map((value) => value - means[l]),
      l * n,
    ),
  );
  const sums = await products(deviations, counts);
  return means.map((value, l) =>
    Float64Array.from(
      sums.data.subarray(l * BOOTSTRAP_ROUNDS, (l + 1) * BOOTSTRAP_ROUNDS),
      (sum) => value + sum / n,
    ),
  );
}
