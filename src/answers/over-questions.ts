import type { Random } from '../core/random.ts';
import { bootstrapReplicates, percentileInterval, type Interval } from '../core/statistics.ts';
import type { Outcomes } from './outcomes.ts';

/** Counts over a sample of the questions, from which a model's scores follow. */
export interface RightCounts {
  /** By language: known answers, and right ones. */
  n: Float64Array;
  right: Float64Array;
  /** By language, of the questions it has in common with the pivot: right in both, right in either. */
  both: Float64Array;
  either: Float64Array;
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
  const draws = Array.from(means[0] ?? [], (_, round) => countsOf(means, round, known.length));
  const intervalOf = (statistic: (counts: RightCounts) => number): Interval | null => {
    const values = Float64Array.from(draws, statistic);
    return values.length === 0 || values.some(Number.isNaN) ? null : percentileInterval(values);
  };
  const names = Object.keys(statistics) as Name[];
  return Object.fromEntries(names.map((name) => [name, intervalOf(statistics[name])])) as Record<
    Name,
    Interval | null
  >;
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

function countsOf(means: Float64Array[], round: number, n: number): RightCounts {
  const L = means.length / 2;
  const sums = (which: number): Float64Array =>
    Float64Array.from({ length: L }, (_, l) => Math.round(means[2 * l + which][round] * n));
  const [known, overlaps] = [sums(0), sums(1)];
  return {
    n: known.map((sum) => sum % SHIFT),
    right: known.map((sum) => Math.floor(sum / SHIFT)),
    both: overlaps.map((sum) => sum % SHIFT),
    either: overlaps.map((sum) => Math.floor(sum / SHIFT)),
  };
}
