import { dot, matrix, transpose, type Matrix, type Products } from '../core/matrix.ts';
import { seededRandom } from '../core/random.ts';

/** Enough for a second eigenvalue at 98 % of the first; nearer ones span a plane in which any two axes serve. */
const ROUNDS = 1000;

/**
 * Coordinates on the first two principal components. Power iteration with deflation on the covariance of the centred
 * rows; the sign is fixed so that each component's largest loading is positive. Same input, same picture.
 *
 * @param x [n, d]
 * @returns [n, 2]; zeros where a component has no variance
 * @see Pearson 1901; Golub and Van Loan, section 8.2
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

function leadingAxis(symmetric: Float64Array, d: number): Float64Array {
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

function apply(symmetric: Float64Array, axis: Float64Array): Float64Array {
  const d = axis.length;
  return Float64Array.from({ length: d }, (_, i) =>
    dot(symmetric.subarray(i * d, (i + 1) * d), axis),
  );
}

function unit(axis: Float64Array): Float64Array {
  const length = Math.sqrt(dot(axis, axis));
  return length === 0 ? axis : axis.map((value) => value / length);
}

/** Takes the axis out of the matrix; answers its eigenvalue. */
function deflate(symmetric: Float64Array, axis: Float64Array): number {
  const d = axis.length;
  const value = dot(apply(symmetric, axis), axis);
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++) symmetric[i * d + j] -= value * axis[i] * axis[j];
  return value;
}
