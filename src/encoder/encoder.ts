import { AnalyzerError, cancelled } from '../core/errors.ts';
import type { DeviceInfo, EmbeddingInfo, EncodedTexts, EncoderChoice } from '../core/encoder.ts';
import { layerNames } from '../core/layers.ts';
import { matrix, takeRows, type Matrix } from '../core/matrix.ts';
import { breathe, type CallContext } from '../protocol/server.ts';
import { planBatches, type Batch } from './batches.ts';
import {
  createEngine,
  runBatch,
  tokenizeAll,
  type BatchVectors,
  type Engine,
  type TokenizedTexts,
} from './engine.ts';
import { collectModel } from './model-files.ts';
import { onnxFile, type ModelFiles, type ModelSource } from './model-source.ts';
import { checkBatching, checkReference, storedReference } from './parity.ts';
import { readingOf, wishedReading } from './reading.ts';
import { storedTrust } from './stored-trust.ts';
import { loadTransformers, type LoadedModel, type RuntimeFiles } from './transformers.ts';

export interface Encoder {
  info: EmbeddingInfo;
  /** Unit vectors and token counts for the texts, in any order; see `EncodedTexts.index`. Equal texts are encoded once. */
  embed(texts: readonly string[], context: CallContext): Promise<EncodedTexts>;
  dispose(): Promise<void>;
}

/**
 * Loads a model on one device and checks it: stored reference vectors (or, without any, that vectors are finite), and
 * that a text's vector does not depend on the texts it is batched with.
 *
 * @throws AnalyzerError `model/disagrees` when this device does not give the stored vectors
 */
export async function loadEncoder(
  request: {
    choice: EncoderChoice;
    device: DeviceInfo;
    source: ModelSource;
    runtime: RuntimeFiles | undefined;
  },
  context: CallContext,
): Promise<Encoder> {
  const { choice, device, source, runtime } = request;
  const model = await collectModel(choice, source, context);
  context.report({ stage: 'Starting the model', done: 0, total: 0 });
  const loaded = await start(choice, model, runtime);
  try {
    return await checkedEncoder({ choice, device, model, loaded }, context);
  } catch (failure) {
    await loaded.dispose();
    throw failure;
  }
}

async function checkedEncoder(
  request: { choice: EncoderChoice; device: DeviceInfo; model: ModelFiles; loaded: LoadedModel },
  context: CallContext,
): Promise<Encoder> {
  const { choice, device, model, loaded } = request;
  const own = readingOf(choice, model, loaded);
  const reading = wishedReading(own, choice, loaded.outputNames);
  const engine = createEngine(loaded, reading, choice);
  context.report({ stage: 'Checking the model', done: 0, total: 0 });
  const stored = storedReference(model.files);
  // Stored vectors were made as the model's card says, whatever is wished.
  const checked = stored === null ? engine : createEngine(loaded, own, choice);
  const parity = await checkReference(stored, checked, {
    device: device.description,
    dtype: choice.dtype,
  });
  const { independent, charactersPerSecond } = await checkBatching(engine);
  if (!independent) {
    engine.maxRows = 1;
    reading.notices.push(
      'With this model and precision a text’s vector changes with its batch; texts are encoded one by one.',
    );
  }
  return {
    info: {
      charactersPerSecond,
      notices: [...model.notices, ...reading.notices],
      trust: storedTrust(model.files),
      layers: layerNames(parity.layers),
      provenance: {
        id: choice.model,
        revision: model.revision,
        licence: reading.licence,
        dtype: choice.dtype,
        pooling: reading.pooling,
        prefix: reading.prefix,
        dimensions: parity.dimensions,
        maxTokens: reading.maxTokens,
        backend: device.id,
        device: device.description,
        parity: parity.difference,
        parityAgainst: parity.against,
        files: model.hashes,
      },
    },
    embed: (texts, callContext) => embedAll(engine, texts, callContext),
    dispose: () => loaded.dispose(),
  };
}

