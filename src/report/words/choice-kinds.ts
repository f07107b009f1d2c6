import { NOT_ANSWERED, type ChoiceGrid } from '../../core/question-answers.ts';
import { countOf } from './answer-words.ts';

/** Kinds of questions by what one model chose in the languages that answer them. */
export const CHOICE_KINDS = {
  all: 'All questions',
  everywhere: 'Right in every language',
  nowhere: 'Right in no language',
  island: 'Right in exactly one language',
  'shared-wrong': 'The same wrong option in at least half of the languages',
  invalid: 'Invalid in some language',
} as const;
export type ChoiceKind = keyof typeof CHOICE_KINDS;

/** One row of the grid in numbers. */
export interface ChoiceCounts {
  /** Whether the right option is known. */
  known: boolean;
  /** Languages with an answer. */
  answered: number;
  right: number;
  invalid: number;
  /** Most languages that chose one wrong option. */
  sharedWrong: number;
}

/** @param row of the grid of L languages */
export function countChoices(
  { questions, choices }: ChoiceGrid,
  row: number,
  L: number,
): ChoiceCounts {
  const { gold } = questions[row];
  const own = Array.from(choices.subarray(row * L, (row + 1) * L)).filter(
    (c) => c !== NOT_ANSWERED,
  );
  const wrong = own.filter((choice) => choice >= 0 && choice !== gold);
  const shared = wrong.map((choice) => wrong.filter((other) => other === choice).length);
  return {
    known: gold >= 0,
    answered: own.length,
    right: gold < 0 ? 0 : own.filter((choice) => choice === gold).length,
    invalid: own.filter((choice) => choice < 0).length,
    sharedWrong: gold < 0 ? 0 : Math.max(0, ...shared),
  };
}

export function isOfKind(counts: ChoiceCounts, kind: ChoiceKind): boolean {
  const { known, answered, right, invalid, sharedWrong } = counts;
  if (kind === 'everywhere') return answered > 0 && right === answered;
  if (kind === 'nowhere') return known && answered > 0 && right === 0;
  if (kind === 'island') return answered > 1 && right === 1;
  if (kind === 'shared-wrong') return sharedWrong > 1 && 2 * sharedWrong >= answered;
  return kind === 'all' || invalid > 0;
}

/** How many questions a model answers right everywhere, nowhere, in one language alone. */
export function gridSentence(counts: ChoiceCounts[], hasGold: boolean): string {
  const answered = counts.filter((own) => own.answered > 0);
  const n = (kind: ChoiceKind): string =>
    answered.filter((own) => isOfKind(own, kind)).length.toLocaleString('en');
  if (!hasGold) return `${countOf(answered.length, 'question')} without a known right option`;
  return `${countOf(answered.length, 'answered question')}: ${n('everywhere')} right in every language, ${n('nowhere')} in none, ${n('island')} in exactly one`;
}
