import type { MetricCard } from '../core/metric-card.ts';
import type { Disparity } from '../core/report.ts';
import { mean } from '../core/statistics.ts';

/**
 * Scores that are NaN are left out. The ratios (democratization, worst over best, Gini) are not defined where a score is
 * negative, where all are 0, and where lower is closer, since they would call a language better the more of it there is.
 *
 * @see Huang et al. 2023, arXiv 2305.07004, for the democratization degree
 */
export function disparity(
  scores: ArrayLike<number>,
  direction: MetricCard['direction'],
): Disparity {
  const sorted = Float64Array.from(scores)
    .filter((score) => !Number.isNaN(score))
    .sort();
  const languages = sorted.length;
  const centre = mean(sorted);
  const [low, high] = [sorted[0] ?? NaN, sorted[languages - 1] ?? NaN];
  const [worst, best] = direction === 'higher is closer' ? [low, high] : [high, low];
  const hasRatios = direction === 'higher is closer' && low >= 0 && high > 0;
  return {
    languages,
    best,
    worst,
    democratization: hasRatios ? democratization(sorted) : NaN,
    worstOverBest: hasRatios ? worst / best : NaN,
    gini: hasRatios ? gini(sorted) : NaN,
    deviation: Math.sqrt(mean(sorted.map((score) => (score - centre) ** 2))),
  };
}

/**
 * Mean over best, in (0, 1]; NaN where all are 0. Scores that are NaN are left out.
 *
 * @param scores none negative
 */
export function democratization(scores: ArrayLike<number>): number {
  let [sum, count, best] = [0, 0, 0];
  for (let l = 0; l < scores.length; l++) {
    if (Number.isNaN(scores[l])) continue;
    sum += scores[l];
    count++;
    best = Math.max(best, scores[l]);
  }
  return best > 0 ? sum / count / best : NaN;
}

/**
 * Mean absolute difference of two values, over twice their mean: the sum of |s[i] - s[j]| / (2 L² mean). In [0, 1), 0 for
 * equal ones.
 *
 * @param sorted ascending, none negative, not all 0
 */
export function gini(sorted: ArrayLike<number>): number {
  const L = sorted.length;
  let sum = 0;
  for (let i = 0; i < L; i++) sum += (2 * i + 1 - L) * sorted[i];
  return sum / (L * L * mean(sorted));
}
