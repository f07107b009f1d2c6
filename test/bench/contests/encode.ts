import type { DeviceInfo, EncodedTexts, ModelFolder } from '../../../src/core/encoder.ts';
import { dot, row } from '../../../src/core/matrix.ts';
import { loadEncoder } from '../../../src/encoder/encoder.ts';
import type { ModelSource } from '../../../src/encoder/model-source.ts';
import type { RuntimeFiles } from '../../../src/encoder/transformers.ts';
import type { VectorStore } from '../../../src/encoder/vector-cache.ts';
import { unwatched } from '../../helpers/contexts.ts';
import { atLeast, type Comparison, type Contest, type Guard } from '../harness.ts';
import { hashOf } from '../inputs.ts';
import { BATCH, startPipeline } from '../rivals/plain-pipeline.ts';

const OWN = 'Isogloss';
const SECOND = 'Isogloss, second visit';
const PLAIN = 'transformers.js pipeline';

/** The smallest cosine of a text's two vectors that lets a ratio count. */
const COSINE_LIMIT = 0.9999;

export interface EncodeRequest {
  texts: string[];
  /** Files of an encoder that answers `last_hidden_state`, in that precision. */
  folder: ModelFolder;
  dtype: 'fp32' | 'q8';
  device: DeviceInfo;
  runtime: RuntimeFiles | undefined;
  /** Where vectors are kept for the second visit, and what that is in words. */
  store: VectorStore;
  storeName: string;
}

/** By text. */
type Vectors = Float32Array[];

/**
 * Texts to vectors against the plain pipeline: same files, precision, runtime and threads, models loaded. On the second
 * visit the vectors are read from where the first kept them.
 */
export async function encodeContest(request: EncodeRequest): Promise<Contest<Vectors>> {
  const { texts, dtype, device, storeName } = request;
  const encoder = await startEncoder(request);
  const plain = await startPipeline(device.id, dtype);
  // The first visit, which keeps the vectors; what it takes is not counted.
  const first = await encoder.embed(texts, unwatched);
  // Integers found at run time depend on the numbers of the whole batch, padding among them: the pipeline's vectors of a
  // batch are not those that it gives each text alone, which are the ones to be near to.
  const alone = dtype === 'q8' ? await plain.encode(texts, 1) : null;
  const guards = (own: Vectors, rival: Vectors): Record<string, Guard> =>
    alone === null
      ? { 'smallest cosine to the rival': atLeast(leastCosine(own, rival), COSINE_LIMIT) }
      : {
          'smallest cosine to the rival, text by text': atLeast(
            leastCosine(own, alone),
            COSINE_LIMIT,
          ),
        };
  const versus = (words: string, own: string): Comparison<Vectors> => ({
    id: `encode/${dtype}-${words}`,
    own,
    rival: PLAIN,
    guards,
  });
  return {
    title: `${texts.length} texts of mixed scripts and lengths, 12 layers of 384, ${dtype}, ${device.description}`,
    input: await hashOf(...texts),
    contestants: {
      [OWN]: async () => inOrder(await encoder.embed(texts, unwatched, false)),
      [SECOND]: async () => inOrder(await encoder.embed(texts, unwatched)),
      [PLAIN]: () => plain.encode(texts, BATCH),
    },
    comparisons: [versus('vs-pipeline', OWN), versus('second-visit', SECOND)],
    figures: (milliseconds, answers) => ({
      'padding of the pipeline': `${wasteInOrder(tokensOf(first), BATCH).toFixed(2)} times the tokens`,
      'second visit': `reads ${storeName}`,
      'smallest cosine between the pipeline’s batches and the own': leastCosine(
        answers[OWN],
        answers[PLAIN],
      ).toFixed(6),
      ...Object.fromEntries(
        Object.entries(milliseconds).map(([name, time]) => [
          `texts/s, ${name}`,
          ((1000 * texts.length) / time).toFixed(1),
        ]),
      ),
    }),
    dispose: async () => {
      await encoder.dispose();
      await plain.dispose();
    },
  };
}

function startEncoder({ folder, dtype, device, runtime, store }: EncodeRequest) {
  const choice = { model: 'random', folder, dtype, device: device.id };
  return loadEncoder({ choice, device, source: NOWHERE, runtime, store }, unwatched);
}

/** A dropped folder brings all its files. */
const NOWHERE: ModelSource = {
  hub: '',
  readBundled: () => Promise.reject(new Error('no bundled model is measured')),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
};

function inOrder({ index, vectors }: EncodedTexts): Vectors {
  const rows: Vectors = [];
  index.forEach((text, r) => (rows[text] = row(vectors, r)));
  return rows;
}

function tokensOf({ index, tokens }: EncodedTexts): Int32Array {
  const counts = new Int32Array(index.length);
  index.forEach((text, r) => (counts[text] = tokens[r]));
  return counts;
}

/** Smallest cosine between vectors of the same texts; NaN where one is no number. */
export function leastCosine(a: Vectors, b: Vectors): number {
  return Math.min(...a.map((x, i) => dot(x, b[i]) / Math.sqrt(dot(x, x) * dot(b[i], b[i]))));
}

/** Tokens that are computed over tokens that are there, when batches are padded to their longest in the given order. */
export function wasteInOrder(tokens: Int32Array, batch: number): number {
  let computed = 0;
  for (let start = 0; start < tokens.length; start += batch) {
    const part = tokens.subarray(start, start + batch);
    computed += part.length * part.reduce((a, b) => Math.max(a, b));
  }
  return computed / tokens.reduce((sum, count) => sum + count, 0);
}
