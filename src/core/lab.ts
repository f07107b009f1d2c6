import type { Adapter, AdapterRecord, FitSettings } from './adapter.ts';
import type { MetricCard } from './metric-card.ts';
import type { RunComparison } from './run-comparison.ts';
import type { Interval } from './statistics.ts';

/** Facts that an adapter is fitted on, chosen on and judged on; all languages of a fact, and a topic's facts, in one part. */
export interface FactSplit {
  /** Indices into the corpus's facts, ascending. */
  train: Int32Array;
  validation: Int32Array;
  test: Int32Array;
  /** What was kept together: topics where the files give them and there are enough. */
  by: 'fact' | 'topic';
  /** SHA-256 of the ids in each part: two splits with the same hash are the same. */
  hash: string;
}

/** Fewer facts than this are too few to train or to choose a strength: only T0 and T1 are fitted. */
export const FEWEST_FACTS = 30;
/** From this many training facts on the strength is chosen on folds. */
export const FEWEST_TO_CHOOSE = 40;

/** One evaluation while an adapter is trained; `Progress.partial` of a fit is a list of them. */
export interface CurvePoint {
  step: number;
  /** Mean loss of the batches since the last point; NaN at step 0. */
  training: number;
  /** On fixed pairs of the validation facts. */
  validation: number;
}

export interface TrainingRecord {
  curve: CurvePoint[];
  /** Step of the parameters that are kept: those of the smallest validation loss. */
  best: number;
  /** Why it ended. */
  ended: 'steps' | 'patience' | 'stopped' | 'diverged';
  /** Where it ran to its end, in words. */
  device: string;
  milliseconds: number;
}

/** Strengths that were tried on folds of the training facts. */
export interface StrengthChoice {
  /** `score`: mean MEXA over pairs and folds. Infinity is centering alone. */
  tried: { strength: number; score: number }[];
  chosen: number;
  /** 0 where there were too few facts to choose, and the default was taken. */
  folds: number;
}

/** What adapters are judged by on held-out facts. */
export const LAB_MEASURES = [
  'disparity',
  'fact_share',
  'language_share',
  'interaction_share',
  'mexa',
  'strong',
  'map',
  'cka_debiased',
  'hub_skewness',
  'democratization',
  'worst_language',
  'language_probe',
  'neighbor_consistency',
] as const;
export type LabMeasureId = (typeof LAB_MEASURES)[number];

/** A difference between two states of the vectors on the same facts. */
export interface LabChange {
  before: number;
  after: number;
  difference: number;
  /** 95 %, paired bootstrap over facts; null where the measure has none. */
  interval: Interval | null;
}

export interface LabMeasure {
  id: LabMeasureId;
  /** Held out, vectors as they were against adapted. */
  test: LabChange;
  /** Held out, centering alone against adapted: the baseline to beat. */
  overCentering: LabChange;
  /**
   * On as many of the training facts as there are test facts, since most measures depend on their number; never to be
   * shown without `test`.
   */
  train: { before: number; after: number };
  validation: { before: number; after: number };
}

export type LabCard = Pick<MetricCard, 'name' | 'direction' | 'definition' | 'source'> & {
  id: LabMeasureId;
};

/** Held-out MEXA (as in `mexa`) of adapters that must not help. */
export interface LabControls {
  /** Fitted on facts that were shuffled within each language, against centering; null for methods that use no pairs. */
  shuffled: LabChange | null;
  /** A random rotation of each language after centering, against centering. */
  rotation: LabChange;
  /** How alike each language's facts are ordered by nearness before and after: RankC, mean over languages, in [0, 1]. */
  consistency: number;
}

/** Preferences on held-out pairs. */
export interface PreferenceReport {
  /** Pairs of the three parts. */
  train: number;
  validation: number;
  test: number;
  /** Share of test pairs whose chosen text is nearer, by centering alone (the reference) and after; with the difference's interval. */
  ranked: LabChange;
  /** Share of test pairs whose implicit reward prefers the chosen text. */
  rewardAccuracy: number;
  /** Mean of reward(chosen) - reward(rejected). */
  rewardMargin: number;
  /** Mean over queries of KL(policy || reference) over the query's candidates, in nats. */
  divergence: number;
  /** Mean number of them for a query. */
  candidates: number;
  /** Pairs left out, with the reason. */
  leftOut: { reason: string; pairs: number }[];
}

/** One fit, and all that it is judged by. */
export interface LabReport {
  settings: FitSettings;
  adapter: Adapter;
  strength: number | null;
  split: FactSplit;
  choice: StrengthChoice | null;
  training: TrainingRecord | null;
  measures: LabMeasure[];
  /** Facts that MEXA is expected at, in every part: 100, or as many as the parts and pairs of languages allow. */
  mexaAt: number;
  /** Mean MEXA of each validation fact, which adapters are chosen by; entry i for `split.validation[i]`, NaN where it has no pair. */
  validationScores: Float64Array;
  /** The same before any adapter. */
  validationBefore: Float64Array;
  controls: LabControls;
  preference: PreferenceReport | null;
  /** Test facts and languages (labels) with a text that can be judged. */
  heldOut: { facts: number; languages: string[] };
  /** Fallbacks and everything to be known before the numbers are read. */
  notices: string[];
}

/** One language that a shared map never saw. */
export interface LanguageLeftOut {
  /** Index into the corpus's languages. */
  language: number;
  /** BCP 47. */
  tag: string;
  /** Held-out MEXA of the language with the others: as it was, centred alone, and with the map of the others. */
  before: number;
  centred: number;
  after: number;
  /** after - centred. */
  difference: number;
  interval: Interval | null;
}

/** False statements taken for true, held-out facts, before and after; see `core/lint.ts`. */
export interface SensitivityChange {
  statements: number;
  before: number;
  after: number;
}

/** Everything that the files of a fit are written from. */
export interface LabExport {
  report: LabReport;
  /** The held-out facts in all metrics, of `LabApi.compareHeldOut`. */
  comparison: Pick<RunComparison, 'overall' | 'variance'>;
  record: AdapterRecord;
  /** The model card, in Markdown. */
  card: string;
  /** Empty where no language was left out. */
  leftOut: LanguageLeftOut[];
  /** null where no false statements were made. */
  sensitivity: SensitivityChange | null;
}
