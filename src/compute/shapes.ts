import { assert } from '../core/errors.ts';
import { assertSameColumns, assertSameShape, type Matrix } from '../core/matrix.ts';
import type { LanguagePair } from './kernels.ts';

/** The doors of the kernels: each refuses shapes that its method is not defined for. */
export function assertProduct(x: Matrix, y: Matrix): void {
  assertSameColumns(x, y, 'cosineMatrix');
  assertNotEmpty(x, 'cosineMatrix');
  assertNotEmpty(y, 'cosineMatrix');
}

export function assertPairs(pairs: readonly LanguagePair[]): void {
  for (const { x, y } of pairs) {
    assertSameShape(x, y, 'comparePairs');
    assertNotEmpty(x, 'comparePairs');
  }
}

export function assertNeighbors(x: Matrix, k: number): void {
  assertNotEmpty(x, 'nearest');
  assert(
    Number.isInteger(k) && k >= 1 && k < x.rows,
    `nearest: k is ${k}, but 1 <= k < ${x.rows} is needed`,
  );
}

function assertNotEmpty({ rows, columns }: Matrix, where: string): void {
  assert(rows >= 1 && columns >= 1, `${where}: a matrix is [${rows}, ${columns}]`);
}
