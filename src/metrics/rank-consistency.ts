import { assert } from '../core/errors.ts';
import type { Neighbors } from '../core/neighbors.ts';

/**
 * How much a place in a ranking counts; weights sum to 1. Of n places, place j has n - j + 1 for norm1, its square for
 * norm2, and its exponential for softmax, which gives the first place 63 %.
 */
export type RankWeighting = 'softmax' | 'norm1' | 'norm2';

/** [length], first place first. */
export function rankWeights(length: number, weighting: RankWeighting): Float64Array {
  const weights = Float64Array.from({ length }, (_, j) => {
    const points = length - j;
    // The largest exponent is taken away, which the sum takes out again: exp(800) is not a number.
    if (weighting === 'softmax') return Math.exp(points - length);
    return weighting === 'norm1' ? points : points * points;
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * RankC of one item: weighted mean, over j, of the share that the first j of two rankings have in common. In [0, 1],
 * higher is more alike; says nothing of who is right.
 *
 * @param a, b names of the candidates, best first, none twice; @param weights of the places
 * @see Qi, Fernández and Bisazza 2023, arXiv 2310.10378, RankC.py
 */
export function rankConsistency(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  weights: Float64Array,
): number {
  let [common, sum] = [0, 0];
  for (let j = 0; j < weights.length; j++) {
    for (let e = 0; e < j; e++) {
      if (a[e] === b[j]) common++;
      if (b[e] === a[j]) common++;
    }
    if (a[j] === b[j]) common++;
    sum += (weights[j] * common) / (j + 1);
  }
  return sum;
}

/**
 * Neighbour-rank consistency of two languages: RankC of each fact's nearest facts within the one language and within the
 * other. In [0, 1], higher is more alike; offset and rotation of a language change nothing.
 *
 * @param a, b nearest facts of each fact in one language, the same n facts in the same order; their k is the depth
 * @returns by fact; NaN below three facts, which leave nothing to rank. [n]
 */
export function neighborRankConsistency(
  a: Neighbors,
  b: Neighbors,
  weighting: RankWeighting = 'softmax',
): Float64Array {
  const { rows, k } = a;
  assert(
    rows === b.rows && k === b.k,
    `neighborRankConsistency: [${rows}, ${k}] but [${b.rows}, ${b.k}]`,
  );
  if (rows < 3) return new Float64Array(rows).fill(NaN);
  const weights = rankWeights(k, weighting);
  return Float64Array.from({ length: rows }, (_, i) =>
    rankConsistency(
      a.indices.subarray(i * k, (i + 1) * k),
      b.indices.subarray(i * k, (i + 1) * k),
      weights,
    ),
  );
}
