import { assert } from '../core/errors.ts';
import { centredRows, dot, row, transpose, type Matrix, type Products } from '../core/matrix.ts';
import { mean } from '../core/statistics.ts';

/** Share of a sum of squares below which the rest is rounding of single precision. */
const ROUNDING = 1e-6;

/** The Gram matrix of up to this many facts is held: 16 MB. */
const GRAM_FACTS = 2000;

/**
 * A language's side of CKA on n facts. Compare sides of the same facts, in the same order, only. Up to 2,000 facts, and
 * where it is smaller, it holds the Gram matrix K of the centred rows, else the centred rows themselves.
 */
export interface CkaSide {
  n: number;
  kind: 'gram' | 'features';
  held: Matrix;
  /** Squared length of each centred row: the diagonal of the Gram matrix. [n] */
  lengths: Float64Array;
  /** <K, K> by row, which sum to the squared Frobenius norm; NaN where all rows are equal, and for n < 3. [n] */
  norms: Float64Array;
  /** HSIC1(K, K) by fact; all NaN for n < 4 and where it is not positive. [n] */
  hsic: Float64Array;
}

/** @param x [n, d] */
export async function ckaSide(x: Matrix, products: Products): Promise<CkaSide> {
  const centred = centredRows(x);
  const n = x.rows;
  const kind = n <= Math.max(GRAM_FACTS, x.columns) ? 'gram' : 'features';
  const held = kind === 'gram' ? await products(centred, centred) : centred;
  const lengths = squaredLengths(centred);
  const undefinedParts = new Float64Array(n).fill(NaN);
  const side: CkaSide = { n, kind, held, lengths, norms: undefinedParts, hsic: undefinedParts };
  const all = total(squaredLengths(x));
  if (n < 3 || !(total(lengths) > ROUNDING * ROUNDING * all)) return side;
  const rows = await gramRows(side, side, products);
  const own = hsic1(side, side, rows);
  const isPositive = mean(own) * n * (n - 3) > ROUNDING * total(rows.products);
  return { ...side, norms: rows.products, hsic: isPositive ? own : undefinedParts };
}

/** Parts by fact, each the value plus the fact's influence on it: the mean of a list is the metric. [n] */
export interface Cka {
  /** Linear CKA, in [0, 1]; nears 1 for unrelated vectors where d is far above n. NaN for n < 3: of two facts it is 1. */
  linear: Float64Array;
  /** HSIC1(K, M), in any range; 0 for unrelated vectors. NaN for n < 4. */
  hsic: Float64Array;
  /** CKA of unbiased estimates, about [-1, 1], 0 for unrelated vectors: may be below 0. NaN for n < 4. */
  debiased: Float64Array;
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
  const rows = await gramRows(a, b, products);
  const hsic = hsic1(a, b, rows);
  return {
    linear: ratio(quadratic(rows.products), quadratic(a.norms), quadratic(b.norms)),
    hsic,
    debiased: ratio(hsic, a.hsic, b.hsic),
  };
}

/** Parts of p / √(q r) from parts of the three. */
function ratio(p: Float64Array, q: Float64Array, r: Float64Array): Float64Array {
  const [ofP, ofQ, ofR] = [mean(p), mean(q), mean(r)];
  const scale = Math.sqrt(ofQ * ofR);
  const value = ofP / scale;
  return p.map((part, i) => part / scale - (value / 2) * (q[i] / ofQ + r[i] / ofR - 2));
}

/** Parts of the sum over all i and j of a table, from its row sums: a fact stands in its row and in its column. */
function quadratic(rows: Float64Array): Float64Array {
  const sum = total(rows);
  return rows.map((own) => 2 * rows.length * own - sum);
}

/** By row i of two Gram matrices. [n] each */
interface GramRows {
  /** Sum over j of K[i, j] M[i, j]. */
  products: Float64Array;
  /** Sum over j of K[i, j] M[j, j], and of K[j, j] M[i, j]. */
  alongB: Float64Array;
  alongA: Float64Array;
}

/** Centring moves with the facts drawn, but not to first order: the rows of a centred Gram matrix sum to 0. */
async function gramRows(a: CkaSide, b: CkaSide, products: Products): Promise<GramRows> {
  assert(a.kind === b.kind, 'cka: sides of different dimensions');
  if (a.kind === 'gram') {
    const byRow = (x: Matrix, other: (i: number) => ArrayLike<number>): Float64Array =>
      Float64Array.from({ length: a.n }, (_, i) => dot(row(x, i), other(i)));
    return {
      products: byRow(a.held, (i) => row(b.held, i)),
      alongB: byRow(a.held, () => b.lengths),
      alongA: byRow(b.held, () => a.lengths),
    };
  }
  const turned = await products(a.held, await products(transpose(b.held), transpose(a.held)));
  return {
    products: rowProducts(turned, b.held),
    alongB: alongWeighted(a.held, b.lengths),
    alongA: alongWeighted(b.held, a.lengths),
  };
}

function rowProducts(x: Matrix, y: Matrix): Float64Array {
  return Float64Array.from({ length: x.rows }, (_, i) => dot(row(x, i), row(y, i)));
}

/** X Xᵀ w. */
function alongWeighted(x: Matrix, weights: Float64Array): Float64Array {
  const sum = new Float64Array(x.columns);
  for (let i = 0; i < x.rows; i++) row(x, i).forEach((value, k) => (sum[k] += weights[i] * value));
  return Float64Array.from({ length: x.rows }, (_, i) => dot(row(x, i), sum));
}

/**
 * The unbiased estimate of HSIC, by fact. Its formula, [tr(K~M~) + 1'K~1 1'M~1 / ((n-1)(n-2)) - 2 / (n-2) 1'K~M~1] /
 * (n (n-3)) with ~ for a zero diagonal, is the same for centred rows, whose Gram matrices sum to zero along rows: a row
 * of K~ then sums to -K[i, i]. The three terms are sums over two, four and three facts, and weights enter each so often.
 */
function hsic1(a: CkaSide, b: CkaSide, rows: GramRows): Float64Array {
  const { n } = a;
  if (n < 4) return new Float64Array(n).fill(NaN);
  const [ofA, ofB] = [total(a.lengths), total(b.lengths)];
  const diagonals = dot(a.lengths, b.lengths);
  const sum = total(rows.products) - diagonals;
  const middle = (ofA * ofB) / ((n - 1) * (n - 2));
  const value = sum + middle - (2 / (n - 2)) * diagonals;
  return a.lengths.map((own, i) => {
    const diagonal = own * b.lengths[i];
    const two = 2 * (rows.products[i] - diagonal);
    const four = (2 * (own * ofB + b.lengths[i] * ofA)) / ((n - 1) * (n - 2));
    const three = (2 / (n - 2)) * (3 * diagonal - rows.alongB[i] - rows.alongA[i]);
    const degrees = 2 * sum + 4 * middle - 3 * (2 / (n - 2)) * diagonals;
    return (value + n * (two + four - three) - degrees) / (n * (n - 3));
  });
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function squaredLengths(x: Matrix): Float64Array {
  return rowProducts(x, x);
}
