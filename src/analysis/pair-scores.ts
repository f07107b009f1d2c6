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
      interval === 'Wilson' ? shareOf(list, id) : drawn.get(list)!.estimate;
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
