import { FACT_CELLS } from './collect-program.ts';
import { LINE_CELLS } from './scan-program.ts';
import { STRIP_ROWS } from './strip-program.ts';

/** Sizes of the buffers in which a batch of pairs of n facts is counted, in 4-byte cells for each pair. */
export interface BatchLayout {
  n: number;
  pairs: number;
  /** Rows of a strip. */
  height: number;
  stripCells: number;
  /** Threads that share a row, and the columns that each takes. */
  segments: number;
  segment: number;
  rowCells: number;
  /** Where bits and tally of the rows begin. */
  rowBits: number;
  tally: number;
  columnCells: number;
  columnBits: number;
  factCells: number;
}

/** Cells of the strips of a batch: 64 MiB, near what a large GPU caches. */
const STRIP_CELLS = 2 ** 24;

/** Threads that hide each other's waiting on a large GPU. */
const BUSY_THREADS = 2 ** 14;

/** A thread takes as many columns at least. */
const SEGMENT = 128;

/** A strip is a quarter of the matrix at most: the whole is never there. */
export function batchLayout(n: number, pairs: number): BatchLayout {
  const tiles = Math.floor(STRIP_CELLS / (2 * STRIP_ROWS * n * pairs));
  const most = Math.floor(n / 4 / STRIP_ROWS);
  const height = Math.min(n, STRIP_ROWS * Math.max(1, Math.min(tiles, most)));
  const wanted = Math.min(Math.ceil(n / SEGMENT), Math.ceil(BUSY_THREADS / (height * pairs)));
  const segment = 32 * Math.ceil(n / wanted / 32);
  const segments = Math.ceil(n / segment);
  const bits = n * Math.ceil(n / 32);
  const rowBits = segments * height * LINE_CELLS;
  const columnBits = n * LINE_CELLS;
  return {
    n,
    pairs,
    height,
    stripCells: 2 * height * n,
    segments,
    segment,
    rowCells: rowBits + bits + 2 * n + 1,
    rowBits,
    tally: rowBits + bits,
    columnCells: columnBits + bits,
    columnBits,
    factCells: n * FACT_CELLS,
  };
}

/** Bytes of the largest buffer that a layout needs. */
export function largestBuffer({ pairs, ...cells }: BatchLayout): number {
  return 4 * pairs * Math.max(cells.stripCells, cells.rowCells, cells.columnCells, cells.factCells);
}

/** Most work-groups along one axis of a dispatch, by the standard. */
const MOST_PAIRS = 65_535;

/** Pairs of n facts that fit into buffers of so many bytes, and whose strips stay as small as is fast; 1 at least. */
export function pairsThatFit(n: number, bindingBytes: number): number {
  const strips = Math.floor(STRIP_CELLS / (2 * STRIP_ROWS * n));
  const buffers = Math.floor(bindingBytes / largestBuffer(batchLayout(n, 1)));
  return Math.max(1, Math.min(MOST_PAIRS, strips, buffers));
}
