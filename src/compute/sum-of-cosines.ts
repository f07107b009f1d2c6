import type { Matrix } from '../core/matrix.ts';

/**
 * Sum of all cosines of a pair in double precision: Σ_ij x_i · y_j = (Σ_i x_i) · (Σ_j y_j), in n·d steps instead of
 * n²·d. X: [n, d], Y: [m, d]
 */
export function sumOfCosines(x: Matrix, y: Matrix): number {
  const left = columnSums(x);
  const right = columnSums(y);
  return left.reduce((sum, value, k) => sum + value * right[k], 0);
}

function columnSums({ columns, data }: Matrix): Float64Array {
  const sums = new Float64Array(columns);
  for (let start = 0; start < data.length; start += columns) {
    for (let k = 0; k < columns; k++) sums[k] += data[start + k];
  }
  return sums;
}
