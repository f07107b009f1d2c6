import { deflate, leadingAxis } from '../core/eigen.ts';
import {
  centredRows,
  dot,
  matrix,
  row,
  transpose,
  type Matrix,
  type Products,
} from '../core/matrix.ts';

/** Length of what is left of a row, relative to the row, below which it is rounding only. */
const NOTHING_LEFT = 1e-6;

/**
 * Language centering: rows minus the language's mean, at unit length again. After it cosines mean something else; compare
 * retrieval, not cosines, with that of the rows as they were.
 *
 * @param x [n, d] of one language
 * @param mean `meanRow` of this language, estimated on other facts where the result is to be judged
 * @returns NaN in a row that equals the mean
 * @see Libovický, Rosa and Fraser 2020, arXiv 2004.05160
 */
export function centreLanguage(x: Matrix, mean: Float64Array): Matrix {
  return toUnitRows(centredRows(x, mean), x);
}

/**
 * The first c right singular vectors of a language's rows, not centred.
 *
 * @param x [n, d] of one language
 * @returns [c, d]; zeros beyond the rank
 */
export async function leadingDirections(x: Matrix, c: number, products: Products): Promise<Matrix> {
  const columns = transpose(x);
  const squares = Float64Array.from((await products(columns, columns)).data);
  const directions = matrix(c, x.columns);
  const rounding = NOTHING_LEFT * dot(x.data, x.data);
  for (let k = 0; k < c; k++) {
    const axis = leadingAxis(squares, x.columns);
    if (deflate(squares, axis) <= rounding) break;
    directions.data.set(axis, k * x.columns);
  }
  return directions;
}

/**
 * LIR: rows without their parts along a language's leading directions, x - V Vᵀ x, at unit length again.
 *
 * @param directions [c, d], of this language, estimated on other facts where the result is to be judged
 * @returns NaN in a row that the directions span
 * @see Yang et al. 2021, arXiv 2109.04727
 */
export function removeDirections(x: Matrix, directions: Matrix): Matrix {
  const left = matrix(x.rows, x.columns, x.data.slice());
  for (let i = 0; i < x.rows; i++) {
    const rest = row(left, i);
    for (let k = 0; k < directions.rows; k++) {
      const direction = row(directions, k);
      const along = dot(row(x, i), direction);
      for (let e = 0; e < rest.length; e++) rest[e] -= along * direction[e];
    }
  }
  return toUnitRows(left, x);
}

/** Scales what is left of the rows x to length 1, in place; NaN in a row of which nothing is left. */
export function toUnitRows(left: Matrix, x: Matrix): Matrix {
  for (let i = 0; i < left.rows; i++) {
    const rest = row(left, i);
    const length = Math.sqrt(dot(rest, rest));
    const before = Math.sqrt(dot(row(x, i), row(x, i)));
    const scale = length > NOTHING_LEFT * before ? 1 / length : NaN;
    for (let e = 0; e < rest.length; e++) rest[e] *= scale;
  }
  return left;
}
