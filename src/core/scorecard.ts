import type { AnswerFile, AnswerTable } from './answers.ts';
import type { Issue } from './errors.ts';
import type { Language } from './language.ts';
import type { Parser, MarkerProfiles } from './marker-profiles.ts';
import type { LanguageMatrix } from './matrix.ts';
import type { Disparity, Estimate, ModelProvenance, RankCorrelation } from './report.ts';

/** What an accuracy is rescaled by: a share in [0, 1], or the accuracy of a model of the table in one language. */
export type Reference = { share: number } | { model: string; language: string };

/**
 * Accuracies, as shares, of ChatGPT in English, by which CLiKA rescales.
 *
 * @see Gao et al. 2024, arXiv 2404.04659, normalize_res.py
 */
export const CLIKA_REFERENCES: Readonly<Record<string, Reference>> = {
  x_csqa: { share: 0.746 },
  x_copa: { share: 0.964 },
  x_geo: { share: 0.97 },
  x_name: { share: 0.922 },
  logiqa2: { share: 0.536 },
  x_reclor: { share: 0.616 },
};

export interface ScoreSettings {
  parser: Parser;
  profiles: MarkerProfiles;
  /** By name of the task. A task without one has no rescaled accuracy. */
  references: Readonly<Record<string, Reference>>;
  /** Index of the language that others are compared with; -1 for none. */
  pivot: number;
  /** Of intervals and permutations. */
  seed: number;
}

/** Rows that clika-strict and robust read as different options (or one of them as none), of those that were parsed. */
export interface ParserDifference {
  answers: number;
  differing: number;
  /** By model and by language of the table. [answers, differing] each */
  byModel: [number, number][];
  byLanguage: [number, number][];
}

/**
 * How well models answer, how alike in all languages, and how much of it passes from one language to another. Shares are
 * in [0, 1] throughout. Of several samples the first one counts.
 *
 * @see Gao et al. 2024, arXiv 2404.04659 (CLiKA), for the three levels
 */
export interface Scorecard {
  settings: ScoreSettings;
  tasks: string[];
  models: string[];
  languages: Language[];
  parsers: ParserDifference;
  /** Answers beyond the first sample, which only votes look at. */
  laterSamples: number;
  /** One for each task and model with answers, in that order. */
  scores: TaskScores[];
  /** Open questions with truths, by task and model. */
  freeText: FreeTextScores[];
  /** From log-probabilities of reference answers, by task and model. */
  truthful: TruthfulScores[];
  /** From rankings of candidates, by task and model. */
  rankings: RankingScores[];
  /** By question of the table that was scored: how many answers, of all models and languages, and how many are right. */
  difficulty: { question: number; id: string; task: number; answers: number; right: number }[];
  /** What is to be known before the numbers are read. */
  notices: string[];
}

/**
 * A model on a task. An answer is right that chose the gold option, or, to an open question, holds one of the truths:
 * letter by letter where the fact is fictional, else without regard to case, width and spaces.
 */
export interface TaskScores {
  task: number;
  model: number;
  /** Indices into the scorecard's languages; matrices and lists by language are in this order. */
  languages: number[];
  performance: LanguagePerformance[];
  /** Of the rescaled accuracies, floored at 0 (by 1 where no reference is given: with one chance for all, it cancels). */
  disparity: Disparity;
  /** Democratization degree with its interval, bootstrap over questions. */
  democratization: Estimate;
  consistency: Consistency;
  conductivity: Conductivity;
  /** Questions with a known right answer, asked in any language. */
  questions: number;
  /** Questions right in at least one language. */
  oracle: Estimate;
  /** Questions whose most frequent choice over the languages is right; null for open questions. */
  vote: VoteAccuracy | null;
  sharedWrong: SharedWrong | null;
}

export interface LanguagePerformance {
  /** Answers to questions whose right answer is known. */
  n: number;
  right: number;
  /** Wilson interval. An invalid answer is wrong. NaN where n is 0. */
  accuracy: Estimate;
  /** Answers, known to be right or not. */
  answers: number;
  /** Of these, how many chose no option (or, to an open question, say nothing). */
  invalid: number;
  /** Of the answers with options, how many the two parsers read differently. */
  differing: number;
  /** Mean of 1 / options: what guessing has. For fictional facts 1 / different truths; for other open questions 0. */
  chance: number;
  /** The accuracy that stands for 1; NaN where none is given. */
  reference: number;
  /** (accuracy - chance) / (reference - chance), below 0 where worse than guessing. NaN where the reference is not above chance. */
  rescaledRaw: number;
  /** RA: the same, floored at 0, no ceiling. The interval is the accuracy's, rescaled. */
  rescaled: Estimate;
  /** Share of the most frequent option among valid choices, and their entropy in bits. NaN where there are none. */
  topShare: number;
  entropy: number;
  /** One option has more than 0.9 of the valid choices, or their entropy is below 0.3 bits: consistency says little. */
  degenerate: boolean;
}

