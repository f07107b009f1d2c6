import type { Neighbors } from '../../core/neighbors.ts';
import { SCAN_NEAREST, type PairScan } from '../../core/pair-scan.ts';
import { levelShares, thresholdsOf } from '../match-levels.ts';
import { FACT_CELLS, SIDE_CELLS } from './collect-program.ts';

// Cells of a fact and of a side, in the order in which `COLLECT` writes them.
const [MATCH, EITHER, TALLY] = [0, 1, 2];
const SIDES = [4, 4 + SIDE_CELLS];
const [BEST, INDEX, ABOVE, REACH, ANCHOR, SUM, SQUARES, LOST, LIST] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/**
 * The scan of a pair from what the GPU collected; what remains is done in double precision.
 *
 * @param cells [n, FACT_CELLS]
 */
export function collectedScan(cells: Int32Array): PairScan {
  const n = cells.length / FACT_CELLS;
  const numbers = new Float32Array(cells.buffer, cells.byteOffset, cells.length);
  const matched = Float32Array.from({ length: n }, (_, i) => numbers[i * FACT_CELLS + MATCH]);
  const tally = new Float64Array(2 * n + 1);
  for (let t = 0; t < 2 * n; t++)
    tally[1 + t] = cells[(t >> 1) * FACT_CELLS + TALLY + (t & 1)] >>> 0;
  const [row, column] = SIDES.map((start) => sideOf(cells, numbers, start));
  const counts = { tally, rowLost: row.lost, columnLost: column.lost };
  return {
    matched,
    rowRival: row.rival,
    rowRivalIndex: row.index,
    columnRival: column.rival,
    columnRivalIndex: column.index,
    rowRank: row.rank,
    columnRank: column.rank,
    rowReach: row.reach,
    columnReach: column.reach,
    eitherReach: Int32Array.from(matched, (_, i) => cells[i * FACT_CELLS + EITHER]),
    rowNearest: row.nearest,
    columnNearest: column.nearest,
    rowSum: row.sum,
    columnSum: column.sum,
    rowSquares: row.squares,
    columnSquares: column.squares,
    ...levelShares(thresholdsOf(matched).levels, counts, matched),
  };
}

function sideOf(cells: Int32Array, numbers: Float32Array, start: number) {
  const n = cells.length / FACT_CELLS;
  const at = (i: number, cell: number): number => i * FACT_CELLS + start + cell;
  const facts = Int32Array.from({ length: n }, (_, i) => i);
  return {
    rival: Float32Array.from(facts, (i) => (n === 1 ? -Infinity : numbers[at(i, BEST)])),
    index: facts.map((i) => cells[at(i, INDEX)]),
    rank: facts.map((i) => 1 + cells[at(i, ABOVE)]),
    reach: facts.map((i) => cells[at(i, REACH)]),
    sum: Float64Array.from(facts, (i) => (n - 1) * numbers[at(i, ANCHOR)] + numbers[at(i, SUM)]),
    squares: Float64Array.from(facts, (i) => {
      const anchor = numbers[at(i, ANCHOR)];
      return anchor * ((n - 1) * anchor + 2 * numbers[at(i, SUM)]) + numbers[at(i, SQUARES)];
    }),
    lost: Float64Array.from(facts, (i) => cells[at(i, LOST)] >>> 0),
    nearest: listsOf(cells, numbers, start + LIST),
  };
}

function listsOf(cells: Int32Array, numbers: Float32Array, start: number): Neighbors {
  const n = cells.length / FACT_CELLS;
  const k = Math.min(SCAN_NEAREST, n);
  const at = (e: number): number => Math.floor(e / k) * FACT_CELLS + start + (e % k);
  const entries = Int32Array.from({ length: n * k }, (_, e) => e);
  return {
    rows: n,
    k,
    indices: entries.map((e) => cells[at(e) + SCAN_NEAREST]),
    cosines: Float32Array.from(entries, (e) => numbers[at(e)]),
  };
}
