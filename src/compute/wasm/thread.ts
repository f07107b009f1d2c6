import { matrix, row as rowOf, type Matrix } from '../../core/matrix.ts';
import type { Neighbors } from '../../core/neighbors.ts';
import type { PairScan } from '../../core/pair-scan.ts';
import type { LanguagePair, OnDone } from '../kernels.ts';
import { rest, restIsDue } from '../pace.ts';
import { loadEngine, packedCells, packMatrix, type Engine } from './engine.ts';
import { beginPair, finishPair, pairState } from './pair-state.ts';

/** A search for the k nearest rows of each row of X, or one part of it. */
export interface Search {
  x: Matrix;
  k: number;
  /**
   * Of the upper triangle of tiles, this part has every row of tiles whose number leaves `part` when divided by `of`; its
   * lists hold what it met, and are filled up with cosines of -Infinity.
   */
  part: number;
  of: number;
}

/** What one CPU thread computes. Calls must not overlap; a signal ends one early, by an error. */
export interface Thread {
  cosineMatrix(x: Matrix, y: Matrix): Promise<Matrix>;
  comparePair(pair: LanguagePair, signal: AbortSignal): Promise<PairScan>;
  /** @param onRows called with the number of rows behind the last tile; what it throws ends the call */
  nearest(search: Search, onRows: OnDone, signal: AbortSignal): Promise<Neighbors>;
  dispose(): void;
}

/** This thread. */
export async function ownThread(): Promise<Thread> {
  const nextEngine = await loadEngine();
  return {
    cosineMatrix: async (x, y) => cosineMatrix(await nextEngine(), x, y),
    comparePair: async (pair, signal) => comparePair(await nextEngine(), pair, signal),
    nearest: async (search, onRows, signal) =>
      nearest(await nextEngine(), search, (done) => {
        signal.throwIfAborted();
        return onRows(done);
      }),
    dispose: () => undefined,
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

/** Tiles right of the diagonal come in twos, one of X Yᵀ and one of Y Xᵀ, so that both cosines of two facts meet. */
async function comparePair(
  engine: Engine,
  { x, y }: LanguagePair,
  signal: AbortSignal,
): Promise<PairScan> {
  const { code, panel, tile: size } = engine;
  const { rows: n, columns: d } = x;
  const state = pairState(n, panel);
  const packed = packedCells(engine, x);
  const cells = [panel * d, packed, packed, size * size, size * size, state.length, ...state.cells];
  const [staging, left, right, forth, back, matched, arrays, lists, levels] = engine.layout(cells);
  const addresses = { matched, arrays, lists, levels };
  packMatrix(engine, x, { staging, target: left });
  packMatrix(engine, y, { staging, target: right });
  code.dots(left, right, d, state.length / panel, matched);
  beginPair(engine, state, addresses);
  for (const at of tilesOf(size, n, n)) {
    if (at.column < at.row) continue;
    multiply(engine, { x: left, y: right, d, tile: forth }, at);
    if (at.column > at.row) multiply(engine, { x: right, y: left, d, tile: back }, at);
    code.scanPair(forth, back, at.rows, at.columns, at.row, at.column);
    if (restIsDue()) await rest();
    signal.throwIfAborted();
  }
  return finishPair(engine, state, addresses);
}

/** X Xᵀ is symmetric, so each tile right of the diagonal serves its rows and its columns. */
async function nearest(
  engine: Engine,
  { x, k, part, of }: Search,
  onRows: OnDone,
): Promise<Neighbors> {
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
    if (at.column < at.row || (at.row / size) % of !== part) continue;
    multiply(engine, { x: packed, y: packed, d, tile }, at);
    code.scanNearest(tile, at.rows, at.columns, at.row, at.column, floors, lists, length, k);
    if (restIsDue()) await rest();
    if (at.column + at.columns === n) await onRows(at.row + at.rows);
  }
  return {
    rows: n,
    k,
    cosines: engine.floats(lists, n * k).slice(),
    indices: engine.integers(lists + length * k * 4, n * k).slice(),
  };
}
