import type { Kernels } from '../../src/compute/kernels.ts';
import { matrix, normalizeRows, type Matrix } from '../../src/core/matrix.ts';
import type { PairScan } from '../../src/core/pair-scan.ts';
import { randomBelow, seededRandom, type Random } from '../../src/core/random.ts';

/** Unit rows from plain numbers. */
export function unitRows(rows: number[][]): Matrix {
  return normalizeRows(matrix(rows.length, rows[0].length, Float32Array.from(rows.flat())));
}

/** Unit rows in random directions. [n, d] */
export function randomMatrix(seed: number, n: number, d: number): Matrix {
  const random = seededRandom(seed);
  const result = matrix(n, d);
  for (let i = 0; i < result.data.length; i++) result.data[i] = random() + random() - 1;
  return normalizeRows(result);
}

export function shuffled(random: Random, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = randomBelow(random, i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** metrics.md, section 6: five facts in three languages, four dimensions. */
export const GOLDEN = {
  en: unitRows([
    [2, 1, 0, 0],
    [0, 2, 1, 0],
    [0, 0, 2, 1],
    [1, 0, 0, 2],
    [1, 1, 1, 0],
  ]),
  de: unitRows([
    [2, 1, 0, 1],
    [0, 2, 1, 1],
    [0, 0, 2, 2],
    [1, 0, 1, 2],
    [1, 1, 0, 1],
  ]),
  sw: unitRows([
    [1, 0, 1, 1],
    [0, 1, 2, 0],
    [1, 0, 1, 2],
    [0, 2, 0, 2],
    [2, 1, 1, 1],
  ]),
};

export async function comparePair(kernels: Kernels, x: Matrix, y: Matrix): Promise<PairScan> {
  return (await kernels.comparePairs([{ x, y }]))[0];
}
