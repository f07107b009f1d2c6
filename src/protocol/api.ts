import type { Adapter, AdapterRecord, FitSettings, PreferencePairs } from '../core/adapter.ts';
import type { AnswersSummary } from '../core/answers.ts';
import type {
  CountedCorpus,
  EmbeddedCorpus,
  ParallelCorpus,
  ReadChoices,
  ReadResult,
} from '../core/corpus.ts';
import type { CoverageReport, OffTarget, RunLanguage, Taxonomy } from '../core/coverage.ts';
import type { RenderingTokens } from '../core/embeddings.ts';
import type { DeviceInfo, EmbeddingInfo, EncodedRequest, EncoderChoice } from '../core/encoder.ts';
import type { ExportInput } from '../core/export.ts';
import type { FittedVectors, LayerReport, VectorLayers } from '../core/layers.ts';
import type { LabExport, LabReport, LanguageLeftOut } from '../core/lab.ts';
import type { LintResult, NegativesResult } from '../core/lint.ts';
import type { MarkerProfiles } from '../core/marker-profiles.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { ChoiceGrid, QuestionAnswers } from '../core/question-answers.ts';
import type {
  AnalysisReport,
  DriftSummary,
  FactNeighbors,
  ModelProvenance,
  PictureQuality,
  ProjectionSettings,
} from '../core/report.ts';
import type {
  ComparisonExport,
  EmbeddedRun,
  PicturePair,
  RunComparison,
} from '../core/run-comparison.ts';
import type { AllocationPlan, PlanExport, PlanRequest } from '../core/plan.ts';
import type {
  AlignmentJoin,
  ModelDifference,
  QuestionAlignment,
  Scorecard,
  ScoreExport,
  ScoreSettings,
  TaskScores,
} from '../core/scorecard.ts';
import type { Treatment } from '../core/treatment.ts';
import type { EncoderTrust } from '../core/trust.ts';
import type { OpenAnswers, VoteMode, VoteSettings, VoteSummary } from '../core/votes.ts';
import type {
  PairChanges,
  PairPage,
  PairQuery,
  PairWishes,
  TrainingFormat,
} from '../core/preference-pairs.ts';

export interface NamedFile {
  /** With the path inside a dropped folder. */
  name: string;
  content: Blob;
}

export interface DriftResult {
  reference: number | 'centroid';
  /** Row-major [facts, languages]; NaN for holes. */
  values: Float32Array;
  summaries: DriftSummary[];
}

/** Keeps what was dropped; every answer describes all of it. Writes exports too, so that the page never waits for either. */
export interface FilesApi {
  add(request: { files: NamedFile[] }): ReadResult;
  choose(request: { choices: ReadChoices }): ReadResult;
  remove(request: { file: string }): ReadResult;
  clear(request: Record<string, never>): ReadResult;
  /** The vectors of one of the result's `vectorFiles`, fitted to the corpus. */
  vectors(request: { file: string }): FittedVectors;
  /** One file of the export by its path, or all of them as a zip. */
  pack(request: { input: ExportInput; path: string | null }): Uint8Array;
  /**
   * Adapters among these files, with the hashes of their own: alone, or in the folder or zip that the lab saves. A broken
   * one is refused in a sentence. `left` names the files that hold something else.
   */
  takeAdapters(request: { files: NamedFile[] }): {
    adapters: { file: string; record: AdapterRecord; sha256: string }[];
    left: string[];
  };
  /** SHA-256 of the file that an adapter would be written to. */
  hashAdapter(request: { record: AdapterRecord }): string;
  /** All files of a comparison of runs as a zip. */
  packComparison(request: { input: ComparisonExport }): Uint8Array;
  /** An adapter's file with its model card and all numbers of its fit as a zip. */
  packLab(request: LabExport): Uint8Array;
  /** All files of a plan as a zip. */
  packPlan(request: { input: PlanExport }): Uint8Array;
}

