import { TIE_MARGIN } from '../core/matrix.ts';
import { mean } from '../core/statistics.ts';
import { mismatchedMean } from './alignment.ts';
import type { PairScan } from './pair-scan.ts';

/** How well the cosines of matched pairs stand out from those of mismatched ones. Higher is closer throughout. */
export interface Separability {
  /** Matched mean minus mismatched mean, in [-2, 2]. Also called the gap. */
  contrast: number;
  /** Chance that a match is above a mismatched cosine of any two facts; in [0, 1], chance 0.5, ties half. */
  auc: number;
  /** The same within each row, mean over rows: of use where facts have different floors. */
  rowAuc: number;
  columnAuc: number;
  /** Contrast in units of the spread; see `dPrime`. */
  dPrime: number;
}

/** All are NaN for n = 1. */
export function separability(scan: PairScan): Separability {
  return {
    contrast: mean(scan.matched) - floorOf(scan),
    auc: scan.auc,
    rowAuc: meanAuc(scan.rowRank, scan.rowReach),
    columnAuc: meanAuc(scan.columnRank, scan.columnReach),
    dPrime: dPrime(scan),
  };
}

/** Mean cosine of mismatched pairs. NaN for n = 1. */
export function floorOf({ sum, matched }: PairScan): number {
  return matched.length < 2 ? NaN : mismatchedMean(sum, matched);
}

/** Mean over facts of the share of rivals below the match: above it are rank - 1, above it or tied with it are reach. */
function meanAuc(rank: Int32Array, reach: Int32Array): number {
  const n = rank.length;
  return mean(Float64Array.from(rank, (r, i) => 1 - (r - 1 + reach[i]) / 2 / (n - 1)));
}

/**
 * d' = (matched mean - mismatched mean) / sqrt of the mean of their sample variances; unbounded. NaN for n = 1 and where
 * the cosines vary by no more than rounding.
 *
 * @see Green and Swets 1966
 */
function dPrime(scan: PairScan): number {
  const n = scan.matched.length;
  const mismatched = n * n - n;
  const floor = floorOf(scan);
  const centre = mean(scan.matched);
  const spread = mean(scan.matched.map((cosine) => (cosine - centre) ** 2)) * (n / (n - 1));
  const floorSpread = (scan.mismatchedSquares - mismatched * floor * floor) / (mismatched - 1);
  const deviation = Math.sqrt((spread + Math.max(0, floorSpread)) / 2);
  return deviation > TIE_MARGIN ? (centre - floor) / deviation : NaN;
}
