import { pipeline } from '@huggingface/transformers';
import { matrix, type Matrix } from '../../../src/core/matrix.ts';

/** Texts of a batch, in the order of the request: what examples of transformers.js use. */
export const BATCH = 64;

/**
 * The pipeline of transformers.js as its documentation shows it. It finds the files of the model that Isogloss loaded
 * last in this process, on the same runtime with the same number of threads.
 *
 * @returns encodes texts. [texts, d]
 */
export async function startPipeline(
  device: 'cpu' | 'wasm' | 'webgpu',
  dtype: 'fp32' | 'q8',
): Promise<(texts: string[]) => Promise<Matrix>> {
  const extract = await pipeline('feature-extraction', 'model', { device, dtype });
  return async (texts) => {
    const parts: Float32Array[] = [];
    let width = 0;
    for (let start = 0; start < texts.length; start += BATCH) {
      const batch = texts.slice(start, start + BATCH);
      const answer = await extract(batch, { pooling: 'mean', normalize: true });
      width = answer.dims[1];
      parts.push(answer.data as Float32Array);
    }
    const result = matrix(texts.length, width);
    let offset = 0;
    for (const part of parts) {
      result.data.set(part, offset);
      offset += part.length;
    }
    return result;
  };
}
