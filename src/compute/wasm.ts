import { matrix, row as rowOf, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { PairScan } from '../core/pair-scan.ts';
import type { Kernels, LanguagePair, OnDone } from './kernels.ts';
import { rest, restIsDue } from './pace.ts';
import { assertNeighbors, assertPairs, assertProduct } from './shapes.ts';
import { createTurns } from './turns.ts';
import { loadEngine, packedCells, packMatrix, type Engine } from './wasm/engine.ts';
import { beginPair, finishPair, pairState } from './wasm/pair-state.ts';

/**
 * Kernels on one CPU thread, in WebAssembly with 128-bit SIMD; also in Node. The same input gives the same bits on every
 * machine. A cosine errs by at most (128 + d / 128) * 2^-24, below the tolerance up to d = 4,900.
 */
export async function createWasm(): Promise<Kernels> {
  const nextEngine = await loadEngine();
  const turns = createTurns();
  return {
    backend: 'wasm',
    device: 'CPU (WebAssembly SIMD, 1 thread)',
    tolerance: 1e-5,
    cosineMatrix: (x, y) =>
      turns.take('cosineMatrix', async () => {
        assertProduct(x, y);
        return cosineMatrix(await nextEngine(), x, y);
      }),
    comparePairs: (pairs, onPairs) =>
      turns.take('comparePairs', async () => {
        assertPairs(pairs);
        return comparePairs(await nextEngine(), pairs, onPairs);
      }),
    nearest: (x, k, onRows) =>
      turns.take('nearest', async () => {
        assertNeighbors(x, k);
        return nearest(await nextEngine(), { x, k, onRows });
      }),
    dispose: () => turns.close(),
  };
}

/** A square of the cosine matrix: its corner and its extent, which is smaller at the edges. */
interface Tile {
  row: number;
  column: number;
  rows: number;
  columns: number;
}

/** Tiles of a [rows, columns] matrix, row by row. */
function* tilesOf(size: number, rows: number, columns: number): Generator<Tile> {
  for (let row = 0; row < rows; row += size) {
    for (let column = 0; column < columns; column += size) {
      const inside = {
        rows: Math.min(size, rows - row),
        columns: Math.min(size, columns - column),
      };
      yield { row, column, ...inside };
    }
  }
}

/** Addresses of two packed matrices and of a tile of their product. */
interface Operands {
  x: number;
  y: number;
  d: number;
  tile: number;
}

function multiply(
  { code, panel }: Engine,
  { x, y, d, tile }: Operands,
  { row, column, rows, columns }: Tile,
): void {
  const left = x + row * d * 4;
  const right = y + column * d * 4;
  code.multiply(left, right, d, Math.ceil(rows / panel), Math.ceil(columns / panel), tile);
}

async function cosineMatrix(engine: Engine, x: Matrix, y: Matrix): Promise<Matrix> {
  const { panel, tile: size } = engine;
  const cells = [panel * x.columns, packedCells(engine, x), packedCells(engine, y), size * size];
  const [staging, left, right, tile] = engine.layout(cells);
  packMatrix(engine, x, { staging, target: left });
  packMatrix(engine, y, { staging, target: right });
  const scores = matrix(size, size, engine.floats(tile, size * size));
  const result = matrix(x.rows, y.rows);
  for (const at of tilesOf(size, x.rows, y.rows)) {
    multiply(engine, { x: left, y: right, d: x.columns, tile }, at);
    copyTile(scores, at, result);
    if (restIsDue()) await rest();
  }
  return result;
}

function copyTile(scores: Matrix, { row, column, rows, columns }: Tile, target: Matrix): void {
  for (let r = 0; r < rows; r++) {
    const line = rowOf(scores, r).subarray(0, columns);
    target.data.set(line, (row + r) * target.columns + column);
  }
}

/** Consecutive pairs with the same X pack it once. */
async function comparePairs(
  engine: Engine,
  pairs: readonly LanguagePair[],
  onPairs?: OnDone,
): Promise<PairScan[]> {
  const scans: PairScan[] = [];
  for (const [p, pair] of pairs.entries()) {
    const isPacked = p > 0 && pairs[p - 1].x === pair.x;
    scans.push(await comparePair(engine, pair, isPacked));
    await onPairs?.(scans.length);
  }
  return scans;
}

/** Tiles right of the diagonal come in twos, one of X Yᵀ and one of Y Xᵀ, so that both cosines of two facts meet. */
async function comparePair(
  engine: Engine,
  { x, y }: LanguagePair,
  isPacked: boolean,
): Promise<PairScan> {
  const { code, panel, tile: size } = engine;
  const { rows: n, columns: d } = x;
  const state = pairState(n, panel);
  const packed = packedCells(engine, x);
  const cells = [panel * d, packed, packed, size * size, size * size, state.length, ...state.cells];
  const [staging, left, right, forth, back, matched, arrays, lists, levels] = engine.layout(cells);
  const addresses = { matched, arrays, lists, levels };
  if (!isPacked) packMatrix(engine, x, { staging, target: left });
  packMatrix(engine, y, { staging, target: right });
  code.dots(left, right, d, state.length / panel, matched);
  beginPair(engine, state, addresses);
  for (const at of tilesOf(size, n, n)) {
    if (at.column < at.row) continue;
    multiply(engine, { x: left, y: right, d, tile: forth }, at);
    if (at.column > at.row) multiply(engine, { x: right, y: left, d, tile: back }, at);
    code.scanPair(forth, back, at.rows, at.columns, at.row, at.column);
    if (restIsDue()) await rest();
  }
  return finishPair(engine, state, addresses);
}

interface Search {
  x: Matrix;
  k: number;
  onRows: OnDone | undefined;
}

/** X Xᵀ is symmetric, so each tile right of the diagonal serves its rows and its columns. */
async function nearest(engine: Engine, { x, k, onRows }: Search): Promise<Neighbors> {
  const { code, panel, tile: size } = engine;
  const n = x.rows;
  const d = x.columns;
  const length = Math.ceil(n / panel) * panel;
  const cells = [panel * d, packedCells(engine, x), size * size, length, 2 * length * k];
  const [staging, packed, tile, floors, lists] = engine.layout(cells);
  packMatrix(engine, x, { staging, target: packed });
  engine.floats(floors, length).fill(-Infinity);
  engine.floats(lists, length * k).fill(-Infinity);
  for (const at of tilesOf(size, n, n)) {
    if (at.column < at.row) continue;
    multiply(engine, { x: packed, y: packed, d, tile }, at);
    code.scanNearest(tile, at.rows, at.columns, at.row, at.column, floors, lists, length, k);
    if (restIsDue()) await rest();
    if (at.column + at.columns === n) await onRows?.(at.row + at.rows);
  }
  return {
    rows: n,
    k,
    cosines: engine.floats(lists, n * k).slice(),
    indices: engine.integers(lists + length * k * 4, n * k).slice(),
  };
}
