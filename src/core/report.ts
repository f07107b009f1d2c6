import type { AdapterProvenance } from './adapter.ts';
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
   * Which pairs differ from the metric's chance level, for metrics that have one: 1 in row-major [L, L], row to column,
   * at 5 % false discoveries among the pairs of a metric (Benjamini and Hochberg).
   */
  significant: Partial<Record<MatrixId, Uint8Array>>;
  /**
   * By language, the mean over its pairs, both ways; pairs that are not defined are left out. Intervals by bootstrap over
   * facts; null where the language's pairs are not all on the same facts.
   */
  languageScores: Record<MatrixId, Estimate>[];
  /** Spread of the language scores. */
  disparity: Record<MatrixId, Disparity>;
  /** By language, its renderings as the index. */
  hubness: LanguageHubness[];
}

/** How unevenly lists of neighbours name the texts. Lower is more even throughout. */
export interface Hubness {
  /** Third standardized moment of N_k; 0 for a symmetric distribution. NaN where all are equal. */
  skewness: number;
  /** Share of the places in lists that would have to change hands to make all N_k equal, in [0, 1). */
  robinHood: number;
  /** In [0, 1). */
  gini: number;
  /** Share of texts that are in no list, in [0, 1). */
  antihubs: number;
  /** Share of the places in lists that hubs hold, in [0, 1]. */
  hubOccurrence: number;
  /** Texts with N_k of twice the mean or more, most frequent first; the mean is k where as many texts seek as are sought. */
  hubs: Int32Array;
}

/**
 * How unevenly the renderings of other languages name those of this one. Each seeks its 10 nearest among the facts that
 * both languages have; languages that share 10 facts or fewer are left out.
 */
export interface LanguageHubness extends Hubness {
  /** N₁₀ by fact: in how many lists the fact's rendering is; -1 where it was in no search. [facts] */
  kOccurrence: Int32Array;
}

/** How evenly vectors use the directions of their space. NaN where all vectors are equal. */
export interface Isotropy {
  /** Axes with variance: at most d and N - 1. It bounds the three numbers below. */
  rank: number;
  /** In [0, 1]: 1 for equal variance along all axes, 0 for one axis. NaN for d = 1. */
  isoScore: number;
  /** (sum of v)² / sum of v², in [1, d]. */
  participationRatio: number;
  /** exp of the entropy of the shares of variance, in [1, d]. */
  effectiveRank: number;
  /** Mean cosine of two different vectors, the anisotropy baseline; in [-1, 1], 0 for directions drawn at random. */
  meanRandomCosine: number;
}

/** How well a vector tells its language: lower is more neutral. */
export interface LanguageProbe {
  /** Share of renderings whose language is predicted right, each by a probe that saw none of its fact. */
  accuracy: Estimate;
  /** The same with labels shuffled within each fact: what the method finds where there is nothing. */
  shuffled: Estimate;
  /** Accuracy of always naming the most frequent language; 1 / L for complete facts. */
  chance: number;
}

export interface RankCorrelation {
  /** Spearman's rho in [-1, 1], ties sharing their mean rank. NaN below three pairs and where one side is all equal. */
  rho: number;
  /** Chance of a correlation at least as strong, either way, if the pairing meant nothing. */
  p: number;
  /** Pairs of which neither value is NaN. */
  n: number;
}

/** A language's tokens, and what they may do to its drift. */
export interface LanguageTokens extends TokenCounts {
  /** Tokens over those of the pivot language on the facts that both have; above 1, texts are cut into more pieces. */
  premium: number;
  /** Share of tokens that the tokenizer does not know, in [0, 1]. */
  unknownRate: number;
  /** Share of texts that are longer than the encoder reads, in [0, 1]. */
  truncationRate: number;
}

/** One language among all renderings, the pool. */
export interface LanguageReport {
  /** Mean average precision of its renderings as queries to the pool of all others; interval over facts. */
  averagePrecision: Estimate;
  /** Share of its renderings whose nearest rendering in the pool is in the same language. */
  sameLanguageShare: Estimate;
  /** Hubs are indices into the report's facts. */
  hubness: LanguageHubness;
  isotropy: Isotropy;
  /** null where the vectors were given, not made. */
  tokens: LanguageTokens | null;
}

/** All renderings together. */
/** How well an approximate search for the nearest renderings did. */
export interface NeighborSearch {
  /** Share of the true nearest that it found, over a seeded sample of `sampled` renderings; ties count as found. */
  recall: number;
  sampled: number;
}

export interface PoolReport {
  renderings: number;
  /** null where all renderings were compared with each other. Hubness, nearest texts of the same language, equal vectors and the map rest on it. */
  neighborSearch: NeighborSearch | null;
  /** Facts whose renderings were queries of the average precision: all of them, or a seeded sample of a large corpus. */
  queryFacts: number;
  /** Mean over all queries; interval over facts. */
  averagePrecision: Estimate;
  /** Of the 10 nearest renderings of each, in any language. Hubs are renderings. */
  hubness: Hubness;
  isotropy: Isotropy;
  probe: LanguageProbe;
  /** The split of variance with the dimensions' own proportions, not z-scored. */
  unscaledVariance: VarianceShares | null;
  /** Groups of facts that cannot be told apart in some language, by text or by vector; indices into the report's facts. */
  duplicates: number[][];
  /** Over languages: a rank correlation with the mean drift from the other languages. null without tokens. */
  correlations: { premium: RankCorrelation; truncation: RankCorrelation } | null;
}

export interface AnalysisReport extends Omit<PairwiseReport, 'hubness'> {
  facts: Fact[];
  languages: Language[];
  renderings: number;
  /**
   * 1 - cosine of each rendering with the mean of the same fact's renderings in the other languages, in [0, 2].
   * Row-major [facts, languages]; NaN where the rendering, or every other one, is missing.
   */
  centroidDistance: Float32Array;
  byLanguage: LanguageReport[];
  pool: PoolReport;
}

/** What lies nearest to the renderings of one fact. L languages, q renderings of the fact. */
export interface FactNeighbors {
  fact: number;
  k: number;
  /** Languages that state the fact. [q] */
  from: Int32Array;
  /** The k nearest facts in each language, best first; the fact itself and the own language are among them. -1: no more. [q, L, k] */
  facts: Int32Array;
  /** Their cosines; NaN: no more. [q, L, k] */
  cosines: Float32Array;
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
  /** What mapped the vectors after the model made them; null where nothing did. */
  adapter: AdapterProvenance | null;
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

export interface ProjectionSettings {
  engine: string;
  neighbors: number;
  epochs: number;
  minDist: number;
  metric: 'cosine';
}

export interface ProjectionProvenance extends ProjectionSettings {
  /** Trustworthiness and continuity, at as many neighbours, in [0, 1]; NaN where the points are too few. */
  trustworthiness: number;
  continuity: number;
  trustworthinessNeighbors: number;
  /** Share of each point's `neighbors` nearest in the picture that are nearest by cosine, in [0, 1]. */
  neighborRecall: number;
  /** Points that the three are means of: all, or a sample. */
  trustworthinessPoints: number;
}

/** How far a picture may be trusted, each in [0, 1], as means over so many points. */
export interface PictureQuality {
  trustworthiness: number;
  continuity: number;
  recall: number;
  points: number;
}
