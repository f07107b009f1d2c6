import { METRICS } from '../core/metric-catalog.ts';
import type { MetricCard } from '../core/metric-card.ts';
import type {
  Estimate,
  Hubness,
  HubnessId,
  MatrixId,
  MetricScores,
  Score,
} from '../core/report.ts';
import { mean, percentileInterval, wilson } from '../core/statistics.ts';
import { hubness } from '../metrics/hubness.ts';
import type { FactDraws } from './fact-draws.ts';
import type { PartedId, Parts } from './pair-parts.ts';

/** Cards of the metrics that have parts by fact. */
export const PARTED = METRICS.filter(
  (card): card is MetricCard & { id: PartedId } => card.family !== 'Hubness',
);

/** How often each text of b is among the nearest of a's texts, and of a among those of b's. [n] */
export interface PairOccurrence {
  ofB: Int32Array;
  ofA: Int32Array;
  /** Length of the lists. */
  k: number;
}

/** Every metric of a language pair with its interval, from its parts by fact. */
export async function pairScores(
  facts: Int32Array,
  parts: Record<PartedId, Parts>,
  occurrence: PairOccurrence,
  draws: FactDraws,
): Promise<MetricScores> {
  const lists = PARTED.flatMap(({ id, symmetric }) =>
    symmetric ? [parts[id].forth] : [parts[id].forth, parts[id].back],
  );
  const estimates = await estimatesOf(facts, lists, draws);
  const scores = PARTED.map(({ id, interval }): [MatrixId, Score] => {
    const estimate = (list: Float64Array): Estimate =>
      interval === 'Wilson' ? shareOf(list, id) : estimates.get(list)!;
    const forth = estimate(parts[id].forth);
    return [
      id,
      { forth, back: parts[id].back === parts[id].forth ? forth : estimate(parts[id].back) },
    ];
  });
  return { ...(Object.fromEntries(scores) as Record<PartedId, Score>), ...hubScores(occurrence) };
}

/** Means of lists over facts with their bootstrap intervals; none for what is not defined or has one fact. */
export async function estimatesOf(
  facts: Int32Array,
  lists: readonly Float64Array[],
  draws: FactDraws,
): Promise<Map<Float64Array, Estimate>> {
  const drawn = lists.filter((list) => list.length > 1 && !Number.isNaN(mean(list)));
  const intervals = (await draws(facts, drawn)).map(percentileInterval);
  const found = new Map(drawn.map((list, l) => [list, intervals[l]]));
  return new Map(
    lists.map((list) => [list, { value: mean(list), interval: found.get(list) ?? null }]),
  );
}

/** Wilson's interval of the share of facts that are not 0; in percent for the xSIM error. */
function shareOf(hits: Float64Array, id: MatrixId): Estimate {
  const value = mean(hits);
  if (Number.isNaN(value)) return { value, interval: null };
  const unit = id === 'xsim_error' ? 100 : 1;
  const interval = wilson(hits.filter((hit) => hit !== 0).length, hits.length);
  return { value, interval: interval && [interval[0] * unit, interval[1] * unit] };
}

function hubScores({ ofB, ofA, k }: PairOccurrence): Record<HubnessId, Score> {
  const [forth, back] = [hubness(ofB, k), hubness(ofA, k)];
  const score = (name: 'skewness' | 'robinHood' | 'antihubs'): Score => ({
    forth: withoutInterval(forth, name),
    back: withoutInterval(back, name),
  });
  return {
    hub_skewness: score('skewness'),
    robin_hood: score('robinHood'),
    antihubs: score('antihubs'),
  };
}

function withoutInterval(hubs: Hubness, name: 'skewness' | 'robinHood' | 'antihubs'): Estimate {
  return { value: hubs[name], interval: null };
}
