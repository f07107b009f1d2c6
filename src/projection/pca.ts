import { deflate, leadingAxis } from '../core/eigen.ts';
import { centredRows, dot, matrix, transpose, type Matrix, type Products } from '../core/matrix.ts';

/**
 * Coordinates on the first two principal components. Power iteration with deflation on the covariance of the centred
 * rows; the sign is fixed so that each component's largest loading is positive. Same input, same picture.
 *
 * @param x [n, d]
 * @returns [n, 2]; zeros where a component has no variance
 * @see Pearson 1901
 */
export async function principalComponents(x: Matrix, products: Products): Promise<Matrix> {
  const centred = centredRows(x);
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
