import { TIE_MARGIN } from '../core/matrix.ts';
import { mean } from '../core/statistics.ts';
import type { PairScan } from '../core/pair-scan.ts';

/**
 * How well the cosines of matched pairs stand out from those of mismatched ones, as parts by fact: the mean of a list is
 * the metric. Higher is closer throughout. All but the row-wise ones are linearized: a part is the metric plus the fact's
 * influence on it, which a copy of the fact adds to first order.
 */
export interface Separability {
  /** Matched mean minus mismatched mean, in [-2, 2]. Also called the gap. */
  contrast: Float64Array;
  /** (matched - floor) / (1 - floor): the floor at 0, the best possible value at 1. NaN where the floor is 1. */
  calibrated: Float64Array;
  /** Chance that a match is above a mismatched cosine of any two facts; in [0, 1], chance 0.5, ties half. */
  auc: Float64Array;
  /** The same within each row: of use where facts have different floors. Facts are drawn as queries. */
  rowAuc: Float64Array;
  columnAuc: Float64Array;
  /** Contrast in units of the spread; see `dPrimeParts`. */
  dPrime: Float64Array;
}

/**
 * All are NaN for n = 1.
 *
 * @see Efron and Tibshirani 1993, chapter 22, for influence and the infinitesimal jackknife
 */
export function separability(scan: PairScan): Separability {
  const matched = Float64Array.from(scan.matched);
  const floor = projected(scan.rowSum, scan.columnSum);
  return {
    contrast: matched.map((cosine, i) => cosine - floor[i]),
    calibrated: calibratedParts(matched, floor),
    auc: aucParts(scan),
    rowAuc: aucsOf(scan.rowRank, scan.rowReach),
    columnAuc: aucsOf(scan.columnRank, scan.columnReach),
    dPrime: dPrimeParts(scan, matched, floor),
  };
}

/** Mean cosine of mismatched pairs: what anisotropy alone gives, the floor of alignment. NaN for n = 1. */
export function floorOf({ rowSum }: PairScan): number {
  return mean(rowSum) / (rowSum.length - 1);
}

/**
 * Parts of a mean over mismatched pairs, from its sums over rows and over columns: a fact stands in its row and in its
 * column. [n]
 */
function projected(rows: Float64Array, columns: Float64Array): Float64Array {
  const rivals = rows.length - 1;
  const value = mean(rows) / rivals;
  return rows.map((sum, i) => (sum + columns[i]) / rivals - value);
}

/** Below this distance from 1 a floor counts as 1: the rest is rounding of the cosines. */
const ROUNDING = 1e-6;

function calibratedParts(matched: Float64Array, floor: Float64Array): Float64Array {
  const [m, f] = [mean(matched), mean(floor)];
  const room = f < 1 - ROUNDING ? 1 - f : NaN;
  const value = (m - f) / room;
  return matched.map((cosine, i) => value + (cosine - m - (1 - value) * (floor[i] - f)) / room);
}

/** A fact counts as a match, and as a row and a column of mismatched pairs. */
function aucParts({ below, rowBeaten, columnBeaten }: PairScan): Float64Array {
  const value = mean(below);
  return below.map((share, i) => share + rowBeaten[i] + columnBeaten[i] - 2 * value);
}

/** Share of rivals below the match: above it are rank - 1, above it or tied with it are reach. */
function aucsOf(rank: Int32Array, reach: Int32Array): Float64Array {
  const n = rank.length;
  return Float64Array.from(rank, (r, i) => 1 - (r - 1 + reach[i]) / 2 / (n - 1));
}

/**
 * d' = (matched mean - mismatched mean) / sqrt of the mean of their sample variances; unbounded. NaN for n = 1 and where
 * the cosines vary by no more than rounding.
 *
 * @see Green and Swets 1966
 */
function dPrimeParts(
  { rowSquares, columnSquares }: PairScan,
  matched: Float64Array,
  floor: Float64Array,
): Float64Array {
  const n = matched.length;
  const mismatched = n * n - n;
  const squares = projected(rowSquares, columnSquares);
  const [m, f, s] = [mean(matched), mean(floor), mean(squares)];
  const spread = matched.map((cosine) => ((cosine - m) ** 2 * n) / (n - 1));
  const scale = mismatched / (mismatched - 1);
  const floorSpread = squares.map((square, i) => (square - f * f - 2 * f * (floor[i] - f)) * scale);
  const variance = (mean(spread) + Math.max(0, (s - f * f) * scale)) / 2;
  const deviation = Math.sqrt(variance) > TIE_MARGIN ? Math.sqrt(variance) : NaN;
  const value = (m - f) / deviation;
  return matched.map((cosine, i) => {
    const varied = (spread[i] + floorSpread[i]) / 2 - variance;
    return (cosine - floor[i]) / deviation - (value * varied) / (2 * variance);
  });
}
