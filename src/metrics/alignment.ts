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

/**
 * Alignment with the floor at 0 and the best possible value at 1: (matched - floor) / (1 - floor). NaN where the floor
 * is not defined or is 1.
 */
export function calibratedAlignment(matchedMean: number, floor: number): number {
  return floor < 1 ? (matchedMean - floor) / (1 - floor) : NaN;
}
