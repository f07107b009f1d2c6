import { pipeline } from '@huggingface/transformers';
import type { DeviceId } from '../../../src/core/encoder.ts';

/** Texts of a batch, in the order of the request: what examples of transformers.js use. */
export const BATCH = 64;

/**
 * The pipeline of transformers.js as its documentation shows it, warm. It finds the files of the model that Isogloss loaded
 * last in this process, on the same runtime with the same number of threads.
 *
 * @returns encodes texts, so many at a time, to a unit vector for each
 */
export async function startPipeline(device: DeviceId, dtype: 'fp32' | 'q8') {
  const extract = await pipeline('feature-extraction', 'model', {
    device: device === 'native' ? 'cpu' : device,
    dtype,
  });
  const encode = async (texts: string[], size: number): Promise<Float32Array[]> => {
    const rows: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += size) {
      const batch = texts.slice(start, start + size);
      const { data, dims } = await extract(batch, { pooling: 'mean', normalize: true });
      for (let r = 0; r < batch.length; r++)
        rows.push((data as Float32Array).slice(r * dims[1], (r + 1) * dims[1]));
    }
    return rows;
  };
  await encode(['warm'], 1);
  return { encode, dispose: () => extract.dispose() };
}
