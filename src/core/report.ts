import type { Fact, ReadChoices } from './corpus.ts';
import type { Language } from './language.ts';
import type { LanguageMatrix } from './matrix.ts';
import type { Interval } from './statistics.ts';
import type { LanguageTrust } from './trust.ts';

/** The metrics of a language pair, each of them shown and exported as a matrix. */
export type MatrixId =
  | 'calibrated'
  | 'mean_cosine'
  | 'contrast'
  | 'auc'
  | 'row_auc'
  | 'd_prime'
  | 'mexa'
  | 'mexa_100'
  | 'p_at_1'
  | 'p_at_5'
  | 'p_at_10'
  | 'mrr'
  | 'bitext_f1'
  | 'xsim_error'
  | 'margin_ratio'
  | 'csls'
  | 'strong'
  | 'same_language_bias'
  | 'cka'
  | 'cka_debiased'
  | 'rsa'
  | 'rank_consistency'
  | HubnessId
  | 'bias'
  | 'bias_centroid'
  | 'bias_residual';

/** Metrics of the whole index, which no fact has a part in. */
export type HubnessId = 'hub_skewness' | 'robin_hood' | 'antihubs';

/** A number with its 95 % interval; NaN where it is not defined, null where it has no interval. */
export interface Estimate {
  value: number;
  interval: Interval | null;
}

/** A metric from a to b and from b to a; the same object twice where it is symmetric. */
export interface Score {
  forth: Estimate;
  back: Estimate;
}

export type MetricScores = Record<MatrixId, Score>;

/** One language pair, a < b as indices into the report's languages. Arrays run over the facts that both have. */
export interface PairReport {
  a: number;
  b: number;
  /** Indices into the report's facts. */
  facts: Int32Array;
  /** Cosine of the matched pair, by shared fact. */
  matched: Float32Array;
  /** Best mismatched cosine of the fact's a-rendering among the b-renderings, and which fact it belongs to (-1 for n = 1). */
  rivalInB: { cosine: Float32Array; fact: Int32Array };
  /** The same for the fact's b-rendering among the a-renderings. */
  rivalInA: { cosine: Float32Array; fact: Int32Array };
  /** Mean cosine of mismatched pairs. NaN for n = 1. */
  floor: number;
  /** Facts whose match ties with a rival within TIE_MARGIN. */
  ties: number;
  scores: MetricScores;
}

/**
 * Two-way analysis of variance of the z-scored cube facts x languages; the three shares sum to 1. Intervals by bootstrap
 * over facts.
 */
export interface VarianceShares {
  fact: Estimate;
  language: Estimate;
  interaction: Estimate;
  /** Facts with a rendering in every language: what the shares are computed on. */
  facts: number;
}

/** Spread of one metric over languages. */
export interface Disparity {
  /** Scores that are defined. */
  languages: number;
  /** The score of the language nearest to the others, and of the farthest. */
  best: number;
  worst: number;
  /** DD: mean / best, in (0, 1], higher is more even. A model that is bad everywhere has it too. */
  democratization: number;
  /** worst / best, in [0, 1], higher is more even. */
  worstOverBest: number;
  /** In [0, 1), lower is more even. */
  gini: number;
  /** Population standard deviation, lower is more even. */
  deviation: number;
}

/** Tokens of a language's texts as the encoder's tokenizer cuts them. */
export interface TokenCounts {
  renderings: number;
  tokens: number;
  unknown: number;
  /** Renderings longer than the encoder reads. */
  truncated: number;
}

/** What pairs of languages say; a layer of an encoder has one of its own. */
export interface PairwiseReport {
  /** null with the reason when fewer than two facts have every language. */
  variance: VarianceShares | null;
  varianceReason: string;
  pairs: PairReport[];
  matrices: Record<MatrixId, LanguageMatrix>;
  /** Facts shared by each pair of languages, row-major [L, L]; the diagonal counts the language's own. */
  shared: Int32Array;
  /**
   * By language, the mean over its pairs, both ways; pairs that are not defined are left out. Intervals by bootstrap over
   * facts; null where the language's pairs are not all on the same facts.
   */
  languageScores: Record<MatrixId, Estimate>[];
  /** Spread of the language scores. */
  disparity: Record<MatrixId, Disparity>;
  /**
   * N₁₀ of each rendering: how many renderings in other languages have it among the 10 nearest of its language, sought
   * among the facts that both have; languages that share 10 facts or fewer are left out. Row-major [facts, languages], -1
   * for a rendering that was in no search.
   */
  occurrence: Int32Array;
}

export interface AnalysisReport extends PairwiseReport {
  facts: Fact[];
  languages: Language[];
  renderings: number;
  /**
   * 1 - cosine of each rendering with the mean of the same fact's renderings in the other languages, in [0, 2].
   * Row-major [facts, languages]; NaN where the rendering, or every other one, is missing.
   */
  centroidDistance: Float32Array;
}

/** One language's drift over its facts: 1 - cosine, in [0, 2]. All but n are NaN for n = 0. */
export interface DriftSummary {
  n: number;
  mean: number;
  /** 95 % bootstrap interval of the mean over facts; null below two. */
  interval: Interval | null;
  median: number;
  q1: number;
  q3: number;
  min: number;
  max: number;
}

/** Everything needed to get the same numbers again. */
export interface Provenance {
  isogloss: string;
  model: ModelProvenance;
  kernels: { backend: string; device: string; tolerance: number };
  projection: ProjectionProvenance | null;
  seed: number;
  /** The user's corrections of what the files were understood to say. */
  choices: ReadChoices;
  pivot: string;
  files: { name: string; bytes: number; sha256: string }[];
  facts: number;
  completeFacts: number;
  languages: string[];
  /** How well the encoder reads each of the languages; null where nothing was measured. */
  trust: LanguageTrust[] | null;
  /** What the shares of `trust` are, or ''. */
  trustMeasure: string;
  renderings: number;
  /** Sentences about everything that departed from the default: fallbacks, refused backends, exclusions. */
  notices: string[];
}

export interface ModelProvenance {
  id: string;
  revision: string;
  licence: string;
  dtype: string;
  pooling: string;
  prefix: string;
  dimensions: number;
  maxTokens: number;
  backend: string;
  device: string;
  /** Largest 1 - cosine to the stored reference vectors, or null when the model has none. */
  parity: number | null;
  parityAgainst: string;
  /** SHA-256 by file. */
  files: Record<string, string>;
}

export interface ProjectionProvenance {
  engine: string;
  neighbors: number;
  epochs: number;
  minDist: number;
  metric: 'cosine';
  trustworthiness: number;
  trustworthinessNeighbors: number;
  trustworthinessPoints: number;
}
