import { SCAN_NEAREST, type PairScan } from '../../core/pair-scan.ts';
import { levelShares, thresholdsOf } from '../match-levels.ts';
import { FACT_CELLS, SIDE_CELLS } from './collect-program.ts';

// The arrays of a pair and of a side, in the order in which `COLLECT` writes them.
const [MATCH, EITHER, TALLY] = [0, 1, 2];
const SIDES = [4, 4 + SIDE_CELLS];
const [BEST, INDEX, RANK, REACH, ANCHOR, SUM, SQUARES, LOST, LISTS] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

/**
 * The scan of a pair from what the GPU collected; what remains is done in double precision.
 *
 * @param cells [FACT_CELLS * n]
 */
export function collectedScan(cells: Int32Array): PairScan {
  const n = cells.length / FACT_CELLS;
  const numbers = new Float32Array(cells.buffer, cells.byteOffset, cells.length);
  const matched = numbers.slice(MATCH * n, (MATCH + 1) * n);
  const tally = new Float64Array(2 * n + 1);
  tally.set(new Uint32Array(cells.buffer, cells.byteOffset + TALLY * n * 4, 2 * n), 1);
  const [row, column] = SIDES.map((start) => sideOf(cells.subarray(start * n), n));
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
    eitherReach: cells.slice(EITHER * n, (EITHER + 1) * n),
    rowNearest: row.nearest,
    columnNearest: column.nearest,
    rowSum: row.sum,
    columnSum: column.sum,
    rowSquares: row.squares,
    columnSquares: column.squares,
    ...levelShares(thresholdsOf(matched).levels, counts, matched),
  };
}

/** What was collected of the rows, or of the columns; sums from those of the differences from the anchor. */
function sideOf(cells: Int32Array, n: number) {
  const integers = (array: number, length = n): Int32Array =>
    cells.slice(array * n, array * n + length);
  const floats = (array: number, length = n): Float32Array =>
    new Float32Array(integers(array, length).buffer);
  const [anchors, sums, squares] = [ANCHOR, SUM, SQUARES].map((array) =>
    Float64Array.from(floats(array)),
  );
  const k = Math.min(SCAN_NEAREST, n);
  return {
    rival: n === 1 ? new Float32Array([-Infinity]) : floats(BEST),
    index: integers(INDEX),
    rank: integers(RANK),
    reach: integers(REACH),
    sum: anchors.map((anchor, i) => (n - 1) * anchor + sums[i]),
    squares: anchors.map((anchor, i) => anchor * ((n - 1) * anchor + 2 * sums[i]) + squares[i]),
    lost: Float64Array.from(new Uint32Array(integers(LOST).buffer)),
    nearest: {
      rows: n,
      k,
      indices: integers(LISTS + SCAN_NEAREST, n * k),
      cosines: floats(LISTS, n * k),
    },
  };
}
