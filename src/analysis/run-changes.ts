import { METRICS } from '../core/metric-catalog.ts';
import type { Estimate, MatrixId, MetricScores } from '../core/report.ts';
import type { Change, PairChange } from '../core/run-comparison.ts';
import { benjaminiHochberg, twoSided } from '../core/significance.ts';
import { mean, percentileInterval } from '../core/statistics.ts';
import type { FactDraws } from './fact-draws.ts';
import { areEqual, type LanguageParts, type LanguageTotals } from './language-scores.ts';
import { drawnMeans } from './pair-scores.ts';
import type { PartedId, Parts } from './pair-parts.ts';

/** A pair in one run. */
export interface ScoredPair {
  parts: Record<PartedId, Parts>;
  scores: MetricScores;
}

/** What is between two lists of parts, by name; a list is missing where a metric has no parts or is not defined. */
type Lists<Key> = Map<Key, { before: Float64Array; after: Float64Array }>;

type Shift = Pick<Change, 'interval' | 'p'>;

function shiftsOf<Key>(facts: Int32Array, lists: Lists<Key>, draws: FactDraws): Map<Key, Shift> {
  const differences = Array.from(
    lists,
    ([key, { before, after }]) => [key, after.map((value, i) => value - before[i])] as const,
  ).filter(([, list]) => list.length > 1 && !list.some(Number.isNaN));
  const drawn = draws(
    facts,
    differences.map(([, list]) => list),
  ).map((replicates) => replicates.map(orZero));
  return new Map(
    differences.map(([key], i) => [
      key,
      { p: twoSided(drawn[i], 0, facts.length), interval: percentileInterval(drawn[i]) },
    ]),
  );
}

/** What rounding leaves of differences that cancel is none. */
function orZero(difference: number): number {
  return Math.abs(difference) < 1e-12 ? 0 : difference;
}

function changeOf(before: Estimate, after: Estimate, shift: Shift | undefined): Change {
  return {
    before,
    after,
    difference: after.value - before.value,
    interval: shift?.interval ?? null,
    p: shift?.p ?? NaN,
    adjusted: NaN,
  };
}

export function pairChanges(
  facts: Int32Array,
  [before, after]: ScoredPair[],
  draws: FactDraws,
): PairChange['changes'] {
  const lists: Lists<string> = new Map();
  for (const { id, symmetric } of METRICS) {
    for (const way of symmetric ? (['forth'] as const) : (['forth', 'back'] as const)) {
      if (!(id in before.parts)) continue;
      const key = id as keyof typeof before.parts;
      lists.set(`${id} ${way}`, { before: before.parts[key][way], after: after.parts[key][way] });
    }
  }
  const shifts = shiftsOf(facts, lists, draws);
  const entries = METRICS.map(({ id, symmetric }): [MatrixId, PairChange['changes'][MatrixId]] => {
    const change = (way: keyof MetricScores[MatrixId]): Change =>
      changeOf(before.scores[id][way], after.scores[id][way], shifts.get(`${id} ${way}`));
    const forth = change('forth');
    return [id, { forth, back: symmetric ? forth : change('back') }];
  });
  return Object.fromEntries(entries) as PairChange['changes'];
}

type MetricChanges = Record<MatrixId, Change>;

/** Each language's mean over the others, then the mean over languages. */
export function languageChanges(
  totals: LanguageTotals[],
  L: number,
  draws: FactDraws,
): { byLanguage: MetricChanges[]; overall: MetricChanges } {
  const scores = [totals[0].finish(draws), totals[1].finish(draws)];
  const parts = totals.map((total) =>
    Array.from({ length: L }, (_, language) => total.partsOf(language)),
  );
  const byLanguage: MetricChanges[] = [];
  for (let language = 0; language < L; language++) {
    const own = parts.map((run) => run[language]);
    byLanguage.push(metricChanges(own, [scores[0][language], scores[1][language]], draws));
  }
  for (const { id } of METRICS) adjust(byLanguage.map((changes) => changes[id]));
  const means = parts.map(meanOverLanguages);
  const estimates = [
    overallScores(scores[0], means[0], draws),
    overallScores(scores[1], means[1], draws),
  ];
  return { byLanguage, overall: metricChanges(means, estimates, draws) };
}

/** Parts of the mean over languages, where all of them have parts over the same facts. */
function meanOverLanguages(languages: LanguageParts[]): LanguageParts {
  const [{ facts }] = languages;
  const lists: LanguageParts['lists'] = new Map();
  const isShared = languages.every((own) => areEqual(own.facts, facts));
  for (const { id } of METRICS) {
    const own = languages.flatMap((language) => language.lists.get(id) ?? []);
    if (isShared && own.length === languages.length) lists.set(id, meanOfLists(own));
  }
  return { facts, lists };
}

function meanOfLists(lists: Float64Array[]): Float64Array {
  return lists[0].map((_, i) => mean(lists.map((list) => list[i])));
}

/** Mean of the languages' scores that are defined. */
function overallScores(
  scores: Record<MatrixId, Estimate>[],
  { facts, lists }: LanguageParts,
  draws: FactDraws,
): Record<MatrixId, Estimate> {
  const drawn = drawnMeans(facts, [...lists.values()], draws);
  const entries = METRICS.map(({ id }): [MatrixId, Estimate] => {
    const defined = scores.map((own) => own[id].value).filter((value) => !Number.isNaN(value));
    const list = lists.get(id);
    const interval = list === undefined ? null : drawn.get(list)!.estimate.interval;
    return [id, { value: mean(defined), interval }];
  });
  return Object.fromEntries(entries) as Record<MatrixId, Estimate>;
}

function metricChanges(
  [before, after]: LanguageParts[],
  scores: Record<MatrixId, Estimate>[],
  draws: FactDraws,
): MetricChanges {
  const lists: Lists<MatrixId> = new Map();
  for (const [id, list] of before.lists) {
    const other = after.lists.get(id);
    if (other !== undefined) lists.set(id, { before: list, after: other });
  }
  const shifts = shiftsOf(before.facts, lists, draws);
  const entries = METRICS.map(({ id }): [MatrixId, Change] => [
    id,
    changeOf(scores[0][id], scores[1][id], shifts.get(id)),
  ]);
  return Object.fromEntries(entries) as MetricChanges;
}

/** Over all pairs of a metric, each way on its own. */
export function adjustPairs(pairs: PairChange[]): void {
  for (const { id } of METRICS) {
    adjust([...new Set(pairs.flatMap(({ changes }) => [changes[id].forth, changes[id].back]))]);
  }
}

function adjust(changes: Change[]): void {
  const adjusted = benjaminiHochberg(changes.map(({ p }) => p));
  changes.forEach((change, i) => (change.adjusted = adjusted[i]));
}
