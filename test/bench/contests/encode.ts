import type { DeviceInfo, EncodedTexts, ModelFolder } from '../../../src/core/encoder.ts';
import { largestDifference, row, takeRows, type Matrix } from '../../../src/core/matrix.ts';
import { loadEncoder } from '../../../src/encoder/encoder.ts';
import type { ModelSource } from '../../../src/encoder/model-source.ts';
import type { RuntimeFiles } from '../../../src/encoder/transformers.ts';
import { atLeast, type Contest } from '../harness.ts';
import { hashOf } from '../inputs.ts';
import { BATCH, startPipeline } from '../rivals/plain-pipeline.ts';

const OWN = 'Isogloss';
const PLAIN = 'transformers.js pipeline';
const ALONE = { signal: new AbortController().signal, report: () => {} };

/** The smallest cosine of a text's two vectors that lets a ratio count. */
const COSINE_LIMIT = 0.9999;

export interface EncodeRequest {
  texts: string[];
  /** Files of an encoder that answers `last_hidden_state`, in that precision. */
  folder: ModelFolder;
  dtype: 'fp32' | 'q8';
  device: DeviceInfo;
  runtime: RuntimeFiles | undefined;
}

interface Encoded {
  vectors: Matrix;
  /** By text; empty where the way does not say. */
  tokens: Int32Array;
}

/** Texts to vectors against the plain pipeline: same files, precision, runtime and threads. */
export async function encodeContest(request: EncodeRequest): Promise<Contest<Encoded>> {
  const { texts, folder, dtype, device } = request;
  const choice = {
    model: 'random',
    folder,
    dtype,
    device: device.id,
    pooling: 'mean',
    prefix: '',
  } as const;
  const { runtime } = request;
  const encoder = await loadEncoder({ choice, device, source: NO_SOURCE, runtime }, ALONE);
  const pipelineDevice = device.id === 'native' ? 'cpu' : device.id;
  const plain = await startPipeline(pipelineDevice, dtype);
  return {
    title: `${texts.length} texts of mixed scripts and lengths, 12 layers of 384, ${dtype}, ${device.description}`,
    input: await hashOf(...texts),
    contestants: {
      [OWN]: async () => inOrder(await encoder.embed(texts, ALONE)),
      [PLAIN]: async () => ({ vectors: await plain(texts), tokens: new Int32Array() }),
    },
    comparisons: [
      {
        id: `encode/${dtype}-vs-pipeline`,
        own: OWN,
        rival: PLAIN,
        guards: (own, rival) => ({
          'smallest cosine to the rival': atLeast(smallestCosine(own, rival), COSINE_LIMIT),
        }),
      },
    ],
    figures: (milliseconds, answers) => ({
      'padding of the pipeline': `${wasteInOrder(answers[OWN].tokens, BATCH).toFixed(2)} times the tokens`,
      ...Object.fromEntries(
        Object.entries(milliseconds).map(([name, time]) => [
          `texts/s, ${name}`,
          ((1000 * texts.length) / time).toFixed(1),
        ]),
      ),
    }),
  };
}

/** A dropped folder needs no source. */
const NO_SOURCE: ModelSource = {
  hub: '',
  readBundled: () => Promise.reject(new Error('no bundled model is measured')),
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
};

function inOrder({ index, vectors, tokens }: EncodedTexts): Encoded {
  const places = new Int32Array(index.length);
  index.forEach((text, r) => (places[text] = r));
  return { vectors: takeRows(vectors, places), tokens: Int32Array.from(places, (r) => tokens[r]) };
}

function smallestCosine(own: Encoded, rival: Encoded): number {
  const rows = Array.from({ length: rival.vectors.rows }, (_, i) => row(rival.vectors, i));
  return 1 - largestDifference(own.vectors, rows);
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
