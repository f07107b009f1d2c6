import type { Matrix } from '../../../src/core/matrix.ts';

/** All cosines by one loop over each pair of rows, single precision stored. [n, m] */
export function naiveProduct(x: Matrix, y: Matrix): Float32Array {
  const result = new Float32Array(x.rows * y.rows);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < y.rows; j++) {
      let sum = 0;
      for (let k = 0; k < x.columns; k++)
        sum += x.data[i * x.columns + k] * y.data[j * y.columns + k];
      result[i * y.rows + j] = sum;
    }
  }
  return result;
}
