import { deflate, leadingAxis } from '../core/eigen.ts';
import { dot, matrix, transpose, type Matrix, type Products } from '../core/matrix.ts';

/**
 * Coordinates on the first two principal components. Power iteration with deflation on the covariance of the centred
 * rows; the sign is fixed so that each component's largest loading is positive. Same input, same picture.
 *
 * @param x [n, d]
 * @returns [n, 2]; zeros where a component has no variance
 * @see Pearson 1901
 */
export async function principalComponents(x: Matrix, products: Products): Promise<Matrix> {
  const centred = centre(x);
  const columns = transpose(centred);
  const covariance = Float64Array.from((await products(columns, columns)).data);
  const picture = matrix(x.rows, 2);
  for (let component = 0; component < 2; component++) {
    const axis = leadingAxis(covariance, x.columns);
    const value = deflate(covariance, axis);
    if (value <= 0) continue;
    for (let i = 0; i < x.rows; i++) {
      picture.data[i * 2 + component] = dot(
        axis,
        centred.data.subarray(i * x.columns, (i + 1) * x.columns),
      );
    }
  }
  return picture;
}

function centre({ rows, columns, data }: Matrix): Matrix {
  const mean = new Float64Array(columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) mean[c] += data[r * columns + c] / rows;
  const result = matrix(rows, columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++)
      result.data[r * columns + c] = data[r * columns + c] - mean[c];
  }
  return result;
}
