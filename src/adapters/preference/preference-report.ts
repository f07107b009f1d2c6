import type { FitSettings, LinearMap, PreferencePairs } from '../../core/adapter.ts';
import { assert } from '../../core/errors.ts';
import type { LabChange, PreferenceReport } from '../../core/lab.ts';
import { dot, matrix, row, TIE_MARGIN, type Matrix } from '../../core/matrix.ts';
import { randomSubset, seededRandom, type Random } from '../../core/random.ts';
import { bootstrapReplicates, mean, percentileInterval } from '../../core/statistics.ts';
import type { PreferenceParts } from './split-preferences.ts';

/** Most queries whose policy is compared with the reference's: chosen at random among more. */
const COMPARED = 2000;

/**
 * What T6 has learned, on pairs of facts or questions that it never saw. Before: the reference, which is centering alone.
 * Rewards are (β / τ) (cosine after - before). The divergence is that of the two softmaxes over all candidates of a query,
 * each query counted once for each set of candidates.
 *
 * @param map of the adapter, which all languages share
 * @throws AnalyzerError `internal` where it is not of low rank
 * @see Rafailov et al. 2023
 */
export function preferenceReport(
  parts: PreferenceParts,
  map: LinearMap,
  { training, preference, seed }: Pick<FitSettings, 'training' | 'preference' | 'seed'>,
): PreferenceReport {
  const { train, validation, test, centred, leftOut } = parts;
  const adapted = lowRankRows(centred, map);
  const random = seededRandom(seed);
  const before = marginsOf(test, centred);
  const after = marginsOf(test, adapted);
  const scale = preference.beta / training.temperature;
  const gains = after.map((margin, p) => margin - before[p]);
  const queries = distinctQueries(parts);
  const compared = Array.from(randomSubset(random, COMPARED, queries.length), (q) => queries[q]);
  const divergences = compared.map(({ query, candidates }) => {
    const logits = (vectors: Matrix): Float64Array =>
      Float64Array.from(
        candidates,
        (r) => dot(row(vectors, query), row(vectors, r)) / training.temperature,
      );
    return divergence(logits(adapted), logits(centred));
  });
  return {
    train: train.query.length,
    validation: validation.query.length,
    test: test.query.length,
    ranked: rankedChange(test.group, before, { after, random }),
    rewardAccuracy: mean(gains.map(isNearer)),
    rewardMargin: scale * mean(gains),
    divergence: mean(divergences),
    candidates: mean(compared.map(({ candidates }) => candidates.length)),
    leftOut,
  };
}

/** unit(c + (c B) A) of each row, in double precision. NaN rows stay. */
function lowRankRows(centred: Matrix, map: LinearMap): Matrix {
  assert(map.kind === 'low-rank', `preferenceReport: a map of kind ${map.kind}`);
  const { down, up } = map;
  const result = matrix(centred.rows, centred.columns);
  for (let i = 0; i < centred.rows; i++) {
    const moved = Float64Array.from(row(centred, i));
    const inner = new Float64Array(down.columns);
    row(centred, i).forEach((c, k) => row(down, k).forEach((b, e) => (inner[e] += c * b)));
    inner.forEach((h, e) => row(up, e).forEach((a, k) => (moved[k] += h * a)));
    const length = Math.sqrt(dot(moved, moved));
    row(result, i).set(moved.map((value) => value / length));
  }
  return result;
}

/** s(q, chosen) - s(q, rejected). [P] */
function marginsOf({ query, chosen, rejected }: PreferencePairs, vectors: Matrix): Float64Array {
  return Float64Array.from(
    query,
    (q, p) =>
      dot(row(vectors, q), row(vectors, chosen[p])) -
      dot(row(vectors, q), row(vectors, rejected[p])),
  );
}

/** 1 where one cosine is above another by more than rounding. */
function isNearer(margin: number): number {
  return Number(margin > TIE_MARGIN);
}

function rankedChange(
  group: Int32Array,
  before: Float64Array,
  { after, random }: { after: Float64Array; random: Random },
): LabChange {
  const [first, second] = [before, after].map((margins) => margins.map(isNearer));
  const gains = second.map((hit, p) => hit - first[p]);
  return {
    before: mean(first),
    after: mean(second),
    difference: mean(gains),
    interval: groupInterval(group, gains, random),
  };
}

/** 95 % interval of a mean over pairs whose groups are drawn; null below two groups. */
function groupInterval(
  group: Int32Array,
  values: Float64Array,
  random: Random,
): LabChange['interval'] {
  const place = new Map([...new Set(group)].map((id, g) => [id, g]));
  if (place.size < 2) return null;
  const [sums, counts] = [new Float64Array(place.size), new Float64Array(place.size)];
  group.forEach((id, p) => {
    sums[place.get(id)!] += values[p];
    counts[place.get(id)!]++;
  });
  const [totals, sizes] = bootstrapReplicates([sums, counts], random);
  return percentileInterval(totals.map((total, round) => total / sizes[round]));
}

interface Choice {
  query: number;
  candidates: Int32Array;
}

function distinctQueries({ test, candidates }: PreferenceParts): Choice[] {
  const known = new Map<Int32Array, Set<number>>();
  return candidates.flatMap((set, p) => {
    const queries = known.get(set) ?? new Set();
    known.set(set, queries);
    if (queries.has(test.query[p])) return [];
    queries.add(test.query[p]);
    return [{ query: test.query[p], candidates: set }];
  });
}

/** KL(p || q) of two softmaxes, in nats. */
function divergence(p: Float64Array, q: Float64Array): number {
  const [left, right] = [logSoftmax(p), logSoftmax(q)];
  return left.reduce((sum, value, k) => sum + Math.exp(value) * (value - right[k]), 0);
}

function logSoftmax(logits: Float64Array): Float64Array {
  const most = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return logits.map((logit) => logit - most - Math.log(sum));
}
