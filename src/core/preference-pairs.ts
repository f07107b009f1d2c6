import type { LanguageWishes } from './language-wishes.ts';
import type { VoteMode, VoteSettings } from './votes.ts';

/**
 * What a target text is.
 * - calm: the winner's explanation and its option in the language, put together as CALM does
 * - own-language: the best answer in the language that agrees with the winner
 * - winner-text: the best answer of all that agree, in its own language
 * - option-text: letter and text of the winning option alone
 */
export const TARGETS = ['calm', 'own-language', 'winner-text', 'option-text'] as const;
export type TargetKind = (typeof TARGETS)[number];

/** A text that answers shall be like: one for each vote and language that has one. */
export interface Target {
  text: string;
  /** The answer it was made of; -1 for the text of an option. */
  answer: number;
  /** Its choice. */
  choice: number;
  flags: TargetFlag[];
}

/**
 * - needs_translation: the text, or its explanation, stands in the language of its answer
 * - option_text_unknown: the question's options are not known in the language, only the letter stands in the text
 * - refusal: the text refuses to answer, which was allowed
 * - language_not_judged: whether the text is in the language could not be told
 * - suffix_in_english: the wish for a language is said in English, as no template is known
 * - same_text: chosen and rejected are the same text
 * - edited_chosen, edited_rejected: the text was written by hand in place of the answer's
 */
export type TargetFlag =
  | 'needs_translation'
  | 'option_text_unknown'
  | 'refusal'
  | 'language_not_judged'
  | 'suffix_in_english'
  | 'same_text'
  | 'edited_chosen'
  | 'edited_rejected';

/** One row to train on. Indices are those of the table of answers; texts are shared, not copied. */
export interface PreferencePair {
  /** Row of the votes. */
  vote: number;
  question: number;
  model: number;
  /** Of the instruction and the question. */
  asked: number;
  /** Of the answers. */
  language: number;
  instruction: string;
  input: string;
  target: Target;
  /** The answer that is rejected; -1 for a row that only shows the target. */
  rejected: number;
  /** What was written by hand in place of the rejected answer's text. */
  rejectedText?: string;
  flags: TargetFlag[];
}

/** Why rows were not made, counted by vote and language, or by answer where an answer alone is left out. */
export const REASONS = {
  noVotes: 'no valid answer votes',
  tied: 'the vote is tied',
  share: 'the share of the vote is below the threshold',
  margin: 'the margin of the vote is below the threshold',
  coverage: 'the winner occurs in too few languages',
  noQuestion: 'the question is not known in the language',
  noTarget: 'no answer in the language agrees with the winner',
  refusal: 'every answer that agrees refuses to answer',
  wrongLanguage: 'every answer that agrees is in another language',
  notRight: 'no English answer is right',
  lengthRatio: 'chosen and rejected differ too much in length',
  sameText: 'chosen and rejected are the same text',
  cap: 'the cell is full',
} as const;
export type Reason = keyof typeof REASONS;
export type LeftOut = Partial<Record<Reason, number>>;

export interface PairSet {
  pairs: PreferencePair[];
  leftOut: LeftOut;
  /** Rejected answers that are right, among questions whose right option is known. */
  rejectedRight: number;
  /** Pairs of questions whose right option is known. */
  known: number;
}

/** Which pairs of own-mode votes are kept. */
export interface PairFilters {
  /** Smallest share of the vote, in [0, 1]. */
  share: number;
  /** Smallest margin of the vote, in [0, 1]. */
  margin: number;
  /** Smallest share of the voting languages that hold the winner, in [0, 1]. */
  coverage: number;
  /** Of the answers that disagree in a language only the one that the model is most sure of. */
  onlyMostConfident: boolean;
  /** Largest length of one text / length of the other, in characters, at least 1; null for any. */
  lengthRatio: number | null;
  /** Whether texts that refuse to answer may be targets where most answers refuse. */
  refusals: boolean;
}

export const PAIR_FILTERS: PairFilters = {
  share: 0.7,
  margin: 0,
  coverage: 0,
  onlyMostConfident: false,
  lengthRatio: null,
  refusals: false,
};

/**
 * Which languages are asked in (A) and answered in (B).
 * - to-pivot: every language to the pivot; from-pivot: the pivot to every language
 * - ring: each language to the next one of the order, the last to the first
 * - worst-first: all pairs, those whose choices agree least first
 */
export const PLANS = ['to-pivot', 'from-pivot', 'ring', 'worst-first'] as const;
export type Plan = (typeof PLANS)[number];

/** Rows of one pair of languages, for one model and task. */
export interface FeedbackCell {
  task: number;
  model: number;
  asked: number;
  answered: number;
  /** Agreement of choices in the two languages; NaN where never compared. */
  agreement: number;
  candidates: number;
  written: number;
}

/** How questions in one language are answered in another. */
export interface PlanWishes {
  plan: Plan;
  /** Index of the pivot; null where the plan needs none. */
  pivot: number | null;
  /** Most rows of a pair of languages, for each model and task; null for any number. */
  cap: number | null;
  /** Whether questions may be asked in the language of the answers, too. */
  same: boolean;
  wishes: LanguageWishes;
}

export const TRAINING_FORMATS = ['llama-factory', 'trl', 'xllms', 'sft'] as const;
export type TrainingFormat = (typeof TRAINING_FORMATS)[number];

/** Which pairs are made: of one model on one task. */
export interface PairWishes extends VoteSettings {
  task: number;
  model: number;
  mode: VoteMode;
  /** Only the targets, as examples to imitate. CALM's mode knows pairs alone. */
  examples: boolean;
  /** Of own mode, as all that follows. */
  filters: PairFilters;
  target: Exclude<TargetKind, 'calm'>;
  /** Whether a target must not be identified as another language. */
  checkLanguage: boolean;
  /** null: questions are asked in the language of the answers. */
  plan: PlanWishes | null;
}

/** Own mode's wishes where nothing else is asked for. */
export const PAIR_DEFAULTS = {
  filters: PAIR_FILTERS,
  target: 'own-language',
  checkLanguage: false,
  plan: null,
} as const satisfies Partial<PairWishes>;

/** Texts of a pair that were written by hand. */
export interface PairEdit {
  chosen?: string;
  rejected?: string;
}

/** What was changed by hand; numbers are places among all pairs. */
export interface PairChanges {
  excluded: number[];
  edited: [index: number, edit: PairEdit][];
}

/** Which of them are looked at. */
export interface PairQuery {
  /** null for all. */
  language: number | null;
  /** A part of id, question or answers, in any case; '' for all. */
  text: string;
  start: number;
  count: number;
}

/** Rows to look at. */
export interface PairPage extends Pick<PairSet, 'leftOut' | 'rejectedRight' | 'known'> {
  pairs: number;
  /** Those that the query finds. */
  found: number;
  /** How the rows of a plan are spread; null without one. */
  cells: FeedbackCell[] | null;
  rows: PairRow[];
}

export interface PairRow {
  /** Place among all pairs. */
  index: number;
  id: string;
  language: number;
  asked: number;
  /** Of the vote, in [0, 1]. */
  share: number;
  instruction: string;
  input: string;
  chosen: string;
  /** '' where a row only shows the target. */
  rejected: string;
  flags: TargetFlag[];
}
