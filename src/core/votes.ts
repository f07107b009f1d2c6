import type { AnswerTable } from './answers.ts';
import type { LanguageMatrix } from './matrix.ts';
import type { ModelProvenance } from './report.ts';
import type { AnswerSimilarity } from './scorecard.ts';
import type { Interval } from './statistics.ts';

/** Whose answers vote, and in which order they are pooled: a tie goes to the choice that was seen first. */
export interface VoteSettings {
  /** Indices of languages in the order of pooling. A language that is not among them has no part in anything. */
  order: number[];
  /** Those of `order` that vote. */
  voters: number[];
}

/**
 * What the answers of one model to one question elect, in columns of equal length: a row for each model and question that
 * has an answer of a voter, by model, then question. Choices are options, or clusters of an open question, from 0 on.
 *
 * @see Wang et al. 2025, arXiv 2501.18457 (CALM)
 */
export interface Votes {
  question: Int32Array;
  model: Int32Array;
  /** The choice with most votes, the first seen of several; -1 where no answer is valid. */
  winner: Int32Array;
  /** Valid answers, each one vote: the sum of the row's counts. */
  votes: Int32Array;
  invalid: Int32Array;
  /** Votes of the winner / votes; NaN without votes, as all that follows. */
  share: Float64Array;
  /** Share of the winner less that of the choice that comes second; the share itself where there is no second. */
  margin: Float64Array;
  /** Of the votes over choices, in bits. */
  entropy: Float64Array;
  /** Share of the voting languages with an answer in which some answer is the winner. */
  coverage: Float64Array;
  /** 1 where another choice has as many votes as the winner. */
  tie: Uint8Array;
  /** Votes by choice, in the order first seen: those of row v from start[v] to start[v + 1]. start: [rows + 1] */
  tally: { start: Int32Array; choice: Int32Array; count: Int32Array };
  /** Share of a language's most frequent choice among its valid answers; NaN where it has none. Row-major [rows, languages] */
  selfConsistency: Float64Array;
  /** 1 where some answer in a language, voter or not, is the winner. Row-major [rows, languages] */
  holdsWinner: Uint8Array;
}

/** Questions whose share of votes lies in (low, high], and how often the vote is right. */
export interface CalibrationBin {
  low: number;
  high: number;
  questions: number;
  right: number;
  /** Mean share of the votes; NaN where empty. */
  meanShare: number;
  /** Of right / questions. */
  interval: Interval | null;
}

/** What remains when only votes with a share of at least the threshold are kept. */
export interface YieldPoint {
  threshold: number;
  kept: number;
  right: number;
  /** Kept / all with a known right option. */
  yield: number;
  /** Right / kept; NaN where none is kept. */
  purity: number;
  interval: Interval | null;
}

export interface VoteAccuracy {
  questions: number;
  right: number;
  interval: Interval | null;
}

/** Where the right option is known. A question without a valid answer counts as wrong. */
export interface VoteTruth {
  /** The vote over all voters. */
  vote: VoteAccuracy;
  /** Each language's own vote, on the questions that it answered; and the vote over all on the same questions. [languages] */
  alone: { language: number; own: VoteAccuracy; vote: VoteAccuracy }[];
  calibration: CalibrationBin[];
  yields: YieldPoint[];
  /** Valid answers that differ from the winner and are right. */
  rejectedRight: number;
  rejected: number;
}

/** One model on one task. */
export interface VoteGroup {
  task: number;
  model: number;
  questions: number;
  withoutVotes: number;
  ties: number;
  unanimous: number;
  votes: number;
  invalid: number;
  /** Votes with a share in (0, 0.1], ..., (0.9, 1]. [10] */
  shares: number[];
  /** Mean of the language's self-consistency over questions. [languages] */
  selfConsistency: Float64Array;
  /** Chance that a valid answer in one language and one in the other agree, mean over questions; the diagonal is NaN. */
  agreement: LanguageMatrix;
  /** Questions on which that mean stands. Row-major [languages, languages] */
  compared: Int32Array;
  /** null where no right option is known. */
  truth: VoteTruth | null;
}

