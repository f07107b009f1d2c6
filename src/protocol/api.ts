import type { ParallelCorpus, ReadChoices, ReadResult } from '../core/corpus.ts';
import type { EmbeddingInfo, EncoderChoice, EncodedTexts, DeviceInfo } from '../core/encoder.ts';
import type { ExportInput } from '../core/export.ts';
import type { FittedVectors, LayerReport, VectorLayers } from '../core/layers.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { AnalysisReport, DriftSummary, ProjectionProvenance } from '../core/report.ts';

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
}

export interface EncoderApi {
  /** Which devices this browser offers; nothing is loaded. */
  probe(request: Record<string, never>): DeviceInfo[];
  load(request: EncoderChoice): EmbeddingInfo;
  /** Progress carries `partial: EncodedTexts` for the texts finished since the last report. */
  embed(request: { texts: string[] }): EncodedTexts;
}

export interface AnalysisApi {
  /** Chooses and checks the kernels; keeps the corpus and a copy of its vectors, one row per rendering. */
  load(request: { corpus: ParallelCorpus; vectors: Matrix; device: 'auto' | 'webgpu' | 'wasm' }): {
    backend: string;
    device: string;
    tolerance: number;
    notices: string[];
  };
  /** Two principal components of all rows, for a picture at once. [rows, 2] */
  principal(request: Record<string, never>): Matrix;
  /** Progress carries `partial: PairReport[]` as language pairs finish. */
  compare(request: { seed: number }): AnalysisReport;
  /** The same by layer; the vectors of the layers come with the call. Progress carries `partial: LayerReport[]`. */
  layers(request: { layers: VectorLayers; seed: number }): LayerReport[];
  /** Drift of the last comparison against a language (by index) or the mean of the others, with its summary by language. */
  drift(request: { reference: number | 'centroid'; seed: number }): DriftResult;
  neighbors(request: { k: number }): Neighbors;
  /** Ranks of the given picture's neighbours among the vectors' neighbours: trustworthiness in [0, 1]. */
  trustworthiness(request: { picture: Matrix; k: number; seed: number }): {
    value: number;
    points: number;
  };
}

export interface ProjectionApi {
  /** Progress carries `partial: Matrix`, the picture so far. */
  layout(request: { neighbors: Neighbors; start: Matrix; seed: number }): {
    picture: Matrix;
    settings: Pick<ProjectionProvenance, 'engine' | 'neighbors' | 'epochs' | 'minDist' | 'metric'>;
  };
}
