import type { EmbeddedCorpus, ParallelCorpus, ReadChoices, ReadResult } from '../core/corpus.ts';
import type { RenderingTokens } from '../core/embeddings.ts';
import type { DeviceInfo, EmbeddingInfo, EncodedRequest, EncoderChoice } from '../core/encoder.ts';
import type { ExportInput } from '../core/export.ts';
import type { FittedVectors, LayerReport, VectorLayers } from '../core/layers.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type {
  AnalysisReport,
  DriftSummary,
  FactNeighbors,
  PictureQuality,
  ProjectionSettings,
} from '../core/report.ts';
import type { ComparisonExport, EmbeddedRun, RunComparison } from '../core/run-comparison.ts';
import type { Treatment } from '../core/treatment.ts';

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
  /** All files of a comparison of runs as a zip. */
  packComparison(request: { input: ComparisonExport }): Uint8Array;
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
    scaler: RunComparison['scaler'];
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
