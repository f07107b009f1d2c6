import { assert } from '../core/errors.ts';
import { centredRows, dot, row, transpose, type Matrix, type Products } from '../core/matrix.ts';

/** Share of a sum of squares below which the rest is rounding of single precision. */
const ROUNDING = 1e-6;

/**
 * A language's side of CKA on n facts. Compare sides of the same facts, in the same order, only. With few facts it holds
 * the Gram matrix of the centred rows, with many the centred rows transposed: whichever is smaller.
 */
export interface CkaSide {
  n: number;
  kind: 'gram' | 'features';
  held: Matrix;
  /** Squared length of each centred row: the diagonal of the Gram matrix. [n] */
  lengths: Float64Array;
  /** <K, K>, the squared Frobenius norm of the centred Gram matrix; NaN where all rows are equal. */
  norm: number;
  /** HSIC1(K, K); NaN for n < 4 and where it is not positive. */
  hsic: number;
}

/** @param x [n, d] */
export async function ckaSide(x: Matrix, products: Products): Promise<CkaSide> {
  const centred = centredRows(x);
  const n = x.rows;
  const kind = n < x.columns ? 'gram' : 'features';
  const held = kind === 'gram' ? await products(centred, centred) : transpose(centred);
  const lengths = squaredLengths(centred);
  const side = { n, kind, held, lengths, norm: NaN, hsic: NaN } as const;
  const variance = lengths.reduce((sum, value) => sum + value, 0);
  const all = squaredLengths(x).reduce((sum, value) => sum + value, 0);
  if (!(variance > ROUNDING * ROUNDING * all)) return side;
  const norm = await gramProduct(side, side, products);
  const own = hsic1(side, side, norm);
  return { ...side, norm, hsic: own * n * (n - 3) > ROUNDING * norm ? own : NaN };
}

export interface Cka {
  /** Linear CKA, in [0, 1]; nears 1 for unrelated vectors where d is far above n. */
  linear: number;
  /** HSIC1(K, M), in any range; 0 for unrelated vectors. NaN for n < 4. */
  hsic: number;
  /** CKA of unbiased estimates, about [-1, 1], 0 for unrelated vectors: may be below 0. NaN for n < 4. */
  debiased: number;
}

/**
 * Centred kernel alignment of two languages with linear kernels: how alike they place the facts relative to each other,
 * whatever the rotation, the offset and the scale. Higher is more alike. NaN where a side has no structure: all rows
 * equal, or all facts equally far from each other (debiased).
 *
 * @see Kornblith et al. 2019, arXiv 1905.00414; Song et al. 2012 (HSIC1); Nguyen et al. 2021, arXiv 2010.15327
 */
export async function cka(a: CkaSide, b: CkaSide, products: Products): Promise<Cka> {
  assert(a.n === b.n, `cka: sides of ${a.n} and ${b.n} facts`);
  const product = await gramProduct(a, b, products);
  const hsic = hsic1(a, b, product);
  return {
    linear: product / Math.sqrt(a.norm * b.norm),
    hsic,
    debiased: hsic / Math.sqrt(a.hsic * b.hsic),
  };
}

/** <K, M> = sum of K[i, j] M[i, j] = squared Frobenius norm of XᵀY. */
async function gramProduct(a: CkaSide, b: CkaSide, products: Products): Promise<number> {
  assert(a.kind === b.kind, 'cka: sides of different dimensions');
  if (a.kind === 'gram') return dot(a.held.data, b.held.data);
  const { data } = await products(a.held, b.held);
  return dot(data, data);
}

/**
 * The unbiased estimate of HSIC. Its formula, [tr(K~M~) + 1'K~1 1'M~1 / ((n-1)(n-2)) - 2 / (n-2) 1'K~M~1] / (n (n-3))
 * with ~ for a zero diagonal, is the same for centred rows, whose Gram matrices sum to zero along rows: a row of K~ then
 * sums to -K[i, i].
 */
function hsic1(a: CkaSide, b: CkaSide, product: number): number {
  const { n } = a;
  if (n < 4) return NaN;
  const diagonals = dot(a.lengths, b.lengths);
  const traces = trace(a) * trace(b);
  const sum = product - diagonals + traces / ((n - 1) * (n - 2)) - (2 / (n - 2)) * diagonals;
  return sum / (n * (n - 3));
}

function trace({ lengths }: CkaSide): number {
  return lengths.reduce((sum, length) => sum + length, 0);
}

function squaredLengths(x: Matrix): Float64Array {
  return Float64Array.from({ length: x.rows }, (_, i) => dot(row(x, i), row(x, i)));
}
