import { METRICS } from '../core/metric-catalog.ts';
import type { MetricCard } from '../core/metric-card.ts';
import type { Change, RunComparison } from '../core/run-comparison.ts';

/** Findings with a larger share of false ones than this are not marked. */
export const FALSE_DISCOVERIES = 0.05;

/** What became of one metric from the first run to the second. */
export interface MetricSummary {
  card: MetricCard;
  /** Mean over the languages. */
  overall: Change;
  /** Pairs (directed ones twice) in which it is defined in both runs. */
  pairs: number;
  /** How many of them have a p value. */
  tested: number;
  /** How many of them came closer, or went apart, at a false discovery rate of 5 % over all of them. */
  closer: number;
  apart: number;
}

/** -1 apart, 1 closer, 0 where the difference may be chance, or has no interval. */
export function verdictOf({ difference, adjusted }: Change, { direction }: MetricCard): -1 | 0 | 1 {
  if (!(adjusted <= FALSE_DISCOVERIES) || difference === 0) return 0;
  return difference > 0 === (direction === 'higher is closer') ? 1 : -1;
}

/** Every metric in the order it is shown in. */
export function summarizeChanges(comparison: RunComparison): MetricSummary[] {
  return METRICS.map((card) => {
    const changes = largestChanges(comparison, card);
    const verdicts = changes.map(({ change }) => verdictOf(change, card));
    return {
      card,
      overall: comparison.overall[card.id],
      pairs: changes.length,
      tested: changes.filter(({ change }) => !Number.isNaN(change.adjusted)).length,
      closer: verdicts.filter((verdict) => verdict === 1).length,
      apart: verdicts.filter((verdict) => verdict === -1).length,
    };
  });
}

/** A change of one pair, from one language to another; indices into the comparison's languages. */
export interface DirectedChange {
  from: number;
  to: number;
  n: number;
  change: Change;
}

/** The pairs that a metric changed most in, in either direction; directed metrics each way. */
export function largestChanges({ pairs }: RunComparison, card: MetricCard): DirectedChange[] {
  return pairs
    .flatMap(({ a, b, n, changes: { [card.id]: own } }): DirectedChange[] => {
      const forth = { from: a, to: b, n, change: own.forth };
      return card.symmetric ? [forth] : [forth, { from: b, to: a, n, change: own.back }];
    })
    .filter(({ change }) => !Number.isNaN(change.difference))
    .sort((x, y) => Math.abs(y.change.difference) - Math.abs(x.change.difference));
}
