import { METRICS } from '../core/metric-catalog.ts';
import type { Disparity, Estimate, MatrixId, PairReport } from '../core/report.ts';
import { disparity } from '../metrics/disparity.ts';
import type { FactDraws } from './fact-draws.ts';
import { drawnMeans, meanOverPairs } from './pair-scores.ts';
import type { PartedId, Parts } from './pair-parts.ts';

/** Sum of a metric over a language's pairs, both ways, as far as it is defined; with its parts by fact. */
interface Total {
  sum: number;
  count: number;
  parts: Float64Array | null;
}

interface LanguageTotal {
  /** What all its pairs share so far; null once two of them differ. */
  facts: Int32Array | null;
  metrics: Map<MatrixId, Total>;
}

/** Collects the pairs of each language. */
export interface LanguageTotals {
  add(pair: Pick<PairReport, 'a' | 'b' | 'facts' | 'scores'>, parts: Record<PartedId, Parts>): void;
  finish(draws: FactDraws): Record<MatrixId, Estimate>[];
  /** A language's metrics as parts by fact: of those that have parts, where all its pairs have the same facts. */
  partsOf(language: number): LanguageParts;
}

export interface LanguageParts {
  facts: Int32Array;
  lists: Map<MatrixId, Float64Array>;
}

export function languageTotals(L: number): LanguageTotals {
  const totals = Array.from({ length: L }, (): LanguageTotal => {
    const empty = METRICS.map(({ id }): [MatrixId, Total] => [
      id,
      { sum: 0, count: 0, parts: null },
    ]);
    return { facts: new Int32Array(0), metrics: new Map(empty) };
  });
  return {
    add(pair, parts) {
      for (const language of [pair.a, pair.b]) addPair(totals[language], pair, parts);
    },
    finish: (draws) => totals.map((total) => scoresOf(total, draws)),
    partsOf: (language) => meanParts(totals[language]),
  };
}

function addPair(
  total: LanguageTotal,
  pair: Pick<PairReport, 'facts' | 'scores'>,
  parts: Record<PartedId, Parts>,
): void {
  if (total.facts?.length === 0) total.facts = pair.facts;
  if (!areEqual(total.facts, pair.facts)) total.facts = null;
  for (const { id } of METRICS) {
    const own = total.metrics.get(id)!;
    if (total.facts === null) own.parts = null;
    for (const way of ['forth', 'back'] as const) {
      const { value } = pair.scores[id][way];
      if (Number.isNaN(value)) continue;
      own.sum += value;
      own.count++;
      if (total.facts !== null && id in parts) addParts(own, parts[id as PartedId][way]);
    }
  }
}

function addParts(own: Total, list: Float64Array): void {
  own.parts ??= new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) own.parts[i] += list[i];
}

/** Whether two sets of facts are the same; null is like none. */
export function areEqual(a: Int32Array | null, b: Int32Array): boolean {
  return a === b || (a?.length === b.length && a.every((fact, i) => fact === b[i]));
}

function meanParts({ facts, metrics }: LanguageTotal): LanguageParts {
  const lists = new Map<MatrixId, Float64Array>();
  for (const [id, { parts, count }] of metrics)
    if (facts !== null && parts !== null)
      lists.set(
        id,
        parts.map((part) => part / count),
      );
  return { facts: facts ?? new Int32Array(0), lists };
}

function scoresOf(total: LanguageTotal, draws: FactDraws): Record<MatrixId, Estimate> {
  const { facts, lists } = meanParts(total);
  const drawn = drawnMeans(facts, [...lists.values()], draws);
  const entries = METRICS.map((card): [MatrixId, Estimate] => {
    const { sum, count } = total.metrics.get(card.id)!;
    const list = lists.get(card.id);
    const interval =
      list === undefined ? null : meanOverPairs(card, list, drawn.get(list)!).interval;
    return [card.id, { value: sum / count, interval }];
  });
  return Object.fromEntries(entries) as Record<MatrixId, Estimate>;
}

/** Spread of the languages’ scores, by metric. Of two languages it is not defined: both have the mean of one pair. */
export function disparities(
  scores: readonly Record<MatrixId, Estimate>[],
): Record<MatrixId, Disparity> {
  const none = { democratization: NaN, worstOverBest: NaN, gini: NaN, deviation: NaN };
  const entries = METRICS.map(({ id, direction }): [MatrixId, Disparity] => {
    const own = disparity(
      scores.map(({ [id]: { value } }) => value),
      direction,
    );
    return [id, own.languages < 3 ? { ...own, ...none } : own];
  });
  return Object.fromEntries(entries) as Record<MatrixId, Disparity>;
}