export interface VoteReport extends VoteSettings {
  votes: Votes;
  groups: VoteGroup[];
}

/** Row of the votes by model * questions + question. */
export function votesByQuestion(
  { question, model }: Votes,
  questions: number,
): Map<number, number> {
  return new Map(Array.from(question, (q, row) => [model[row] * questions + q, row]));
}

/**
 * How choices are read that vote: as the code of CALM reads them, or by the parser of the scores; those of open questions
 * by clusters of their vectors.
 */
export type VoteMode = 'calm' | 'own' | 'open';

/**
 * Of each vote the answer that stands for it, the medoid: in the winning cluster the one with the highest score, the first
 * of several; -1 where nothing won.
 *
 * @param scores mean cosine to answers in other languages. [answers]
 */
export function medoidsOf(
  { answers, questions }: AnswerTable,
  votes: Votes,
  { choices, scores }: { choices: Int32Array; scores: Float64Array },
): Int32Array {
  const rowOf = votesByQuestion(votes, questions.length);
  const medoids = new Int32Array(votes.question.length).fill(-1);
  choices.forEach((choice, answer) => {
    const row = rowOf.get(answers.model[answer] * questions.length + answers.question[answer]);
    if (row === undefined || choice < 0 || choice !== votes.winner[row]) return;
    if (medoids[row] < 0 || scores[answer] > scores[medoids[row]]) medoids[row] = answer;
  });
  return medoids;
}

/** How alike the answers of a model to one task are where their questions differ. */
export interface Mismatched {
  task: number;
  model: number;
  /** Mean cosine of two answers in different languages to different questions, over all such pairs. */
  floor: number;
  /** 99th percentile of such cosines: answers nearer than this are taken to say the same. */
  threshold: number;
  /** Pairs that the percentile was taken of: all, or a sample. */
  pairs: number;
}

/** What the answers to an open question elect. */
export interface ElectedAnswer {
  /** Index of the question. */
  question: number;
  id: string;
  /** Of the medoid; null where no voter's answer has words. */
  medoid: { language: number; text: string; isRefusal: boolean } | null;
  /** Indices of the languages with an answer in the winning cluster. */
  languages: number[];
  /** Votes of the winning cluster / votes; NaN without votes. */
  share: number;
  /** Whether another cluster has as many votes. */
  tie: boolean;
  /** Answers of all languages, voters or not: in the winning cluster, in others, and without words. */
  agreeing: number;
  leftOut: number;
  blank: number;
  /** Clusters that the answers of the voters form. */
  clusters: number;
}

/** The open answers of one model on one task. */
export interface OpenAnswers {
  questions: number;
  answers: number;
  /** Of these, without words: they have no vector and no vote. */
  blank: number;
  /** What their vectors say; null before they are encoded. */
  encoded: OpenReport | null;
}

export interface OpenReport {
  encoder: ModelProvenance;
  mismatched: Mismatched;
  /** xSC of the first samples; null where fewer than two questions are answered in two languages. */
  similarity: AnswerSimilarity | null;
  /** First samples that hold a truth, over all languages, of n with known truths. */
  contains: { value: number; interval: Interval | null; n: number };
  elected: ElectedAnswer[];
}

/** A question whose vote is tied, with what it was tied between. */
export interface TiedVote {
  question: number;
  id: string;
  /** Choices by name, with their votes; the winner first. */
  choices: { name: string; votes: number }[];
}

/** The votes of the same answers, read in the mode that was not asked for. */
export interface OtherReading extends Pick<
  VoteGroup,
  'questions' | 'ties' | 'unanimous' | 'withoutVotes'
> {
  /** Questions that elect something else, or nothing in one of the two modes alone. */
  differing: number;
  /** null where no right option is known. */
  vote: VoteAccuracy | null;
}

/** One model on one task: what its votes are worth, and which are tied. */
export interface VoteSummary {
  group: VoteGroup;
  /** null for open answers, which are read in one way. */
  other: OtherReading | null;
  ties: TiedVote[];
}
