import type { AnswerTable } from '../../core/answers.ts';
import type { LeftOut, PairSet, PreferencePair, Reason } from '../../core/preference-pairs.ts';

/** One more row that was not made. */
export function count(leftOut: LeftOut, reason: Reason, rows = 1): void {
  if (rows > 0) leftOut[reason] = (leftOut[reason] ?? 0) + rows;
}

/** Pairs by language, in their own order within one, with how often a right answer is rejected. */
export function pairSet(
  { questions }: AnswerTable,
  choices: Int32Array,
  { pairs, leftOut }: { pairs: PreferencePair[]; leftOut: LeftOut },
): PairSet {
  const known = pairs.filter(
    ({ question, rejected }) => rejected >= 0 && questions[question].gold >= 0,
  );
  return {
    pairs: pairs.toSorted((a, b) => a.language - b.language),
    leftOut,
    known: known.length,
    rejectedRight: known.filter(
      ({ question, rejected }) => choices[rejected] === questions[question].gold,
    ).length,
  };
}
