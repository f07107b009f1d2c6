import { AnalyzerError } from '../core/errors.ts';
import type { EncoderApi } from '../protocol/api.ts';
import { inTurn, type Handlers } from '../protocol/server.ts';
import { browserDevices } from './devices.ts';
import { loadEncoder, type Encoder } from './encoder.ts';
import type { ModelSource } from './model-source.ts';
import type { RuntimeFiles } from './transformers.ts';
import { clearVectors, keptBytes, type VectorStore } from './vector-cache.ts';

/** What the encoder worker answers. One model for the worker's life; calls to it run one after another. */
export function encoderHandlers({
  source,
  runtime,
  store,
}: {
  source: ModelSource;
  runtime: RuntimeFiles;
  store: VectorStore;
}): Handlers<EncoderApi> {
  let encoder: Encoder | undefined;
  const queue = inTurn();
  return {
    probe: browserDevices,
    load: (choice, context) =>
      queue(async () => {
        const device = (await browserDevices()).find(({ id }) => id === choice.device);
        if (device?.available !== true) {
          throw new AnalyzerError(
            'gpu/unavailable',
            device?.reason ?? `There is no device ${choice.device}.`,
            {
              hint: 'The CPU can be used instead, more slowly.',
            },
          );
        }
        encoder = await loadEncoder({ choice, device, source, runtime, store }, context);
        return encoder.info;
      }),
    embed: ({ texts, keep }, context) =>
      queue(async () => {
        if (encoder === undefined) throw new AnalyzerError('internal', 'No model is loaded.');
        return encoder.embed(texts, context, keep);
      }),
    keptVectors: async () => ({ bytes: await keptBytes(store) }),
    clearVectors: async () => {
      await clearVectors(store);
      return { bytes: await keptBytes(store) };
    },
  };
}
