import { AnalyzerError, assert } from './errors.ts';

/** Row-major: element (i, j) is data[i * columns + j]. Plain data, so it can cross to a worker. */
export interface Matrix {
  rows: number;
  columns: number;
  data: Float32Array;
}

/** A square matrix over languages in double precision; NaN marks an entry that is not defined. Row-major. */
export type LanguageMatrix = Float64Array;

export function matrix(
  rows: number,
  columns: number,
  data = new Float32Array(rows * columns),
): Matrix {
  assert(
    data.length === rows * columns,
    `matrix: expected ${rows} x ${columns} = ${rows * columns} numbers, got ${data.length}`,
  );
  return { rows, columns, data };
}

/**
 * Two cosines closer than this count as equal, on every backend: above the rounding differences of float32 sums, far
 * below any difference of meaning. Ties so found are counted and reported.
 */
export const TIE_MARGIN = 1e-6;

/** A view of row i, not a copy. */
export function row({ columns, data }: Matrix, i: number): Float32Array {
  return data.subarray(i * columns, (i + 1) * columns);
}

/** The rows with the given indices, in that order, as a new matrix. */
export function takeRows(source: Matrix, indices: ArrayLike<number>): Matrix {
  const result = matrix(indices.length, source.columns);
  for (let i = 0; i < indices.length; i++)
    result.data.set(row(source, indices[i]), i * source.columns);
  return result;
}

export function transpose({ rows, columns, data }: Matrix): Matrix {
  const result = matrix(columns, rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) result.data[c * rows + r] = data[r * columns + c];
  }
  return result;
}

/** Mean of the rows. [columns] */
export function meanRow({ rows, columns, data }: Matrix): Float64Array {
  const sums = new Float64Array(columns);
  for (let e = 0; e < data.length; e++) sums[e % columns] += data[e];
  return sums.map((sum) => sum / rows);
}

/** A copy whose rows are less by a mean, their own unless another is given. */
export function centredRows(source: Matrix, mean: ArrayLike<number> = meanRow(source)): Matrix {
  const { rows, columns, data } = source;
  return matrix(
    rows,
    columns,
    data.map((value, e) => value - mean[e % columns]),
  );
}

/** Products of rows, [n, m] = X Yᵀ for X: [n, d], Y: [m, d]; the kernels' `cosineMatrix` is one. */
export type Products = (x: Matrix, y: Matrix) => Promise<Matrix>;

/** Products that are held at a time: 16 MB. */
const PRODUCTS_AT_ONCE = 4_000_000;

/** All products of rows, block by block: `block` holds the rows of X from `start` on with every row of Y. */
export async function* productBlocks(
  x: Matrix,
  y: Matrix,
  products: Products,
): AsyncGenerator<{ start: number; block: Matrix }> {
  const { rows, columns, data } = x;
  const atOnce = Math.max(1, Math.floor(PRODUCTS_AT_ONCE / y.rows));
  for (let start = 0; start < rows; start += atOnce) {
    const end = Math.min(start + atOnce, rows);
    const part = {
      rows: end - start,
      columns,
      data: data.subarray(start * columns, end * columns),
    };
    yield { start, block: await products(part, y) };
  }
}

export function assertSameShape(x: Matrix, y: Matrix, where: string): void {
  assert(
    x.rows === y.rows && x.columns === y.columns,
    `${where}: X is [${x.rows}, ${x.columns}] but Y is [${y.rows}, ${y.columns}]`,
  );
}

export function assertSameColumns(x: Matrix, y: Matrix, where: string): void {
  assert(
    x.columns === y.columns,
    `${where}: X has rows of ${x.columns} numbers but Y of ${y.columns}`,
  );
}

/** Dot product of two rows in double precision. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/**
 * Scales every row to length 1, in place. Refuses a row that is not finite or has length 0.
 *
 * @param numbers by which rows are named in a refusal; their places when absent
 * @throws AnalyzerError `numeric/not-finite`, naming the first bad row
 */
export function normalizeRows(
  source: Matrix,
  what = 'the embeddings',
  numbers?: ArrayLike<number>,
): Matrix {
  for (let i = 0; i < source.rows; i++) {
    if (scaleRow(source, i, { what, numbers }) > 0) continue;
    throw badRow(row(source, i), numbers?.[i] ?? i, 0, what);
  }
  return source;
}

/** The same, but a row of length 0 stays: it has no direction, and its cosines are 0. */
export function normalizeNonzeroRows(
  source: Matrix,
  what: string,
  numbers?: ArrayLike<number>,
): Matrix {
  for (let i = 0; i < source.rows; i++) scaleRow(source, i, { what, numbers });
  return source;
}

/** How far from 1 rounding to float32 leaves a scaled row: scaling it again would only move last bits to and fro. */
const UNIT_ROUNDING = 2 ** -24;

/** Scales a row that is not all zeros; answers its former length. */
function scaleRow(
  source: Matrix,
  i: number,
  { what, numbers }: { what: string; numbers: ArrayLike<number> | undefined },
): number {
  const values = row(source, i);
  const length = Math.sqrt(dot(values, values));
  if (!Number.isFinite(length)) throw badRow(values, numbers?.[i] ?? i, length, what);
  if (length === 0 || Math.abs(length - 1) <= UNIT_ROUNDING) return length;
  for (let k = 0; k < values.length; k++) values[k] = values[k] / length;
  return length;
}

/** @throws AnalyzerError `numeric/not-finite`, naming the first row with a number that is not finite, if there is one */
export function refuseNotFinite(source: Matrix, what = 'the vectors'): void {
  const at = source.data.findIndex((value) => !Number.isFinite(value));
  const index = Math.floor(at / source.columns);
  if (at >= 0) throw badRow(row(source, index), index, NaN, what);
}

function badRow(values: Float32Array, index: number, length: number, what: string): AnalyzerError {
  const wrong = values.find((value) => !Number.isFinite(value));
  const finding =
    length === 0 ? 'has length 0' : `contains ${wrong ?? 'numbers too large to square'}`;
  return new AnalyzerError('numeric/not-finite', `Row ${index} of ${what} ${finding}.`, {
    hint: 'Whatever made these vectors failed there: choose another device or model, or make them anew.',
    detail: { row: index },
  });
}

/** Largest 1 - cosine between rows of two sets of unit vectors; Infinity where their lengths differ. */
export function largestDifference(vectors: Matrix, reference: ArrayLike<number>[]): number {
  let largest = 0;
  for (let i = 0; i < vectors.rows; i++) {
    if (reference[i]?.length !== vectors.columns) return Infinity;
    largest = Math.max(largest, 1 - dot(row(vectors, i), reference[i]));
  }
  return largest;
}
