import type { EmbeddedCorpus, ParallelCorpus } from './corpus.ts';
import type { Matrix } from './matrix.ts';
import type { Estimate, MatrixId, ModelProvenance, VarianceShares } from './report.ts';
import type { Interval } from './statistics.ts';

/** A run as it takes part in a comparison. */
export interface EmbeddedRun extends EmbeddedCorpus {
  /** [renderings, 2], or null where there is none. */
  picture: Matrix | null;
}

/** A metric in two runs on the same facts. */
export interface Change {
  before: Estimate;
  after: Estimate;
  /** after - before. NaN where one of them is not defined. */
  difference: number;
  /** 95 % interval of the difference: both runs on the same drawn facts. null where there is none. */
  interval: Interval | null;
  /** Two-sided, from the same draws; NaN where there is no interval. */
  p: number;
  /** p adjusted over all pairs (or languages) of the metric by Benjamini and Hochberg; NaN where p is. */
  adjusted: number;
}

/** One language pair in two runs, a < b as indices into the comparison's languages. */
export interface PairChange {
  a: number;
  b: number;
  /** Facts that both languages have in both runs. */
  n: number;
  changes: Record<MatrixId, { forth: Change; back: Change }>;
}

/**
 * Two runs on what they share: other encoders, precisions or prefixes, or vectors before and after a treatment. All
 * numbers are computed anew on the shared facts, since most of them depend on how many facts there are.
 */
export interface RunComparison {
  /** What both runs have. */
  corpus: ParallelCorpus;
  pairs: PairChange[];
  /** By language: the mean over the other languages, both ways, as far as both runs have a value. */
  byLanguage: Record<MatrixId, Change>[];
  /** Mean over the languages. */
  overall: Record<MatrixId, Change>;
  /** Each of its own variance; where z-scores are given, both by these. */
  variance: { before: VarianceShares | null; after: VarianceShares | null };
  /**
   * What the language bias is z-scored with: 'before' where the vectors of both runs lie in one space, so that the bias
   * can be compared; 'own' where each run has its own space; 'given': z-scores of texts that are not compared here.
   */
  scaler: 'before' | 'own' | 'given';
  /** null where one of the runs has no picture. */
  pictures: PicturePair | null;
  /** What is to be known before the numbers are read. */
  notices: string[];
}

/** Two runs in one picture. Row i of each is rendering i of the comparison's corpus. */
export interface PicturePair {
  /** [renderings, 2] */
  before: Matrix;
  /** Laid onto `before`. [renderings, 2] */
  after: Matrix;
  /** Share of the first picture's variance that the second one misses, in [0, 1]. */
  misfit: number;
}

/** What a run was. */
export interface RunSource {
  name: string;
  model: ModelProvenance;
}

/** Everything that the files of a comparison are written from. */
export interface ComparisonExport {
  isogloss: string;
  seed: number;
  comparison: RunComparison;
  before: RunSource;
  after: RunSource;
}
