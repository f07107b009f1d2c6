import { pipeline } from '@huggingface/transformers';
import type { DeviceId, EncodedTexts, ModelFolder } from '../../src/core/encoder.ts';
import { dot, row } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { loadEncoder } from '../../src/encoder/encoder.ts';
import type { ModelSource } from '../../src/encoder/model-source.ts';
import type { RuntimeFiles } from '../../src/encoder/transformers.ts';
import { unwatched } from '../helpers/contexts.ts';
import { memoryStore } from '../helpers/vector-stores.ts';

/** Vectors of the texts, in their order. */
export type Contestant = () => Promise<Float32Array[]>;

export interface EncodeContest {
  /** Every text anew. */
  ours: Contestant;
  /** The same texts a second time: vectors are kept since the first. */
  secondVisit: Contestant;
  /** The plain pipeline as its documentation shows it: input order, 64 texts at a time, mean pooling, normalized. */
  plain: Contestant;
  /** The plain pipeline text by text: what a quantized vector is that does not depend on its batch. */
  plainAlone: Contestant;
  /** Padded tokens over real ones in the plain pipeline's batches. */
  waste: number;
  dispose(): Promise<void>;
}

/** A folder brings all its files. */
const NOWHERE: ModelSource = {
  hub: '',
  readBundled: () => Promise.reject(new Error('nothing is bundled with a contest')),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
};

/** Both encoders on one model folder, loaded and warm. For Node (`native`) and for a browser (`wasm`, `webgpu`). */
export async function encodeContest(request: {
  folder: ModelFolder;
  dtype: string;
  device: DeviceId;
  runtime: RuntimeFiles | undefined;
  texts: string[];
}): Promise<EncodeContest> {
  const { folder, dtype, device: id, runtime, texts } = request;
  const device = { id, description: id, available: true, software: false, reason: '' };
  const choice = { model: 'contest', folder, device: id, dtype };
  const encoder = await loadEncoder(
    { choice, device, source: NOWHERE, runtime, store: memoryStore() },
    unwatched,
  );
  // Reads the files that the encoder was given; its kinds of devices have names of their own.
  const rival = await pipeline('feature-extraction', 'model', {
    device: id === 'native' ? 'cpu' : id,
    dtype: dtype as 'fp32',
  });
  const plainBy = async (size: number): Promise<Float32Array[]> => {
    const rows: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += size) {
      const batch = texts.slice(start, start + size);
      const { data, dims } = await rival(batch, { pooling: 'mean', normalize: true });
      for (let r = 0; r < batch.length; r++)
        rows.push((data as Float32Array).slice(r * dims[1], (r + 1) * dims[1]));
    }
    return rows;
  };
  await rival(texts.slice(0, 8), { pooling: 'mean', normalize: true });
  const first = await encoder.embed(texts, unwatched);
  return {
    ours: async () => inOrder(await encoder.embed(texts, unwatched, false)),
    secondVisit: async () => inOrder(await encoder.embed(texts, unwatched)),
    plain: () => plainBy(64),
    plainAlone: () => plainBy(1),
    waste: wasteOf(first, 64),
    dispose: async () => {
      await encoder.dispose();
      await rival.dispose();
    },
  };
}

/** Smallest cosine between vectors of the same texts. */
export function leastCosine(a: Float32Array[], b: Float32Array[]): number {
  return Math.min(...a.map((x, i) => dot(x, b[i]) / Math.sqrt(dot(x, x) * dot(b[i], b[i]))));
}

/** Texts of one to four of the sentences each, one mostly, as facts and short passages have. */
export function mixedTexts(sentences: string[], count: number): string[] {
  const random = seededRandom(3);
  const sentence = (): string => sentences[Math.floor(random() * sentences.length)];
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(random() ** 3 * 4) }, sentence).join(' '),
  );
}

function inOrder({ index, vectors }: EncodedTexts): Float32Array[] {
  const rows: Float32Array[] = [];
  index.forEach((text, r) => (rows[text] = row(vectors, r)));
  return rows;
}

function wasteOf({ index, tokens }: EncodedTexts, size: number): number {
  const lengths: number[] = [];
  index.forEach((text, r) => (lengths[text] = tokens[r]));
  let padded = 0;
  for (let start = 0; start < lengths.length; start += size) {
    const batch = lengths.slice(start, start + size);
    padded += batch.length * Math.max(...batch);
  }
  return padded / lengths.reduce((sum, length) => sum + length, 0);
}