/** What one model answered to the questions of one task. */
export interface AnswersOf {
  task: number;
  model: number;
  settings: ScoreSettings;
}

/**
 * Keeps what models answered; the table never leaves it. Every drop goes here first: what is no answer is left for the
 * files worker.
 */
export interface AnswersApi extends LintApi, NegativesApi, CoverageApi, OpenApi {
  /** Names of the files that hold settings, not data. */
  settingsAmong(request: { files: NamedFile[] }): { taxonomies: string[]; profiles: string[] };
  /** Progress counts bytes. `left` names the dropped files that hold something else. */
  add(request: { files: NamedFile[] }): { left: string[]; summary: AnswersSummary };
  profiles(request: { name: string; text: string }): MarkerProfiles;
  summary(request: Record<string, never>): AnswersSummary;
  remove(request: { file: string }): AnswersSummary;
  clear(request: Record<string, never>): AnswersSummary;
  /** All scores, without the lists of single questions, which `scores` gives. */
  scorecard(request: { settings: ScoreSettings }): Scorecard;
  /** One model on one task in full; null where it gave no answer there. */
  scores(request: AnswersOf): TaskScores | null;
  /** null where one of them gave no answer there. */
  difference(
    request: Pick<AnswersOf, 'settings' | 'task'> & { models: [first: number, second: number] },
  ): ModelDifference | null;
  /** Alignment of the questions against consistency of the answers of one model on one task. */
  joins(request: AnswersOf & { alignments: QuestionAlignment[] }): AlignmentJoin[];
  /** The same over all tasks, and the difference of two models on each: what is written beside the scores. */
  comparisons(request: {
    settings: ScoreSettings;
    /** null where no two models are compared. */
    models: [first: number, second: number] | null;
    alignments: QuestionAlignment[];
  }): Pick<ScoreExport, 'differences' | 'joins'>;
  /** The questions as a table of facts, a column per language. */
  questionFacts(request: Record<string, never>): { csv: string };
  /** The files of a scorecard as `isogloss score` writes them, as a zip. */
  packScores(
    request: Pick<AnswersOf, 'settings'> & {
      /** Whether xSC of the open answers that are encoded is written, too. */
      similarity: boolean;
    } & Pick<ScoreExport, 'isogloss' | 'differences' | 'joins' | 'document'>,
  ): Uint8Array;
  /** Votes of one model on one task over languages and samples; null where nothing votes. */
  votes(request: AnswersOf & { mode: VoteMode } & VoteSettings): VoteSummary | null;
  /** Votes of all models on all tasks as `isogloss vote` writes them, as a zip. */
  packVotes(
    request: { settings: ScoreSettings; mode: VoteMode; isogloss: string } & VoteSettings,
  ): Uint8Array;
  /** Archives as folders of one, with a manifest: what it is given, and the files that were read with their hashes. */
  bundle(request: {
    manifest: Record<string, unknown>;
    folders: Record<string, Uint8Array>;
  }): Uint8Array;
  /** A page of the pairs that the votes make. */
  pairs(request: { settings: ScoreSettings; wishes: PairWishes; query: PairQuery }): PairPage;
  /** Training files of the pairs with their audit sheet, zipped. */
  packPairs(request: {
    settings: ScoreSettings;
    wishes: PairWishes;
    format: TrainingFormat;
    /** Whether each row carries where it comes from. */
    meta: boolean;
    changes: PairChanges;
    isogloss: string;
  }): Uint8Array;
  /** Every question of a task with what a model chose in each language. */
  grid(request: AnswersOf): ChoiceGrid;
  /** One question with what a model answered in every language. */
  question(request: Omit<AnswersOf, 'task'> & { question: number }): QuestionAnswers;
}

