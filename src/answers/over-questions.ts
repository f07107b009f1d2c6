import { randomBelow, type Random } from '../core/random.ts';
import { BOOTSTRAP_ROUNDS, percentileInterval, type Interval } from '../core/statistics.ts';
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
  const { kinds, kindOf } = outcomeKinds(outcomes);
  const names = Object.keys(statistics) as Name[];
  const replicates = names.map(() => new Float64Array(BOOTSTRAP_ROUNDS));
  for (let round = 0; round < BOOTSTRAP_ROUNDS; round++) {
    const times = new Int32Array(kinds.length);
    for (let i = 0; i < kindOf.length; i++) times[kindOf[randomBelow(random, kindOf.length)]]++;
    const counts = rightCounts(kinds, times, pivot, outcomes.languages.length);
    names.forEach((name, s) => (replicates[s][round] = statistics[name](counts)));
  }
  const intervals = replicates.map((values) =>
    kindOf.length < 2 || values.some(Number.isNaN) ? null : percentileInterval(values),
  );
  return Object.fromEntries(names.map((name, s) => [name, intervals[s]])) as Record<
    Name,
    Interval | null
  >;
}

/** The different rows of outcomes, and which one each question with a known answer has: there are fewer than questions. */
function outcomeKinds({ questions, languages, right }: Outcomes) {
  const L = languages.length;
  const kinds: Int8Array[] = [];
  const known = new Map<string, number>();
  const kindOf: number[] = [];
  questions.forEach((_, i) => {
    const row = right.subarray(i * L, (i + 1) * L);
    if (row.every((outcome) => outcome < 0)) return;
    const key = row.join();
    if (!known.has(key)) known.set(key, kinds.push(row) - 1);
    kindOf.push(known.get(key)!);
  });
  return { kinds, kindOf: Int32Array.from(kindOf) };
}

function rightCounts(kinds: Int8Array[], times: Int32Array, pivot: number, L: number): RightCounts {
  const [n, right, both, either] = [0, 1, 2, 3].map(() => new Float64Array(L));
  kinds.forEach((row, kind) => {
    const count = times[kind];
    if (count === 0) return;
    const inPivot = pivot < 0 ? -1 : row[pivot];
    for (let l = 0; l < L; l++) {
      if (row[l] < 0) continue;
      n[l] += count;
      if (row[l] === 1) right[l] += count;
      if (inPivot < 0) continue;
      if ((row[l] & inPivot) === 1) both[l] += count;
      if ((row[l] | inPivot) === 1) either[l] += count;
    }
  });
  return { n, right, both, either };
}
