import type { Neighbors } from '../../core/neighbors.ts';
import { SCAN_NEAREST, type PairScan } from '../../core/pair-scan.ts';
import { levelShares, thresholdsOf } from '../match-levels.ts';
import type { Engine } from './engine.ts';

// The state that assembly/pair.ts counts a pair into: `UPPER`, `LOWER` and `EITHER`, then the arrays of the rows' side,
// then those of the columns' side. Each has one 4-byte cell for every fact, the last three of a side two.

const [UPPER, LOWER, EITHER] = [0, 1, 2];
const SIDES = { row: 3, column: 14 };
const [BEST, INDEX, RANK, REACH, FLOOR, SUM, SQUARES, LOST] = [0, 1, 2, 3, 4, 5, 7, 9];
const ARRAYS = 25;

/** Steps of the table in which thresholds are looked up, for each threshold. */
const STEPS = 4;

/** Where a pair of n facts is counted. */
export interface PairState {
  n: number;
  /** n rounded up to whole panels: the length of all arrays. */
  length: number;
  /** Length of the neighbour lists. */
  k: number;
  /** Cells of the blocks: the arrays, the lists, the levels. */
  cells: number[];
}

export function pairState(n: number, panel: number): PairState {
  const length = Math.ceil(n / panel) * panel;
  const k = Math.min(SCAN_NEAREST, n);
  const levels = 2 * (2 * n + 1) + 2 * n + (STEPS * 2 * n + 2);
  return { n, length, k, cells: [ARRAYS * length, 4 * k * length, levels] };
}

/** Byte addresses of the blocks, and of the matches. */
export interface PairAddresses {
  matched: number;
  arrays: number;
  lists: number;
  levels: number;
}

/** Makes the kernel count into the state from now on: no rivals, rank 1, nothing counted. */
export function beginPair(
  { code, floats, integers, doubles }: Engine,
  { n, length, k }: PairState,
  { matched, arrays, lists, levels }: PairAddresses,
): void {
  const thresholds = thresholdsOf(floats(matched, n));
  floats(arrays, ARRAYS * length).fill(0);
  floats(arrays + UPPER * length * 4, length).set(thresholds.upper);
  floats(arrays + LOWER * length * 4, length).set(thresholds.lower);
  for (const side of Object.values(SIDES)) {
    floats(arrays + (side + BEST) * length * 4, length).fill(-Infinity);
    integers(arrays + (side + INDEX) * length * 4, length).fill(-1);
    integers(arrays + (side + RANK) * length * 4, length).fill(1);
    floats(arrays + (side + FLOOR) * length * 4, length).fill(-Infinity);
  }
  for (const list of [0, 2]) floats(lists + list * k * length * 4, k * length).fill(-Infinity);
  doubles(levels, 2 * n + 1).fill(0);
  floats(levels + 8 * (2 * n + 1), 2 * n).set(thresholds.levels);
  code.beginPair(arrays, length, lists, k, levels, n, STEPS * 2 * n);
}

/** Copies what was counted out of the engine's memory. */
export function finishPair(
  engine: Engine,
  state: PairState,
  { matched: matchedAt, arrays, lists, levels }: PairAddresses,
): PairScan {
  const { n, length, k } = state;
  const matched = engine.floats(matchedAt, n).slice();
  const at = (array: number): number => arrays + array * length * 4;
  const floats = (array: number): Float32Array => engine.floats(at(array), n).slice();
  const integers = (array: number): Int32Array => engine.integers(at(array), n).slice();
  const doubles = (array: number): Float64Array => engine.doubles(at(array), n).slice();
  const nearest = (list: number): Neighbors => ({
    rows: n,
    k,
    indices: engine.integers(lists + (list + 1) * k * length * 4, n * k).slice(),
    cosines: engine.floats(lists + list * k * length * 4, n * k).slice(),
  });
  /** The kernel's sums have the matches in them. */
  const mismatched = (sums: Float64Array, power: number): Float64Array => {
    for (let i = 0; i < n; i++) sums[i] = n === 1 ? 0 : sums[i] - matched[i] ** power;
    return sums;
  };
  const { row, column } = SIDES;
  const counts = {
    tally: engine.doubles(levels, 2 * n + 1),
    rowLost: doubles(row + LOST),
    columnLost: doubles(column + LOST),
  };
  const thresholds = engine.floats(levels + 8 * (2 * n + 1), 2 * n);
  return {
    matched,
    rowRival: floats(row + BEST),
    rowRivalIndex: integers(row + INDEX),
    columnRival: floats(column + BEST),
    columnRivalIndex: integers(column + INDEX),
    rowRank: integers(row + RANK),
    columnRank: integers(column + RANK),
    rowReach: integers(row + REACH),
    columnReach: integers(column + REACH),
    eitherReach: integers(EITHER),
    rowNearest: nearest(0),
    columnNearest: nearest(2),
    rowSum: mismatched(doubles(row + SUM), 1),
    columnSum: mismatched(doubles(column + SUM), 1),
    rowSquares: mismatched(doubles(row + SQUARES), 2),
    columnSquares: mismatched(doubles(column + SQUARES), 2),
    ...levelShares(thresholds, counts, matched),
  };
}
