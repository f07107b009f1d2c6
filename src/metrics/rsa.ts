import { assert } from '../core/errors.ts';
import { TIE_MARGIN, dot, type Matrix, type Products } from '../core/matrix.ts';
import { averageRanks, standardized } from '../core/statistics.ts';

/**
 * A language's cosines between its own facts, and their ranks, ready to be correlated: n (n - 1) / 2 values each, mean 0,
 * length 1. Made once for each language; compare languages on the same facts, in the same order, only.
 */
export interface Dissimilarities {
  values: Float32Array;
  ranks: Float32Array;
}

/**
 * Cosines closer than TIE_MARGIN are brought to one value first, so that rounding makes no ranks.
 *
 * @param x [n, d] unit rows; all n² cosines are held at once
 * @returns all NaN where all cosines are equal
 */
export async function dissimilarities(x: Matrix, products: Products): Promise<Dissimilarities> {
  const { data } = await products(x, x);
  const n = x.rows;
  const triangle = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, e = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) triangle[e++] = Math.round(data[i * n + j] / TIE_MARGIN);
  }
  return {
    values: Float32Array.from(standardized(triangle)),
    ranks: Float32Array.from(standardized(averageRanks(triangle))),
  };
}

/**
 * Representational similarity analysis: correlation, over all pairs of facts, of their cosines in two languages, by rank
 * (Spearman) and by value (Pearson). In [-1, 1], higher is more alike; rotations change nothing. NaN below three facts
 * and where one language has all facts equally far from each other.
 *
 * @see Kriegeskorte, Mur and Bandettini 2008
 */
export function rsa(a: Dissimilarities, b: Dissimilarities): { spearman: number; pearson: number } {
  assert(
    a.values.length === b.values.length,
    `rsa: ${a.values.length} pairs of facts but ${b.values.length}`,
  );
  if (a.values.length < 3) return { spearman: NaN, pearson: NaN };
  return { spearman: dot(a.ranks, b.ranks), pearson: dot(a.values, b.values) };
}