async function start(
  choice: EncoderChoice,
  model: ModelFiles,
  runtime: RuntimeFiles | undefined,
): Promise<LoadedModel> {
  const { device, dtype } = choice;
  try {
    return await loadTransformers({
      files: model.files,
      device,
      dtype,
      graph: onnxFile(dtype),
      runtime,
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AnalyzerError(
      'model/unusable',
      `The model ${choice.model} could not be started on ${device}: ${why}`,
      {
        hint: 'Choose another device, precision or model.',
        cause,
      },
    );
  }
}

const TOKENIZE_CHUNK = 256;

async function embedAll(
  engine: Engine,
  texts: readonly string[],
  { signal, report }: CallContext,
): Promise<EncodedTexts> {
  const { unique, positions } = distinct(texts);
  const tokenized: TokenizedTexts = {
    ids: [],
    unknown: new Int32Array(unique.length),
    truncated: new Uint8Array(unique.length),
  };
  for (let start = 0; start < unique.length; start += TOKENIZE_CHUNK) {
    if (signal.aborted) throw cancelled('Encoding');
    report({ stage: 'Cutting texts into tokens', done: start, total: unique.length });
    const part = tokenizeAll(engine, unique.slice(start, start + TOKENIZE_CHUNK));
    tokenized.ids.push(...part.ids);
    tokenized.unknown.set(part.unknown, start);
    tokenized.truncated.set(part.truncated, start);
    await breathe();
  }
  const lengths = tokenized.ids.map((tokens) => tokens.length);
  const finished: EncodedTexts[] = [];
  let done = 0;
  for (const batch of planBatches(lengths, engine.budget, engine.maxRows)) {
    if (signal.aborted) throw cancelled('Encoding');
    const part = spread(batch, await runBatch(engine, tokenized.ids, batch), tokenized, positions);
    finished.push(part);
    done += part.index.length;
    report({ stage: 'Encoding', done, total: texts.length, partial: part });
    await breathe();
  }
  return concatenate(finished);
}

/** Equal texts get one run; `positions[u]` lists where unique text u stands. */
function distinct(texts: readonly string[]): { unique: string[]; positions: number[][] } {
  const seen = new Map<string, number[]>();
  texts.forEach((text, i) => {
    const places = seen.get(text);
    if (places === undefined) seen.set(text, [i]);
    else places.push(i);
  });
  return { unique: [...seen.keys()], positions: [...seen.values()] };
}

function spread(
  batch: Batch,
  { vectors, layers }: BatchVectors,
  { ids, unknown, truncated }: TokenizedTexts,
  positions: number[][],
): EncodedTexts {
  const rows = batch.texts.flatMap((text, r) =>
    positions[text].map((place) => ({ text, r, place })),
  );
  const runs = rows.map(({ r }) => r);
  return {
    index: Int32Array.from(rows, ({ place }) => place),
    vectors: takeRows(vectors, runs),
    layers: layers.map((layer) => takeRows(layer, runs)),
    tokens: Int32Array.from(rows, ({ text }) => ids[text].length),
    unknown: Int32Array.from(rows, ({ text }) => unknown[text]),
    truncated: Uint8Array.from(rows, ({ text }) => truncated[text]),
  };
}

function concatenate(parts: EncodedTexts[]): EncodedTexts {
  const numbers = (of: (part: EncodedTexts) => Int32Array): Int32Array =>
    Int32Array.from(parts.flatMap((part) => Array.from(of(part))));
  return {
    index: numbers(({ index }) => index),
    vectors: stacked(parts.map(({ vectors }) => vectors)),
    layers: (parts[0]?.layers ?? []).map((_, k) => stacked(parts.map(({ layers }) => layers[k]))),
    tokens: numbers(({ tokens }) => tokens),
    unknown: numbers(({ unknown }) => unknown),
    truncated: Uint8Array.from(parts.flatMap(({ truncated }) => Array.from(truncated))),
  };
}

/** The rows of all, one below the other. */
function stacked(parts: Matrix[]): Matrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const result = matrix(rows, parts[0]?.columns ?? 0);
  let offset = 0;
  for (const { data } of parts) {
    result.data.set(data, offset);
    offset += data.length;
  }
  return result;
}