/** Matrices [L, L] over the languages of the task and model, of the questions that both languages have answers to. */
export interface Consistency {
  /** Questions with a known right answer that both languages have answers to. */
  n: LanguageMatrix;
  /** CO: right in both, over right in either. NaN where neither is right anywhere. */
  co: LanguageMatrix;
  /** CO of two independent languages of these accuracies p, q: p q / (p + q - p q). */
  coIndependent: LanguageMatrix;
  /** The largest CO at these accuracies: min(p, q) / max(p, q). */
  coMax: LanguageMatrix;
  /** CO*: (CO - independent) / (max - independent), at most 1. NaN where the divisor is below 0.02 or a language degenerate. */
  coStar: LanguageMatrix;
  /** Questions that both languages have valid choices for: those of agreement and kappa. */
  nValid: LanguageMatrix;
  /** Share of same choices, right or wrong. */
  agreement: LanguageMatrix;
  /** Cohen's kappa of the choices. NaN where chance alone agrees always. */
  kappa: LanguageMatrix;
  /** Mean of CO, CO*, kappa and agreement over the languages that are not the pivot; of CO with an interval. NaN without a pivot. */
  withPivot: { co: Estimate; coStar: number; kappa: number; agreement: number; languages: number };
  /** null for open questions. */
  overall: OverallConsistency | null;
}

/** Agreement of all languages at once. Invalid answers are left out. */
export interface OverallConsistency {
  /** Questions asked in two or more languages. */
  questions: number;
  /** Of these, questions with fewer than two valid answers: they count as 0. */
  unanswered: number;
  /** Mean share of language pairs that chose the same, after CALM. Bootstrap over questions. */
  pairs: Estimate;
  /** For s = 2 and 3: mean share of subsets of s languages that chose the same, after SeaEval. */
  subsets: SubsetConsistency[];
}

export interface SubsetConsistency {
  size: number;
  value: number;
  /** Sum over options of their share among all valid choices, to the power s. */
  chance: number;
  /** Harmonic mean of the mean accuracy over languages and the value. */
  ac3: number;
}

/** How much of what is known in one language is known in another. */
export interface Conductivity {
  /** Row-major, from row to column: P(right in column | right in row). [L, L]; its asymmetry is it less its transpose. */
  transfer: LanguageMatrix;
  /** Transfer over P(right in column), on the questions that both have. */
  lift: LanguageMatrix;
  /** Questions asked in two languages or more and right in exactly one. */
  islands: { question: number; language: number }[];
  /** Questions asked in two languages or more whose right answer is known: those among which islands are sought. */
  asked: number;
  /** null where no facts are fictional. */
  fictional: CrossRetrieval | null;
}

/** XRR: what was taught in one language only and is known in another. */
export interface CrossRetrieval {
  /** 1 / number of different truths. */
  chance: number;
  /** Type 0 (taught in English and the language) and type 1 (in English only), by language. */
  byLanguage: { typeZero: Proportion; typeOne: Proportion; translate: Proportion | null }[];
  pairs: RetrievalPair[];
}

export interface Proportion {
  hits: number;
  n: number;
}

export interface RetrievalPair {
  /** Places in the list of languages of the task and model. */
  from: number;
  to: number;
  /** On the facts taught in `from` and not in `to`. */
  inFrom: Proportion;
  inTo: Proportion;
  /** Accuracy in `to` over accuracy in `from`; NaN where nothing is right in `from`. */
  xrr: number;
  /** Every gate that is known has 0.9 or more; null where one is not given and none fails. */
  passes: boolean | null;
  gates: { name: string; accuracy: number | null }[];
}

export interface VoteAccuracy {
  accuracy: Estimate;
  /** Questions whose most frequent choices tie: the one of the language that comes first in the table is taken. */
  ties: number;
}

/** Whether wrong answers fall on the same wrong option in many languages. */
export interface SharedWrong {
  /** Of the pairs of languages that are both wrong on a question, with valid choices, how many there are and chose the same. */
  pairs: number;
  same: number;
  /** same / pairs. Bootstrap over questions. */
  share: Estimate;
  /** What it would be if each wrong answer were drawn from the wrong choices of all languages to questions with that gold. */
  expected: number;
  /** Questions where three languages or more chose the same wrong option, most of them first. */
  questions: SharedWrongQuestion[];
}

