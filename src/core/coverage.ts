import { METRICS } from './metric-catalog.ts';
import type { AnalysisReport, Disparity, LanguageTokens } from './report.ts';
import type { Interval } from './statistics.ts';
import type { TrustStatus } from './trust.ts';

/** One language of a run of the analysis, as its `languages.csv` has it. */
export interface RunLanguage {
  label: string;
  tag: string;
  /** null where vectors were given. */
  tokens: LanguageTokens | null;
  /** Means over its pairs, by metric; NaN where one is not defined. */
  scores: Record<string, number>;
}

/** Tiers of languages by tag, as somebody sorted them. */
export interface Taxonomy {
  source: string;
  tiers: Map<string, string>;
}

/** What there is of one language. */
export interface LanguageCoverage {
  tag: string;
  /** Code of FLORES-200; '' for a language outside it. */
  flores: string;
  name: string;
  /** ISO 15924; '' where unknown. */
  script: string;
  direction: 'ltr' | 'rtl';
  /** Family or branch; '' where none is known. */
  family: string;
  /** Whether it is one of the hundred that coverage is counted over. */
  hundred: boolean;
  facts: number;
  answers: number;
  trainingRows: number;
  /** What the encoder was measured on; null where nothing was measured of it. */
  encoder: TrustStatus | null;
  /** Held-out sentences that found their own; null where untested. */
  encoderShare: number | null;
  /** null where its texts were not encoded. */
  tokens: LanguageTokens | null;
  /** '' where none is known. Measured: '1' (the third that the tokenizer treats best) to '3'; else as the taxonomy says. */
  tier: string;
}

/** Languages of a kind that have something. */
export interface CoverageCount {
  of: 'FLORES-200' | 'hundred' | 'session';
  languages: number;
  facts: number;
  answers: number;
  trainingRows: number;
  /** Languages in which the encoder was tested and is not weak. */
  encoder: number;
}

export type Grouping = 'tier' | 'script' | 'family';

/** Mean of a metric over the languages of a group. */
export interface GroupMean {
  group: string;
  languages: string[];
  mean: number;
  /** Bootstrap over languages; null for one. */
  interval: Interval | null;
}

/** One metric of languages, by group. */
export interface GroupComparison {
  metric: string;
  grouping: Grouping;
  languages: number;
  groups: GroupMean[];
  /** Variance between groups over variance within; NaN below two groups, or where every group has one language. */
  f: number;
  /** Share of 9,999 random groupings of the same sizes, and of this one, with an F as large; NaN with it. */
  p: number;
  /** p after Benjamini and Hochberg, over all metrics of the grouping. */
  adjusted: number;
}

/** One metric over all languages. */
export interface MetricDisparity extends Disparity {
  metric: string;
}

/** Answers that are in another language than the one asked for. */
export interface OffTarget {
  language: string;
  model: string;
  answers: number;
  judged: number;
  /** Answers too short, or in a language that cannot be told: left out of the share. */
  notJudged: number;
  offTarget: number;
  /** offTarget / judged, in [0, 1]; NaN where none was judged. */
  share: number;
  interval: Interval | null;
  /** The language that most off-target answers are in; '' without one, or where only their script shows that they are off. */
  mostly: string;
}

export interface CoverageReport {
  /** Those of FLORES-200, then those of the session beyond them. */
  languages: LanguageCoverage[];
  counts: CoverageCount[];
  /** Where the tiers come from: the session's token counts, or the name of the taxonomy's file; '' without tiers. */
  tierSource: string;
  groups: GroupComparison[];
  disparities: MetricDisparity[];
  offTarget: OffTarget[];
}

/** The languages of an analysis, as `languages.csv` would have them. */
export function runLanguages({
  languages,
  languageScores,
  byLanguage,
}: Pick<AnalysisReport, 'languages' | 'languageScores' | 'byLanguage'>): RunLanguage[] {
  return languages.map(({ label, tag }, l) => ({
    label,
    tag,
    tokens: byLanguage[l].tokens,
    scores: Object.fromEntries(METRICS.map(({ id }) => [id, languageScores[l][id].value])),
  }));
}
