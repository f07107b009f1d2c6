import { readFile } from 'node:fs/promises';
import type { DeviceInfo, ModelFolder } from '../../src/core/encoder.ts';
import type { Engine } from '../../src/encoder/engine.ts';
import type { ModelSource } from '../../src/encoder/model-source.ts';
import { BUNDLED_MODEL, cardOf } from '../../src/core/models.ts';
import type { LoadedModel, TokenBatch } from '../../src/encoder/transformers.ts';

export const CPU: DeviceInfo = {
  id: 'native',
  description: 'CPU',
  available: true,
  software: false,
  reason: '',
};

/** The bundled encoder's files, by their paths in its folder. */
export async function bundledFiles(): Promise<ModelFolder> {
  const paths = Object.keys(cardOf(BUNDLED_MODEL)?.files ?? {});
  const entries = paths.map(async (path) => [
    path,
    new Uint8Array(await readFile(`public/models/${BUNDLED_MODEL}/${path}`)),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as ModelFolder;
}

/** A source that keeps everything in memory; bundled files come from `bundled`, by path in the model's folder. */
export function memorySource(options: { hub?: string; bundled?: ModelFolder } = {}): ModelSource & {
  kept: Map<string, Uint8Array>;
} {
  const { hub = 'http://127.0.0.1:1', bundled = {} } = options;
  const kept = new Map<string, Uint8Array>();
  return {
    hub,
    kept,
    readBundled: (path) => Promise.resolve(bundled[path.slice(path.indexOf('/') + 1)]),
    read: (key) => Promise.resolve(kept.get(key)),
    write: (key, bytes) => {
      kept.set(key, bytes);
      return Promise.resolve();
    },
  };
}

/** What a test may say about a model that exists on paper only. */
interface PaperModel {
  /** Vector of a token, by its id and the length that its batch is padded to. */
  tokenVector?: (token: number, length: number) => number[];
  maxTokens?: number;
  prefix?: string;
  /** Vectors of two layers for each text of a batch, text by text; no such output when absent. */
  layers?: number[][];
}

/** A model whose tokens are characters, read by their mean. The tokens of `~` are unknown; a space has none. */
export function paperEngine({
  tokenVector = onCircle,
  maxTokens = 100,
  prefix = '',
  layers = [],
}: PaperModel = {}): Engine & {
  batches: TokenBatch[];
} {
  const batches: TokenBatch[] = [];
  const tokenize = (text: string): number[] =>
    Array.from(text.replaceAll(' ', ''), (sign) => (sign === '~' ? 1 : (sign.codePointAt(0) ?? 1)));
  const loaded: LoadedModel = {
    tokenize: (texts) => texts.map(tokenize),
    tokenizeCut: (text, limit) => tokenize(text).slice(0, limit),
    unknownId: 1,
    padId: 0,
    maxTokens,
    config: {},
    inputNames: ['input_ids', 'attention_mask'],
    outputNames: ['last_hidden_state', ...(layers.length > 0 ? ['layer_embeddings'] : [])],
    run: (batch, outputs) => {
      batches.push(batch);
      const vectors = Array.from(batch.ids, (id) => tokenVector(Number(id), batch.length));
      const tokens = {
        data: Float32Array.from(vectors.flat()),
        dims: [batch.rows, batch.length, vectors[0].length],
      };
      return Promise.resolve(
        outputs.map((name) =>
          name === 'layer_embeddings'
            ? { data: Float32Array.from(layers.flat()), dims: [batch.rows, 2, layers[0].length] }
            : tokens,
        ),
      );
    },
    dispose: () => Promise.resolve(),
  };
  const reading = { pooling: 'mean', prefix, maxTokens, licence: '', notices: [] } as const;
  return {
    loaded,
    reading: { ...reading, notices: [] },
    output: 'last_hidden_state',
    hasLayers: layers.length > 0,
    limits: { budget: 64, step: 8, maxRows: 256 },
    batches,
  };
}

function onCircle(token: number): number[] {
  return [Math.cos(token), Math.sin(token), 1];
}
