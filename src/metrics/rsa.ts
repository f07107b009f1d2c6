import { assert } from '../core/errors.ts';
import { TIE_MARGIN, type Matrix, type Products } from '../core/matrix.ts';
import { standardized } from '../core/statistics.ts';

/**
 * The ranks of a language's cosines between its own facts, ready to be correlated. Made once for each language; compare
 * languages on the same facts, in the same order, only.
 */
export interface Dissimilarities {
  n: number;
  /** Pairs of facts, row by row of the upper triangle; mean 0, length 1. [n (n - 1) / 2] */
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
  const steps = new Int32Array((n * (n - 1)) / 2);
  for (let i = 0, e = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) steps[e++] = Math.round(data[i * n + j] / TIE_MARGIN);
  }
  return { n, ranks: Float32Array.from(standardized(ranksOfSteps(steps))) };
}

/** Average ranks of whole numbers about within ±1 / TIE_MARGIN, by counting them: many times faster than sorting. */
function ranksOfSteps(steps: Int32Array): Float64Array {
  let [lowest, highest] = [0, 0];
  for (const step of steps) {
    if (step < lowest) lowest = step;
    else if (step > highest) highest = step;
  }
  /** Number of steps of each size, then their mean rank. */
  const ranks = new Float64Array(highest - lowest + 1);
  for (const step of steps) ranks[step - lowest]++;
  let before = 0;
  ranks.forEach((count, step) => {
    ranks[step] = before + (count + 1) / 2;
    before += count;
  });
  const found = new Float64Array(steps.length);
  for (let e = 0; e < steps.length; e++) found[e] = ranks[steps[e] - lowest];
  return found;
}

/**
 * Representational similarity analysis: Spearman's correlation, over all pairs of facts, of their cosines in two
 * languages. In [-1, 1], higher is more alike; rotations change nothing. As parts by fact, the value plus the fact's
 * influence on it with the ranks held fixed: the mean is the metric. NaN below three facts and where one language has all
 * facts equally far from each other.
 *
 * @returns [n]
 * @see Kriegeskorte, Mur and Bandettini 2008
 */
export function rsa(a: Dissimilarities, b: Dissimilarities): Float64Array {
  assert(a.n === b.n, `rsa: ${a.n} facts but ${b.n}`);
  const { n } = a;
  const products = new Float64Array(n);
  const squares = new Float64Array(n);
  for (let i = 0, e = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++, e++) {
      const [u, v] = [a.ranks[e], b.ranks[e]];
      products[i] += u * v;
      products[j] += u * v;
      squares[i] += u * u + v * v;
      squares[j] += u * u + v * v;
    }
  }
  const rho = n < 3 ? NaN : products.reduce((sum, product) => sum + product, 0) / 2;
  // The squares are of length 1 but for rounding, so that the parts' mean is rho.
  const length = squares.reduce((sum, square) => sum + square, 0) / 4;
  return products.map((product, i) => rho + n * (product - (rho / 2) * (squares[i] / length)));
}
