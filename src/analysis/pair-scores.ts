import type { MetricCard } from '../core/metric-card.ts';
import type {
  Estimate,
  Hubness,
  HubnessId,
  MatrixId,
  MetricScores,
  Score,
} from '../core/report.ts';
import { mean, percentileInterval, wilson, type Interval } from '../core/statistics.ts';
import { hubness } from '../metrics/hubness.ts';
import type { FactDraws } from './fact-draws.ts';
import type { PairOccurrence } from './hub-totals.ts';
import { againstChance, type AgainstChance } from './against-chance.ts';
import { PARTED, type PartedId, type Parts } from './pair-parts.ts';

/** Every metric of a language pair with its interval, from its parts by fact; and how it stands against chance. */
export function pairScores(
  facts: Int32Array,
  parts: Record<PartedId, Parts>,
  occurrence: PairOccurrence,
  draws: FactDraws,
): { scores: MetricScores; againstChance: AgainstChance } {
  const lists = PARTED.flatMap(({ id }) => [parts[id].forth, parts[id].back]);
  const drawn = drawnMeans(facts, [...new Set(lists)], draws);
  const scores = PARTED.map(({ id, interval }): [MatrixId, Score] => {
    const { forth, back } = parts[id];
    const estimate = (list: Float64Array): Estimate =>
      interval === 'Wilson' ? shareOf(list, id) : within(id, drawn.get(list)!.estimate);
    const first = estimate(forth);
    return [id, { forth: first, back: back === forth ? first : estimate(back) }];
  });
  return {
    scores: {
      ...(Object.fromEntries(scores) as Record<PartedId, Score>),
      ...hubScores(occurrence),
    },
    againstChance: againstChance(parts, drawn),
  };
}

/** A mean over facts, with its bootstrap rounds; they and the interval are null where it is not defined or of one fact. */
export interface DrawnMean {
  estimate: Estimate;
  /** Ascending. */
  replicates: Float64Array | null;
}

export function drawnMeans(
  facts: Int32Array,
  lists: readonly Float64Array[],
  draws: FactDraws,
): Map<Float64Array, DrawnMean> {
  const able = lists.filter((list) => list.length > 1 && !Number.isNaN(mean(list)));
  const rounds = draws(facts, able);
  const found = new Map(able.map((list, l) => [list, rounds[l]]));
  return new Map(
    lists.map((list) => {
      const replicates = found.get(list) ?? null;
      const interval = replicates && percentileInterval(replicates);
      return [list, { estimate: { value: mean(list), interval }, replicates }];
    }),
  );
}

/** Where a linearized metric ends although its value plus a fact's influence may not; the others' lists end there too. */
const RANGES: Partial<Record<MatrixId, Interval>> = {
  calibrated: [-Infinity, 1],
  contrast: [-2, 2],
  auc: [0, 1],
  cka: [0, 1],
  cka_debiased: [-1, 1],
  rsa: [-1, 1],
  bias_centroid: [0, Infinity],
};

function within(id: MatrixId, { value, interval }: Estimate): Estimate {
  const [low, high] = RANGES[id] ?? [-Infinity, Infinity];
  const clip = (end: number): number => Math.min(high, Math.max(low, end));
  return { value, interval: interval && [clip(interval[0]), clip(interval[1])] };
}

/**
 * A mean over pairs with its interval, which lies within the metric's range. Where every fact of every pair is a hit, or
 * none, each draw is the same, and the interval is Wilson's.
 */
export function meanOverPairs(
  { id, interval }: MetricCard,
  list: Float64Array,
  { estimate }: DrawnMean,
): Estimate {
  const ends = interval === 'Wilson' ? [0, unitOf(id)] : [];
  const isSame = list.every((part) => part === list[0]);
  return isSame && ends.includes(list[0]) ? shareOf(list, id) : within(id, estimate);
}

function unitOf(id: MatrixId): number {
  return id === 'xsim_error' ? 100 : 1;
}

/** Wilson's interval of the share of facts that are not 0; in percent for the xSIM error. */
function shareOf(hits: Float64Array, id: MatrixId): Estimate {
  const value = mean(hits);
  if (Number.isNaN(value)) return { value, interval: null };
  const unit = unitOf(id);
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