export interface SharedWrongQuestion {
  question: number;
  choice: number;
  /** Languages that chose it, of those with a valid wrong choice, of those asked. */
  languages: number;
  wrong: number;
  asked: number;
  /** Chance that so many of the wrong answers, or more, fall on this option. */
  p: number;
}

/** Two models on the same questions, by language. */
export interface ModelDifference {
  task: number;
  models: [first: number, second: number];
  rows: ModelDifferenceRow[];
}

export interface ModelDifferenceRow {
  language: number;
  /** Questions that both answered and whose right answer is known. */
  n: number;
  /** Right only in the first, right only in the second. */
  onlyFirst: number;
  onlySecond: number;
  /** Accuracy of the second less that of the first. Paired bootstrap over questions. */
  difference: Estimate;
  /** Exact, two-sided (McNemar). */
  p: number;
  /** p adjusted over the languages by Benjamini and Hochberg. */
  adjusted: number;
}

export interface FreeTextScores {
  task: number;
  model: number;
  languages: number[];
  /** Open questions with truths that are answered in any language. */
  questions: number;
  byLanguage: {
    n: number;
    /** Mean over answers of the largest chrF with any truth, in [0, 1]. Bootstrap over questions. */
    chrf: Estimate;
    /** Share of answers that hold a truth. Wilson interval. */
    contains: Estimate;
  }[];
  /** xAC: mean over language pairs of Spearman's correlation of lower-cased chrF, an undefined one counting as 0. */
  accuracyConsistency: number;
  /** xTC: the same of chrF over the place of the best truth in its list; NaN where no question has several truths. */
  timeConsistency: number;
  /** Language pairs in both. */
  pairs: number;
  /** Pairs whose correlation is not defined. */
  undefinedPairs: number;
}

/** xSC: how alike answers are by their vectors. */
export interface AnswerSimilarity {
  task: number;
  model: number;
  /** Questions answered in two languages or more. */
  questions: number;
  /** Mean over questions of the mean cosine over language pairs. Bootstrap over questions. */
  similarity: Estimate;
  /** Mean cosine of answers to different questions in different languages. */
  floor: number;
  /** similarity - floor */
  aboveFloor: number;
  /** Questions that are refused in two languages or more: they look alike without saying anything. */
  refused: number;
}

/** Each in [0, 1], mean over questions with bootstrap intervals. */
export interface TruthfulScores {
  task: number;
  model: number;
  languages: number[];
  /** n questions with a true and a false answer; `leftOut` lack one of these. */
  byLanguage: {
    n: number;
    leftOut: number;
    mc1: Estimate;
    mc2: Estimate;
    mc3: Estimate;
    mean: Estimate;
  }[];
  /** Mean over languages; see Scorecard. */
  overall: { mc1: number; mc2: number; mc3: number; mean: number };
}

export interface RankingScores {
  task: number;
  model: number;
  languages: number[];
  /** By language: rankings whose gold is known, and how many put it first. */
  accuracy: { n: number; value: Estimate }[];
  /** Questions whose lists of candidates differ in length between languages: such pairs are not compared. */
  unequal: number;
  /** Rankings in which two candidates have the same score: they stay in the order of the file. */
  tied: number;
  /** Questions that both languages rank. [L, L] */
  n: LanguageMatrix;
  /** RankC by weighting, each [L, L]. */
  softmax: LanguageMatrix;
  norm1: LanguageMatrix;
  norm2: LanguageMatrix;
}

/** Metrics of an analysis that say how alike the questions are in two languages. */
export const ALIGNMENTS = ['mexa', 'cka', 'calibrated'] as const;

/** How alike an encoder finds the questions in two languages. */
export interface QuestionAlignment {
  /** Name of the metric. */
  name: string;
  /** Over the languages of the scorecard, NaN where not measured. [L, L] */
  values: LanguageMatrix;
}

/** Alignment of the questions against consistency of the answers: one point for each language but the pivot. */
export interface AlignmentJoin {
  task: number;
  /** -1: mean over the models. */
  model: number;
  /** Column of the analysis. */
  alignment: string;
  consistency: 'co' | 'kappa';
  points: { language: string; alignment: number; consistency: number }[];
  correlation: RankCorrelation;
}

/** Everything that the files of a scorecard are written from. */
export interface ScoreExport {
  isogloss: string;
  scorecard: Scorecard;
  table: AnswerTable;
  files: AnswerFile[];
  issues: Issue[];
  /** Empty where no two models were compared. */
  differences: ModelDifference[];
  /** Empty where answers were not encoded. */
  similarities: AnswerSimilarity[];
  /** What they were encoded with. */
  encoder?: ModelProvenance | undefined;
  /** Empty where no alignment is given. */
  joins: AlignmentJoin[];
  /** To read; '' for none. */
  document: string;
}
