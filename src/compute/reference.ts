import { dot, matrix, refuseNotFinite, row, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { PairScan } from '../core/pair-scan.ts';
import type { Kernels, LanguagePair, OnDone } from './kernels.ts';
import { rest, restIsDue } from './pace.ts';
import { scanOfMatrix } from './reference-pair.ts';
import { assertNeighbors, assertPairs, assertProduct } from './shapes.ts';

/** Plain loops in double precision: the definition of right, which every other backend is held against. */
export function createReference(): Kernels {
  return {
    backend: 'reference',
    device: 'CPU (JavaScript, double precision)',
    tolerance: 0,
    cosineMatrix,
    comparePairs,
    nearest,
    dispose: () => {},
  };
}

async function cosineMatrix(x: Matrix, y: Matrix): Promise<Matrix> {
  assertProduct(x, y);
  refuseNotFinite(x);
  refuseNotFinite(y);
  const result = matrix(x.rows, y.rows);
  for (let i = 0; i < x.rows; i++) {
    result.data.set(cosinesOf(x, i, y), i * y.rows);
    if (restIsDue()) await rest();
  }
  return result;
}

/** Cosines of row i of X with every row of Y. [m] */
function cosinesOf(x: Matrix, i: number, y: Matrix): Float64Array {
  return Float64Array.from({ length: y.rows }, (_, j) => dot(row(x, i), row(y, j)));
}

/** Cosines in double precision, rounded to single; all that follows is exact. */
async function comparePairs(pairs: readonly LanguagePair[], onPairs?: OnDone): Promise<PairScan[]> {
  assertPairs(pairs);
  const scans: PairScan[] = [];
  for (const { x, y } of pairs) {
    scans.push(scanOfMatrix(await cosineMatrix(x, y)));
    await onPairs?.(scans.length);
  }
  return scans;
}

async function nearest(x: Matrix, k: number, onRows?: OnDone): Promise<Neighbors> {
  assertNeighbors(x, k);
  refuseNotFinite(x);
  const n = x.rows;
  const result = { rows: n, k, indices: new Int32Array(n * k), cosines: new Float32Array(n * k) };
  for (let i = 0; i < n; i++) {
    const cosines = cosinesOf(x, i, x);
    const order = Int32Array.from(cosines.keys())
      .filter((j) => j !== i)
      .sort((a, b) => cosines[b] - cosines[a] || a - b)
      .subarray(0, k);
    result.indices.set(order, i * k);
    result.cosines.set(
      Array.from(order, (j) => cosines[j]),
      i * k,
    );
    if (restIsDue()) await rest();
    await onRows?.(i + 1);
  }
  return result;
}