/** Open answers of the files that the answers worker keeps. */
export interface OpenApi {
  /** Texts of a model's answers to open questions, each once. */
  openTexts(request: { model: number }): string[];
  /** Unit rows of the texts of `openTexts`, which take the place of those before: votes and pairs of mode open need them. */
  takeOpenVectors(request: { model: number; vectors: Matrix; encoder: ModelProvenance }): void;
  openAnswers(request: AnswersOf & VoteSettings): OpenAnswers;
}

/** Lint of the files that the answers worker keeps. */
export interface LintApi {
  lint(request: { seed: number }): LintResult;
  /** Prompts of the rows of training, each once. */
  trainingPrompts(request: Record<string, never>): string[];
  /** Unit rows of the texts of `trainingPrompts`: from then on lint seeks near duplicates in these files. */
  comparePrompts(request: { vectors: Matrix }): void;
  /**
   * What `isogloss lint` writes, as a zip. `files`: as they were dropped, to be written mended with a log of every change;
   * null mends none. `archived` names those that should change but lie in archives: they are left out.
   */
  packLint(request: { isogloss: string; seed: number; files: NamedFile[] | null }): {
    zip: Uint8Array;
    archived: string[];
  };
}

/** Whether an encoder tells false facts from true ones: made here, encoded by the page, judged here. */
export interface NegativesApi {
  /** False statements made of the texts in a language, which are kept until others are made. */
  makeNegatives(request: { corpus: ParallelCorpus; language: number; seed: number }): string[];
  /** `vectors`: unit rows of the renderings, then of the false statements. */
  judgeNegatives(request: { vectors: Matrix }): NegativesResult;
  /** What `isogloss lint --hard-negatives` writes, as a zip. */
  packNegatives(request: { isogloss: string; model: ModelProvenance }): Uint8Array;
}

/** What the page knows of the facts, the encoder and its run; null where there is none. */
export interface CoverageRequest {
  corpus: CountedCorpus | null;
  run: RunLanguage[] | null;
  trust: EncoderTrust | null;
  taxonomy: Taxonomy | null;
  seed: number;
}

/** What there is of each language. */
export interface CoverageApi {
  taxonomy(request: { name: string; text: string }): Taxonomy;
  /** Without the answers off target. */
  coverage(request: CoverageRequest): Omit<CoverageReport, 'offTarget'>;
  /** Progress counts answers. */
  offTarget(request: Record<string, never>): OffTarget[];
  /** What `isogloss coverage` writes, as a zip. `notices`: findings about the files of facts. */
  packCoverage(request: CoverageRequest & { isogloss: string; notices: string[] }): Uint8Array;
}

export interface EncoderApi {
  /** Which devices this browser offers; nothing is loaded. */
  probe(request: Record<string, never>): DeviceInfo[];
  load(request: EncoderChoice): EmbeddingInfo;
  /** Progress counts the texts to encode; it carries `partial: EncodedTexts` for those finished since the last report. */
  embed(request: {
    texts: string[];
    /** Takes vectors that earlier runs kept, and keeps new ones. */
    keep: boolean;
  }): EncodedRequest;
  /** Bytes of the vectors that are kept between visits. */
  keptVectors(request: Record<string, never>): { bytes: number };
  clearVectors(request: Record<string, never>): { bytes: number };
}

