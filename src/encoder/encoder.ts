import type { DeviceInfo, EmbeddingInfo, EncodedRequest, EncoderChoice } from '../core/encoder.ts';
import { AnalyzerError } from '../core/errors.ts';
import { layerNames } from '../core/layers.ts';
import type { CallContext } from '../protocol/server.ts';
import { embedAll } from './embed.ts';
import { createEngine, type Engine, type Reading } from './engine.ts';
import { collectModel } from './model-files.ts';
import { onnxFile, type ModelFiles, type ModelSource } from './model-source.ts';
import { checkBatching, checkReference, storedReference } from './parity.ts';
import { readingOf, wishedReading } from './reading.ts';
import { storedTrust } from './stored-trust.ts';
import {
  loadTransformers,
  RUNTIME_VERSION,
  type LoadedModel,
  type RuntimeFiles,
} from './transformers.ts';
import { openCache, packName, type Pack, type VectorStore } from './vector-cache.ts';

export interface Encoder {
  info: EmbeddingInfo;
  /**
   * Unit vectors and token counts for the texts, in any order; see `EncodedTexts.index`. Equal texts are encoded once.
   * Progress counts the texts that have to be encoded, and carries `partial: EncodedTexts`. Without `keep` every text is
   * encoded, whatever earlier runs kept.
   */
  embed(texts: readonly string[], context: CallContext, keep?: boolean): Promise<EncodedRequest>;
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
    /** Where vectors are kept between runs; they are not when absent. */
    store?: VectorStore;
  },
  context: CallContext,
): Promise<Encoder> {
  const { choice, device, source, runtime, store } = request;
  const model = await collectModel(choice, source, context);
  context.report({ stage: 'Starting the model', done: 0, total: 0 });
  const loaded = await start(choice, model, runtime);
  try {
    return await checkedEncoder({ choice, device, model, loaded, store }, context);
  } catch (failure) {
    await loaded.dispose();
    throw failure;
  }
}

async function checkedEncoder(
  request: {
    choice: EncoderChoice;
    device: DeviceInfo;
    model: ModelFiles;
    loaded: LoadedModel;
    store: VectorStore | undefined;
  },
  context: CallContext,
): Promise<Encoder> {
  const { choice, device, model, loaded, store } = request;
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
    // Where a vector depends on its batch, padding is felt too.
    engine.limits = { ...engine.limits, maxRows: 1, step: 1 };
    reading.notices.push(
      'With this model and precision a text’s vector changes with its batch; texts are encoded one by one.',
    );
  }
  const made = settingsOf({ choice, device, model, reading }, parity.dimensions);
  const pack = await packFor(made, parity.layers, engine);
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
        ...made,
        parity: parity.difference,
        parityAgainst: parity.against,
      },
    },
    embed: (texts, callContext, keep = true) => {
      const cache = keep && store !== undefined ? openCache(store, pack) : null;
      return embedAll(engine, cache, texts, callContext);
    },
    dispose: () => loaded.dispose(),
  };
}

/** What decides about vectors; all of it is told with a run. */
function settingsOf(
  of: { choice: EncoderChoice; device: DeviceInfo; model: ModelFiles; reading: Reading },
  dimensions: number,
) {
  const { choice, device, model, reading } = of;
  return {
    dtype: choice.dtype,
    pooling: reading.pooling,
    prefix: reading.prefix,
    dimensions,
    maxTokens: reading.maxTokens,
    backend: device.id,
    device: device.description,
    files: model.hashes,
  };
}

/** The pack of everything that decides about vectors, and what its rows hold. */
async function packFor(
  settings: ReturnType<typeof settingsOf>,
  layers: number,
  { limits }: Engine,
): Promise<Pack> {
  const name = await packName({ ...settings, layers, limits, runtime: RUNTIME_VERSION });
  return { name, shape: { layers, dimensions: settings.dimensions } };
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
