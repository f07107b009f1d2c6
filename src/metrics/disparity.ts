import { mean } from '../core/statistics.ts';

/** Spread of one metric over languages. */
export interface Disparity {
  /** Scores that are defined. */
  languages: number;
  best: number;
  worst: number;
  /** DD: mean / best, in (0, 1], higher is more even. A model that is bad everywhere has it too. */
  democratization: number;
  /** worst / best, in [0, 1], higher is more even. */
  worstOverBest: number;
  /** In [0, 1), lower is more even. */
  gini: number;
  /** Population standard deviation, lower is more even. */
  deviation: number;
}

/**
 * For scores of which higher is better. Those that are NaN are left out. The ratios (democratization, worst over best,
 * Gini) are not defined where a score is negative or all are 0.
 *
 * @see Huang et al. 2023, arXiv 2305.07004, for the democratization degree
 */
export function disparity(scores: ArrayLike<number>): Disparity {
  const sorted = Float64Array.from(scores)
    .filter((score) => !Number.isNaN(score))
    .sort();
  const languages = sorted.length;
  const centre = mean(sorted);
  const best = sorted[languages - 1] ?? NaN;
  const worst = sorted[0] ?? NaN;
  const hasRatios = worst >= 0 && best > 0;
  return {
    languages,
    best,
    worst,
    democratization: hasRatios ? centre / best : NaN,
    worstOverBest: hasRatios ? worst / best : NaN,
    gini: hasRatios ? gini(sorted) : NaN,
    deviation: Math.sqrt(mean(sorted.map((score) => (score - centre) ** 2))),
  };
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