export interface AnalysisApi {
  /** Chooses and checks the kernels; keeps the corpus and a copy of its vectors, one row per rendering. */
  load(request: {
    corpus: ParallelCorpus;
    vectors: Matrix;
    /** null where the vectors were given, not made. */
    tokens: RenderingTokens | null;
    device: 'auto' | 'webgpu' | 'wasm';
  }): {
    backend: string;
    device: string;
    tolerance: number;
    notices: string[];
  };
  /** Two principal components of all rows, for a picture at once. [rows, 2] */
  principal(request: Record<string, never>): Matrix;
  /**
   * `pivot` is the index of the language that tokens are counted against. Progress carries `partial: PairReport[]` as
   * language pairs finish.
   */
  compare(request: { seed: number; pivot: number }): AnalysisReport;
  /** The same by layer; the vectors of the layers come with the call. Progress carries `partial: LayerReport[]`. */
  layers(request: { layers: VectorLayers; seed: number }): LayerReport[];
  /** Drift of the last comparison against a language (by index) or the mean of the others, with its summary by language. */
  drift(request: { reference: number | 'centroid'; seed: number }): DriftResult;
  /** The loaded texts with their vectors after a treatment. */
  treat(request: { treatment: Treatment }): EmbeddedCorpus;
  /** The loaded run with another one. `scaler`: see `RunComparison`. */
  compareRuns(request: {
    /** Picture of the loaded run. [renderings, 2] */
    picture: Matrix | null;
    other: EmbeddedRun;
    otherIs: 'before' | 'after';
    scaler: Exclude<RunComparison['scaler'], 'given'>;
    seed: number;
  }): RunComparison;
  /**
   * Speed of one round of the kernels on made-up vectors, in GFLOP/s; needs nothing loaded and leaves what is. The device
   * is that of the first call.
   */
  measure(request: { device: 'webgpu' | 'wasm'; seed: number }): { device: string; speed: number };
  /** The k nearest renderings of each; known already after a comparison, for the projection's k. */
  neighbors(request: { k: number; seed: number }): Neighbors;
  /** What lies nearest to each rendering of one fact. */
  factNeighbors(request: { fact: number; k: number }): FactNeighbors;
  /** Ranks of the given picture's neighbours among the vectors' neighbours, and the other way round. */
  judgePicture(request: { picture: Matrix; k: number; wide: number; seed: number }): PictureQuality;
}

export interface ProjectionApi {
  /** Progress carries `partial: Matrix`, the picture so far; it begins anew where the CPU takes the GPU's place. */
  layout(request: {
    neighbors: Neighbors;
    start: Matrix;
    seed: number;
    device: 'webgpu' | 'wasm';
  }): {
    picture: Matrix;
    settings: ProjectionSettings;
    notices: string[];
  };
}

/** Fits adapters over the vectors of a run, and judges them on facts that they never saw. */
export interface LabApi {
  /** Keeps the run, chooses the kernels and what training runs on. */
  load(request: { corpus: ParallelCorpus; vectors: Matrix; device: 'auto' | 'webgpu' | 'wasm' }): {
    device: string;
    notices: string[];
  };
  /** Progress carries `partial: CurvePoint[]` while parameters are learned. `preferences`: for T6 whose pairs are of answers. */
  fit(request: { settings: FitSettings; preferences: PreferencePairs | null }): LabReport;
  /**
   * The held-out facts in all metrics, before and after an adapter of `fit`. Progress carries `partial: PairChange[]`, the
   * next of the pairs of languages, which the answer is without: all at once would stop the page for a while.
   */
  compareHeldOut(request: { adapter: Adapter; seed: number }): RunComparison;
  /** Ends the training that is going on; its fit goes on with the best parameters so far. */
  finishTraining(request: Record<string, never>): void;
  /** T4, T5 and T6 without each of the languages in turn, trained for as many steps as `steps`. Progress carries `partial: LanguageLeftOut[]`, all so far. */
  leaveOneOut(request: {
    settings: FitSettings;
    steps: number;
    preferences: PreferencePairs | null;
  }): LanguageLeftOut[];
  /** Vectors of these texts after the adapter; languages whose mean had to be taken from them. */
  apply(request: { adapter: Adapter } & EmbeddedCorpus): {
    vectors: Matrix;
    meansFromTexts: string[];
  };
  /** The pictures of two runs of the same texts in one frame. [rows, 2] each */
  pictures(request: { before: Matrix; after: Matrix }): PicturePair;
}

/** Turns measured disparity and a budget into an allocation of data. */
export interface PlanApi {
  plan(request: PlanRequest): AllocationPlan;
}
