import { deflate, leadingAxis } from '../core/eigen.ts';
import {
  centredRows,
  dot,
  matrix,
  meanRow,
  row,
  transpose,
  type Matrix,
  type Products,
} from '../core/matrix.ts';

/** Rows that are centred and turned at a time: 8 MB at 256 numbers a row. */
const ROWS_AT_ONCE = 8192;

/**
 * Coordinates on the first two principal components. Power iteration with deflation on the covariance of the centred
 * rows; the sign is fixed so that each component's largest loading is positive. Same input, same picture.
 *
 * @param x [n, d]
 * @returns [n, 2]; zeros where a component has no variance
 * @see Pearson 1901
 */
export async function principalComponents(x: Matrix, products: Products): Promise<Matrix> {
  const mean = meanRow(x);
  const covariance = await scatter(x, mean, products);
  const picture = matrix(x.rows, 2);
  for (let component = 0; component < 2; component++) {
    const axis = leadingAxis(covariance, x.columns);
    const value = deflate(covariance, axis);
    if (value <= 0) continue;
    const centre = dot(axis, mean);
    for (let i = 0; i < x.rows; i++)
      picture.data[i * 2 + component] = dot(axis, row(x, i)) - centre;
  }
  return picture;
}

/** Products of the centred columns, added up over bands of rows. [d, d] */
async function scatter(x: Matrix, mean: Float64Array, products: Products): Promise<Float64Array> {
  const { rows, columns, data } = x;
  const sum = new Float64Array(columns * columns);
  for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
    const end = Math.min(start + ROWS_AT_ONCE, rows);
    const band = {
      rows: end - start,
      columns,
      data: data.subarray(start * columns, end * columns),
    };
    const turned = transpose(centredRows(band, mean));
    (await products(turned, turned)).data.forEach((value, e) => (sum[e] += value));
  }
  return sum;
}
