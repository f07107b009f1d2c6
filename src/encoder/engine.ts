import type { EncoderChoice } from '../core/encoder.ts';
import { normalizeNonzeroRows, normalizeRows, type Matrix } from '../core/matrix.ts';
import type { Pooling } from '../core/models.ts';
import { tokenBudget, type Batch, type BatchLimits } from './batches.ts';
import { layersOf, outputFor, pool } from './pool.ts';
import type { LoadedModel } from './transformers.ts';

/** Floating-point operations in a fifth of a second at most, on what few machines are slower than. */
const OPERATIONS_PER_BATCH = { wasm: 4e9, native: 1.2e10, webgpu: 6e10 };

/** Padded lengths step by so many tokens: few shapes reach a GPU and its buffers are used again; a CPU has no use for that. */
const LENGTH_STEP = { wasm: 1, native: 1, webgpu: 8 };

/** The output with one vector of each text for each layer. [texts, layers, d] */
const LAYERS = 'layer_embeddings';

/** What the model itself says about how to read it, where the list of models does not. */
export interface Reading {
  pooling: Pooling;
  prefix: string;
  maxTokens: number;
  licence: string;
  notices: string[];
}

/** Texts as tokens, cut to what the model reads. */
export interface TokenizedTexts {
  ids: number[][];
  unknown: Int32Array;
  truncated: Uint8Array;
}

/** A model, and how it is read: what turns token ids into vectors. */
export interface Engine {
  loaded: LoadedModel;
  reading: Reading;
  output: string;
  /** The graph also answers `layer_embeddings`. */
  hasLayers: boolean;
  /** How texts are put together for one run. */
  limits: BatchLimits;
}

export function createEngine(loaded: LoadedModel, reading: Reading, choice: EncoderChoice): Engine {
  const { hidden_size: width = 384, num_hidden_layers: layers = 12 } = loaded.config as Record<
    string,
    number
  >;
  return {
    loaded,
    reading,
    output: outputFor(reading.pooling, loaded.outputNames),
    hasLayers: loaded.outputNames.includes(LAYERS),
    limits: {
      budget: tokenBudget(width, layers, OPERATIONS_PER_BATCH[choice.device]),
      step: LENGTH_STEP[choice.device],
      maxRows: 256,
    },
  };
}

/** Token ids of each text with the model's prefix, cut to what it reads. */
export function tokenizeAll({ loaded, reading }: Engine, texts: readonly string[]): TokenizedTexts {
  const prefixed = texts.map((text) => reading.prefix + text);
  const ids = loaded.tokenize(prefixed);
  const unknown = new Int32Array(texts.length);
  const truncated = new Uint8Array(texts.length);
  ids.forEach((tokens, i) => {
    if (tokens.length > reading.maxTokens) {
      truncated[i] = 1;
      ids[i] = loaded.tokenizeCut(prefixed[i], reading.maxTokens);
    }
    unknown[i] = ids[i].filter((token) => token === loaded.unknownId).length;
    // A text without a single token (only characters the tokenizer drops) still needs a vector.
    if (ids[i].length === 0) ids[i] = [loaded.unknownId ?? loaded.padId];
  });
  return { ids, unknown, truncated };
}

/** What one run of the model gives for its texts. [texts, d] each */
export interface BatchVectors {
  vectors: Matrix;
  /** First to last; none where the graph gives none. */
  layers: Matrix[];
}

/**
 * One run of the model. Row r of the answer belongs to `batch.texts[r]`; unit length, checked finite. Only in `layers` a
 * row may be all zeros.
 */
export async function runBatch(
  { loaded, reading, output, hasLayers }: Engine,
  ids: number[][],
  batch: Batch,
): Promise<BatchVectors> {
  const rows = batch.texts.length;
  const flat = new BigInt64Array(rows * batch.length).fill(BigInt(loaded.padId));
  const mask = new BigInt64Array(rows * batch.length);
  batch.texts.forEach((text, r) => {
    ids[text].forEach((token, t) => {
      flat[r * batch.length + t] = BigInt(token);
      mask[r * batch.length + t] = 1n;
    });
  });
  const outputs = hasLayers ? [output, LAYERS] : [output];
  const tokens = { ids: flat, mask, rows, length: batch.length };
  const [answer, byLayer] = await loaded.run(tokens, outputs);
  const counts = batch.texts.map((text) => ids[text].length);
  const vectors = normalizeRows(pool(answer, reading.pooling, counts), 'the model’s output');
  const layers = hasLayers ? layersOf(byLayer, vectors.columns) : [];
  layers.forEach((layer, k) => normalizeNonzeroRows(layer, `the model’s layer ${k}`));
  return { vectors, layers };
}
