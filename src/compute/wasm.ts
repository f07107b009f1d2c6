import { TIE_MARGIN, matrix, row as rowOf, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { Kernels, OnRows, PairScores } from './kernels.ts';
import { rest, restIsDue } from './pace.ts';
import { assertNeighbors, assertPair, assertProduct } from './shapes.ts';
import { sumOfCosines } from './sum-of-cosines.ts';
import { createTurns } from './turns.ts';
import { loadEngine, packedCells, packMatrix, type Engine } from './wasm/engine.ts';

/** The arrays that `scanPair` keeps for a pair, in the order of the kernel. */
const PAIR_ARRAYS = 7;

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
    comparePair: (x, y) =>
      turns.take('comparePair', async () => {
        assertPair(x, y);
        return comparePair(await nextEngine(), x, y);
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

async function comparePair(engine: Engine, x: Matrix, y: Matrix): Promise<PairScores> {
  const { code, panel, tile: size } = engine;
  const n = x.rows;
  const d = x.columns;
  const length = Math.ceil(n / panel) * panel;
  const packed = packedCells(engine, x);
  const cells = [panel * d, packed, packed, size * size, length, PAIR_ARRAYS * length];
  const [staging, left, right, tile, matched, state] = engine.layout(cells);
  packMatrix(engine, x, { staging, target: left });
  packMatrix(engine, y, { staging, target: right });
  code.dots(left, right, d, length / panel, matched);
  startState(engine, { matched, state, length });
  for (const at of tilesOf(size, n, n)) {
    multiply(engine, { x: left, y: right, d, tile }, at);
    code.scanPair(tile, at.rows, at.columns, at.row, at.column, state, length);
    if (restIsDue()) await rest();
  }
  const floats = (array: number): Float32Array =>
    engine.floats(state + array * length * 4, n).slice();
  const integers = (array: number): Int32Array =>
    engine.integers(state + array * length * 4, n).slice();
  return {
    matched: engine.floats(matched, n).slice(),
    rowRival: floats(1),
    rowRivalIndex: integers(2),
    rowRank: integers(3),
    columnRival: floats(4),
    columnRivalIndex: integers(5),
    columnRank: integers(6),
    sum: sumOfCosines(x, y),
  };
}

/** Thresholds are the matches plus the margin; rivals -Infinity and -1; ranks 1. */
function startState(
  { floats, integers }: Engine,
  { matched, state, length }: { matched: number; state: number; length: number },
): void {
  const thresholds = floats(state, length);
  thresholds.set(floats(matched, length).map((cosine) => cosine + TIE_MARGIN));
  for (const first of [1, 4]) {
    floats(state + first * length * 4, length).fill(-Infinity);
    integers(state + (first + 1) * length * 4, length).fill(-1);
    integers(state + (first + 2) * length * 4, length).fill(1);
  }
}

interface Search {
  x: Matrix;
  k: number;
  onRows: OnRows | undefined;
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
