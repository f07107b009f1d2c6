import type { Matrix } from './matrix.ts';
import type { Pooling } from './models.ts';
import type { ModelProvenance } from './report.ts';
import type { EncoderTrust } from './trust.ts';

export type DeviceId = 'webgpu' | 'wasm' | 'native';

export interface DeviceInfo {
  id: DeviceId;
  /** What runs the model, in words: `WebGPU, NVIDIA Ada, fp32` or `CPU (WebAssembly, 2 threads)`. */
  description: string;
  available: boolean;
  /** A GPU that is emulated by the CPU: counts as a CPU. */
  software: boolean;
  /** Why it is not available, or ''. */
  reason: string;
}

/** A model folder as it was dropped: bytes by path inside the folder, laid out as the hub does. */
export type ModelFolder = Record<string, Uint8Array>;

/** How a model is read, where that is not as its card says. */
export interface ReadingWish {
  pooling?: Pooling;
  prefix?: string;
}

export interface EncoderChoice extends ReadingWish {
  /** An id of the registry, a hub id (`owner/name`), or the dropped folder's name. */
  model: string;
  folder?: ModelFolder;
  device: DeviceId;
  dtype: string;
}

/** What is fixed when an encoder is ready; shown and exported. */
export interface EmbeddingInfo {
  provenance: ModelProvenance;
  notices: string[];
  /** How well it reads each language, with canonical tags; null where nothing was measured. */
  trust: EncoderTrust | null;
  /** Names of the layers whose vectors it gives, first to last; none where its graph gives the last vectors only. */
  layers: string[];
  /** Speed on the reference texts, for an estimate; 0 when not measured. */
  charactersPerSecond: number;
}

/** Unit rows and token counts for texts, in the order of `index`. vectors: [index.length, d] */
export interface EncodedTexts {
  /** Position of each row's text in the request. */
  index: Int32Array;
  vectors: Matrix;
  /** The same by layer of the model, first to last; none where its graph gives them not. [index.length, d] each */
  layers: Matrix[];
  tokens: Int32Array;
  unknown: Int32Array;
  /** 1 where the text was longer than the encoder reads. */
  truncated: Uint8Array;
  /** 1 where the vector is that of an earlier run, which kept it. */
  kept: Uint8Array;
}

/** All texts of a request. */
export interface EncodedRequest extends EncodedTexts {
  /** What could not be kept or read of what was kept. */
  notices: string[];
}
