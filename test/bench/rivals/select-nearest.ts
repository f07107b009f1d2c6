import { matrix, transpose, type Matrix } from '../../../src/core/matrix.ts';
import type { Neighbors } from '../../../src/core/neighbors.ts';
import { plainProduct } from './tfjs-wasm.ts';

/** Rows of a block of cosines: 500 x 10,000 of them are 20 MB. */
const BLOCK = 500;

/** Exact neighbours from tfjs's product, block by block, and a sorted insertion into lists of k. */
export function nearestByProduct(x: Matrix, k: number): Neighbors {
  const n = x.rows;
  const transposed = transpose(x);
  const indices = new Int32Array(n * k).fill(-1);
  const cosines = new Float32Array(n * k).fill(-Infinity);
  for (let start = 0; start < n; start += BLOCK) {
    const rows = Math.min(BLOCK, n - start);
    const block = matrix(
      rows,
      x.columns,
      x.data.slice(start * x.columns, (start + rows) * x.columns),
    );
    const product = plainProduct(block, transposed);
    for (let i = 0; i < rows; i++) {
      const point = start + i;
      const line = product.subarray(i * n, (i + 1) * n);
      const list = { cosines: cosines.subarray(point * k), indices: indices.subarray(point * k) };
      selectFrom(line, point, k, list);
    }
  }
  return { rows: n, k, indices, cosines };
}

function selectFrom(
  line: Float32Array,
  self: number,
  k: number,
  list: { cosines: Float32Array; indices: Int32Array },
): void {
  for (let j = 0; j < line.length; j++) {
    const cosine = line[j];
    if (cosine <= list.cosines[k - 1] || j === self) continue;
    let place = k - 1;
    for (; place > 0 && list.cosines[place - 1] < cosine; place--) {
      list.cosines[place] = list.cosines[place - 1];
      list.indices[place] = list.indices[place - 1];
    }
    list.cosines[place] = cosine;
    list.indices[place] = j;
  }
}
