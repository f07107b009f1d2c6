import { TIE_MARGIN } from '../core/matrix.ts';
import type { PairScan } from '../core/pair-scan.ts';
import { firstNotBelow } from '../core/statistics.ts';

/**
 * The matches of a pair as thresholds in single precision, so that kernels which compare single-precision cosines decide
 * as the definition of a tie does in double precision. [n] and, of `levels`, [2n]
 */
export interface Thresholds {
  /** A cosine is above match i, and no tie, exactly if it is above `upper[i]`. */
  upper: Float32Array;
  /** A cosine reaches match i, is above it or ties, exactly if it is `lower[i]` or above. */
  lower: Float32Array;
  /** Every match as two, below and above it by TIE_MARGIN, in ascending order; each is worth one half. */
  levels: Float32Array;
}

export function thresholdsOf(matched: Float32Array): Thresholds {
  const levels = new Float32Array(2 * matched.length);
  matched.forEach((match, i) => {
    levels[2 * i] = floorToSingle(match - TIE_MARGIN);
    levels[2 * i + 1] = floorToSingle(match + TIE_MARGIN);
  });
  return {
    upper: matched.map((match) => floorToSingle(match + TIE_MARGIN)),
    lower: matched.map((match) => -floorToSingle(TIE_MARGIN - match)),
    levels: levels.sort(),
  };
}

const SINGLE = new Float32Array(1);
const BITS = new Int32Array(SINGLE.buffer);

/** The largest number of single precision that is not above a value. */
export function floorToSingle(value: number): number {
  SINGLE[0] = value;
  if (SINGLE[0] <= value) return SINGLE[0];
  // The bits of positive numbers grow with them, those of negative ones with their size; below 0 comes the smallest.
  if (SINGLE[0] === 0) BITS[0] = 0x80000001 | 0;
  else BITS[0] += SINGLE[0] > 0 ? -1 : 1;
  return SINGLE[0];
}

/** What a kernel counts of the mismatched cosines against the `levels`. */
export interface LevelCounts {
  /** Cosines that are above exactly t of the levels. [2n + 1] */
  tally: Float64Array;
  /** Levels below the mismatched cosines of each row and of each column, added up. [n] */
  rowLost: Float64Array;
  columnLost: Float64Array;
}

/** The chances of a scan from what was counted, written into the arrays of the counts. */
export function levelShares(
  levels: Float32Array,
  { tally, rowLost, columnLost }: LevelCounts,
  matched: Float32Array,
): Pick<PairScan, 'below' | 'rowBeaten' | 'columnBeaten'> {
  const n = matched.length;
  /** above[t]: mismatched cosines above level t. */
  const above = tally.subarray(1);
  for (let t = above.length - 2; t >= 0; t--) above[t] += above[t + 1];
  const reached = (level: number): number => above[firstNotBelow(levels, floorToSingle(level))];
  const beaten = (lost: Float64Array): Float64Array => {
    for (let i = 0; i < n; i++) lost[i] = 1 - lost[i] / (2 * n * (n - 1));
    return lost;
  };
  return {
    below: Float64Array.from(matched, (match) => {
      const both = reached(match - TIE_MARGIN) + reached(match + TIE_MARGIN);
      return 1 - both / (2 * (n * n - n));
    }),
    rowBeaten: beaten(rowLost),
    columnBeaten: beaten(columnLost),
  };
}
