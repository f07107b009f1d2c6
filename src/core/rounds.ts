import { quantileOfSorted } from './statistics.ts';

/** Median, smallest and largest of repeated measurements; NaN where there are none. */
export interface Spread {
  median: number;
  low: number;
  high: number;
}

export function spreadOf(values: Iterable<number>): Spread {
  const sorted = Float64Array.from(values).sort();
  return {
    median: quantileOfSorted(sorted, 0.5),
    low: quantileOfSorted(sorted, 0),
    high: quantileOfSorted(sorted, 1),
  };
}

/**
 * Two contestants that took turns: in each round a over b. The median of these is not the ratio of the medians, and is
 * the fairer one: what disturbs a round disturbs both.
 *
 * @param a, b one measurement of each round, in the same order
 */
export function ratiosByRound(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, round) => value / b[round]);
}
