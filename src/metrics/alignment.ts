import { mean } from '../core/statistics.ts';

/**
 * Mean cosine of the n² - n mismatched pairs: what anisotropy alone gives, the floor of alignment. NaN for n = 1.
 *
 * @param sum of all n² cosines
 */
export function mismatchedMean(sum: number, matched: ArrayLike<number>): number {
  const n = matched.length;
  return (sum - mean(matched) * n) / (n * n - n);
}

/** Below this distance from 1 a floor counts as 1: the rest is rounding of the cosines. */
const ROUNDING = 1e-6;

/**
 * Alignment with the floor at 0 and the best possible value at 1: (matched - floor) / (1 - floor). NaN where the floor
 * is not defined or is 1.
 */
export function calibratedAlignment(matchedMean: number, floor: number): number {
  return floor < 1 - ROUNDING ? (matchedMean - floor) / (1 - floor) : NaN;
}
