import { dot } from './matrix.ts';
import { seededRandom } from './random.ts';

/** Enough for a second eigenvalue at 98 % of the first; nearer ones span a plane in which any two axes serve. */
const ROUNDS = 1000;

/**
 * Unit eigenvector of the largest eigenvalue, by power iteration. The sign is fixed so that the largest entry is
 * positive: same matrix, same axis.
 *
 * @param symmetric [d, d], positive semidefinite
 * @see Golub and Van Loan, section 8.2
 */
export function leadingAxis(symmetric: Float64Array, d: number): Float64Array {
  const random = seededRandom(1);
  let axis = unit(Float64Array.from({ length: d }, () => random() - 0.5));
  for (let round = 0; round < ROUNDS; round++) {
    const next = unit(apply(symmetric, axis));
    const aligned = Math.abs(dot(axis, next));
    axis = next;
    if (1 - aligned < 1e-15) break;
  }
  const largest = axis.reduce(
    (best, value) => (Math.abs(value) > Math.abs(best) ? value : best),
    0,
  );
  return largest < 0 ? axis.map((value) => -value) : axis;
}

/** Takes the axis out of the matrix; answers its eigenvalue. */
export function deflate(symmetric: Float64Array, axis: Float64Array): number {
  const d = axis.length;
  const value = dot(apply(symmetric, axis), axis);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) symmetric[i * d + j] -= value * axis[i] * axis[j];
  return value;
}

function apply(symmetric: Float64Array, axis: Float64Array): Float64Array {
  const d = axis.length;
  const image = new Float64Array(d);
  for (let i = 0; i < d; i++) {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += symmetric[i * d + j] * axis[j];
    image[i] = sum;
  }
  return image;
}

function unit(axis: Float64Array): Float64Array {
  const length = Math.sqrt(dot(axis, axis));
  return length === 0 ? axis : axis.map((value) => value / length);
}

/**
 * All eigenvalues of a symmetric matrix, in decreasing order, to about 1e-15 of the largest: reflected to three
 * diagonals, then each one found by bisection.
 *
 * @param symmetric [d, d]
 * @see Golub and Van Loan, sections 8.3 and 8.4
 */
export function eigenvalues(symmetric: Float64Array, d: number): Float64Array {
  const { diagonal, beside } = tridiagonal(symmetric.slice(), d);
  // Gershgorin's discs hold all eigenvalues.
  const reach = diagonal.reduce(
    (most, value, i) =>
      Math.max(most, Math.abs(value) + Math.abs(beside[i - 1] ?? 0) + Math.abs(beside[i] ?? 0)),
    0,
  );
  return Float64Array.from({ length: d }, (_, k) => {
    let [low, high] = [-reach, reach];
    for (let step = 0; step < 53; step++) {
      const middle = (low + high) / 2;
      if (countBelow(diagonal, beside, middle) < d - k) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
}

interface Tridiagonal {
  diagonal: Float64Array;
  /** Entry i stands between diagonal entries i and i + 1. */
  beside: Float64Array;
}

/** Householder reflections, in place: each brings one column to two entries and leaves the eigenvalues. */
function tridiagonal(a: Float64Array, d: number): Tridiagonal {
  const beside = new Float64Array(Math.max(0, d - 1));
  for (let k = 0; k < d - 1; k++) {
    const v = a.slice(k * d + k + 1, (k + 1) * d);
    const length = Math.sqrt(dot(v, v));
    beside[k] = v[0] > 0 ? -length : length;
    v[0] -= beside[k];
    const square = dot(v, v);
    if (square > 0) reflect(a, d, k + 1, { v, scale: 2 / square });
  }
  return { diagonal: Float64Array.from({ length: d }, (_, i) => a[i * d + i]), beside };
}

/** A - v wᵀ - w vᵀ on the rows and columns from `start` on, which is the matrix seen in the mirror across v. */
function reflect(
  a: Float64Array,
  d: number,
  start: number,
  { v, scale }: { v: Float64Array; scale: number },
): void {
  const rowFrom = (i: number): Float64Array =>
    a.subarray((start + i) * d + start, (start + i + 1) * d);
  const w = v.map((_, i) => scale * dot(rowFrom(i), v));
  const along = (scale / 2) * dot(w, v);
  for (let i = 0; i < v.length; i++) w[i] -= along * v[i];
  for (let i = 0; i < v.length; i++) {
    const values = rowFrom(i);
    for (let j = 0; j < v.length; j++) values[j] -= v[i] * w[j] + w[i] * v[j];
  }
}

/** Number of eigenvalues below x: negative pivots of A - x I (Sturm). */
function countBelow(diagonal: Float64Array, beside: Float64Array, x: number): number {
  let [count, pivot] = [0, 1];
  for (let i = 0; i < diagonal.length; i++) {
    pivot = diagonal[i] - x - (i === 0 ? 0 : beside[i - 1] ** 2 / pivot);
    if (pivot === 0) pivot = 1e-300;
    if (pivot < 0) count++;
  }
  return count;
}
