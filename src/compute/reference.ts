import { TIE_MARGIN, dot, matrix, row, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { Kernels, OnRows, PairScores } from './kernels.ts';
import { rest, restIsDue } from './pace.ts';
import { assertNeighbors, assertPair, assertProduct } from './shapes.ts';

/** Plain loops in double precision: the definition of right, which every other backend is held against. */
export function createReference(): Kernels {
  return {
    backend: 'reference',
    device: 'CPU (JavaScript, double precision)',
    tolerance: 0,
    cosineMatrix,
    comparePair,
    nearest,
    dispose: () => {},
  };
}

async function cosineMatrix(x: Matrix, y: Matrix): Promise<Matrix> {
  assertProduct(x, y);
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

async function comparePair(x: Matrix, y: Matrix): Promise<PairScores> {
  assertPair(x, y);
  const byRow = await rivals(x, y);
  const byColumn = await rivals(y, x);
  return {
    matched: Float32Array.from({ length: x.rows }, (_, i) => dot(row(x, i), row(y, i))),
    rowRival: byRow.best,
    rowRivalIndex: byRow.index,
    columnRival: byColumn.best,
    columnRivalIndex: byColumn.index,
    rowRank: byRow.rank,
    columnRank: byColumn.rank,
    sum: byRow.sum,
  };
}

interface Rivals {
  best: Float32Array;
  index: Int32Array;
  rank: Int32Array;
  sum: number;
}

async function rivals(x: Matrix, y: Matrix): Promise<Rivals> {
  const n = x.rows;
  const result = {
    best: new Float32Array(n),
    index: new Int32Array(n),
    rank: new Int32Array(n),
    sum: 0,
  };
  for (let i = 0; i < n; i++) {
    const cosines = cosinesOf(x, i, y);
    result.sum += cosines.reduce((sum, cosine) => sum + cosine, 0);
    const others = cosines.map((cosine, j) => (j === i ? -Infinity : cosine));
    const best = others.reduce((a, b) => Math.max(a, b));
    result.best[i] = best;
    result.index[i] = n === 1 ? -1 : others.indexOf(best);
    result.rank[i] = 1 + others.filter((cosine) => cosine - cosines[i] > TIE_MARGIN).length;
    if (restIsDue()) await rest();
  }
  return result;
}

async function nearest(x: Matrix, k: number, onRows?: OnRows): Promise<Neighbors> {
  assertNeighbors(x, k);
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
