import type { Matrix } from './matrix.ts';
import type { ModelProvenance } from './report.ts';

/**
 * Small maps over frozen vectors, simplest first.
 * - centering: x - mean of the language (T0)
 * - lir: x without its parts along the language's leading directions (T1)
 * - procrustes: centred, then a rotation of the language (T2)
 * - ridge: centred, then a linear map of the language drawn to the identity (T3)
 * - low-rank: centred, then I + B A with B of the language and A of all, learned by InfoNCE (T4)
 * - shared-low-rank: centred, then I + B A of all languages, learned by InfoNCE (T5)
 * - preference: the same form, learned by DPO over retrieval preferences (T6)
 */
export const ADAPTER_METHODS = [
  'centering',
  'lir',
  'procrustes',
  'ridge',
  'low-rank',
  'shared-low-rank',
  'preference',
] as const;
export type AdapterMethod = (typeof ADAPTER_METHODS)[number];

/** What follows centering. Rows are multiplied from the left: y = x M. */
export type LinearMap =
  | { kind: 'identity' }
  /** y = x - x Vᵀ V. directions V: [c, d], orthonormal rows */
  | { kind: 'remove'; directions: Matrix }
  /** y = x W. weights W: [d, d] */
  | { kind: 'full'; weights: Matrix }
  /** y = x + (x B) A. down B: [d, r]; up A: [r, d] */
  | { kind: 'low-rank'; down: Matrix; up: Matrix };

export interface LanguageMap {
  /** BCP 47 tag, as in `Language`. */
  tag: string;
  /** Taken away first; null where nothing is. [d] */
  mean: Float32Array | null;
  linear: LinearMap;
}

/** f(x) = unit(linear(x - mean)) for each language; unit rows in, unit rows out. */
export interface Adapter {
  method: AdapterMethod;
  dimensions: number;
  /** Of the languages it was fitted on; maps that languages share are one object. */
  languages: LanguageMap[];
  /**
   * For a language it was not fitted on, whose mean is then that of the texts at hand; null where such a language has to
   * be refused.
   */
  otherLanguages: LinearMap | null;
}

/** How the parameters of T4, T5 and T6 are learned. */
export interface TrainingSettings {
  /** r of B and A, 1 to d. */
  rank: number;
  /** Most steps of Adam. */
  steps: number;
  /** Facts (or preference pairs) in a batch. */
  batch: number;
  learningRate: number;
  /** Decoupled, as in AdamW. */
  weightDecay: number;
  /** τ of the softmax over cosines. */
  temperature: number;
  /** Whether other facts of the same language are negatives, too. */
  sameLanguageNegatives: boolean;
  /** Weight of the mean of |f(x) - x|², x being centred at unit length. */
  keep: number;
  /** Weight of the mean squared change of the cosines within a language. */
  geometry: number;
  /** Evaluations of the validation loss without a new minimum after which training ends. */
  patience: number;
}

/** Steps between two evaluations of the validation loss, which are also checkpoints. */
export const EVALUATE_EVERY = 20;

/** Facts of one language whose vectors are nearer than this are no negatives of each other. */
export const FALSE_NEGATIVE_COSINE = 0.95;

/** Where T6's preference pairs come from: `facts` makes them here, the others are made of answers. */
export const PREFERENCE_SOURCES = ['facts', 'votes', 'feedback'] as const;
export type PreferenceSource = (typeof PREFERENCE_SOURCES)[number];

/** dpo; conservative: with each pair's noise as label smoothing; ipo: squared, for few pairs. */
export const PREFERENCE_LOSSES = ['dpo', 'conservative', 'ipo'] as const;
export type PreferenceLoss = (typeof PREFERENCE_LOSSES)[number];

export interface PreferenceSettings {
  source: PreferenceSource;
  loss: PreferenceLoss;
  /** Strength of the reference, above 0. */
  beta: number;
}

export interface FitSettings {
  method: AdapterMethod;
  seed: number;
  /** What T2 and T3 map onto: the mean of the other languages, or one language (tag), which then stays as it is. */
  target: string;
  /**
   * ρ of T2 (λ = ρ · spectral norm of XᵀY), of T3 (a = ρ · spectral norm of XᵀX), or c of T1; null has it chosen on
   * folds of the training facts.
   */
  strength: number | null;
  training: TrainingSettings;
  preference: PreferenceSettings;
}

export const TRAINING_DEFAULTS: TrainingSettings = {
  rank: 16,
  steps: 2000,
  batch: 256,
  learningRate: 1e-3,
  weightDecay: 1e-2,
  temperature: 0.05,
  sameLanguageNegatives: true,
  keep: 1,
  geometry: 0.1,
  patience: 20,
};

export const PREFERENCE_DEFAULTS: PreferenceSettings = {
  source: 'facts',
  loss: 'conservative',
  beta: 1,
};

/** Preference pairs over texts: the query's chosen text shall be nearer to it than the rejected one. P pairs. */
export interface PreferencePairs {
  source: PreferenceSource;
  /** Unit rows of all texts, before any adapter. [rows, d] */
  vectors: Matrix;
  /** Language of each row, as an index into the corpus's languages. [rows] */
  language: Int32Array;
  /** Rows. [P] each */
  query: Int32Array;
  chosen: Int32Array;
  rejected: Int32Array;
  /** Fact or question: pairs of one group stay in one part of a split. [P] */
  group: Int32Array;
  /** Estimated chance that the preference is wrong, in [0, 0.5). [P] */
  noise: Float32Array;
}

/** What the file of an adapter says it is. */
export const ADAPTER_FORMAT = 'isogloss-adapter';
export const ADAPTER_VERSION = 1;

/** An adapter as it is kept in a file. */
export interface AdapterRecord {
  adapter: Adapter;
  isogloss: string;
  /** What made the vectors it was fitted on. */
  encoder: ModelProvenance;
  settings: FitSettings;
  /** Strength that was used: given or chosen; null for methods without. */
  strength: number | null;
  /** Files that the facts came from. */
  files: { name: string; sha256: string }[];
  split: { train: number; validation: number; test: number; by: 'fact' | 'topic'; hash: string };
  /** Held-out measures, before (as they were) and after. */
  heldOut: HeldOutEntry[];
  /** In words. */
  verdict: string;
}

export interface HeldOutEntry {
  id: string;
  name: string;
  before: number;
  after: number;
  /** 95 % interval of after - before, by a paired bootstrap over facts; null where there is none. */
  interval: [low: number, high: number] | null;
}

/** An adapter that was applied to a run, in the run's manifest. */
export interface AdapterProvenance {
  /** Of the file, or '' for one that was fitted on the page. */
  file: string;
  method: AdapterMethod;
  /** SHA-256 of the file's bytes, as they are or would be written. */
  sha256: string;
  /** Languages whose mean was taken from the analyzed texts, because the adapter was not fitted on them. */
  meansFromTexts: string[];
}

/** An adapter as a label: `the adapter lab.json (procrustes)`. */
export function adapterLabel({ file, method }: AdapterProvenance): string {
  return file === '' ? `an adapter (${method})` : `the adapter ${file} (${method})`;
}
