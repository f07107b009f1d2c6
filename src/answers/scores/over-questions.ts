import type { Random } from '../../core/random.ts';
import { bootstrapReplicates, percentileInterval, type Interval } from '../../core/statistics.ts';
import type { Outcomes } from './outcomes.ts';

/** Counts over a sample of the questions, from which a model's scores follow. */
export interface RightCounts {
  /** By language: known answers, and right ones. */
  n: number[];
  right: number[];
  /** By language, of the questions it has in common with the pivot: right in both, right in either. */
  both: number[];
  either: number[];
}

/** Two counts are summed as one number, the second this much higher: half the sums, and exact below 2^26 questions. */
const SHIFT = 2 ** 26;

/**
 * 95 % percentile intervals of several statistics of the same draws of questions. null where a draw leaves one undefined.
 *
 * @param pivot place of the pivot among the languages, -1 for none
 */
export function intervalsOverQuestions<const Name extends string>(
  outcomes: Outcomes,
  pivot: number,
  statistics: Record<Name, (counts: RightCounts) => number>,
  random: Random,
): Record<Name, Interval | null> {
  const known = knownRows(outcomes);
  const lists = outcomes.languages.flatMap((_, l) => [
    known.map((row) => (row[l] < 0 ? 0 : 1 + SHIFT * row[l])),
    known.map((row) => overlapCount(row[l], pivot < 0 ? -1 : row[pivot])),
  ]);
  const means = known.length < 2 ? [] : bootstrapReplicates(lists, random);
  const names = Object.keys(statistics) as Name[];
  const values = names.map(() => new Float64Array(means[0]?.length ?? 0));
  for (let round = 0; round < (means[0]?.length ?? 0); round++) {
    const counts = countsOf(means, round, known.length);
    names.forEach((name, s) => (values[s][round] = statistics[name](counts)));
  }
  const intervals = names.map((name, s) => [
    name,
    values[s].length === 0 || values[s].some(Number.isNaN) ? null : percentileInterval(values[s]),
  ]);
  return Object.fromEntries(intervals) as Record<Name, Interval | null>;
}

/** Outcomes by language, of the questions with a known answer. */
function knownRows({ questions, languages, right }: Outcomes): Int8Array[] {
  const L = languages.length;
  return Array.from(questions, (_, i) => right.subarray(i * L, (i + 1) * L)).filter((row) =>
    row.some((outcome) => outcome >= 0),
  );
}

function overlapCount(outcome: number, inPivot: number): number {
  return outcome < 0 || inPivot < 0 ? 0 : (outcome & inPivot) + SHIFT * (outcome | inPivot);
}

/** Plain lists: a thousand draws of typed ones, each with a buffer of its own, fill a worker's memory before it is cleaned. */
function countsOf(means: Float64Array[], round: number, n: number): RightCounts {
  const counts: RightCounts = { n: [], right: [], both: [], either: [] };
  for (let l = 0; 2 * l < means.length; l++) {
    const [known, overlap] = [means[2 * l], means[2 * l + 1]].map((list) =>
      Math.round(list[round] * n),
    );
    counts.n.push(known % SHIFT);
    counts.right.push(Math.floor(known / SHIFT));
    counts.both.push(overlap % SHIFT);
    counts.either.push(Math.floor(overlap / SHIFT));
  }
  return counts;
}
