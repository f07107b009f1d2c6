import type { Kernels } from './kernels.ts';
import { assertNeighbors, assertPairs, assertProduct } from './shapes.ts';
import { createTurns } from './turns.ts';
import { comparePairs } from './webgpu/compare-pairs.ts';
import { cosineMatrix } from './webgpu/cosine-matrix.ts';
import { openGpu, type Gpu } from './webgpu/gpu.ts';
import { nearest } from './webgpu/nearest.ts';
import { withSession } from './webgpu/session.ts';

/**
 * Kernels on the GPU: programs of our own on tfjs's WebGPU backend. Takes a software adapter too, and names it as such.
 *
 * @throws AnalyzerError `gpu/unavailable`
 */
export async function createWebGpu(): Promise<Kernels> {
  return kernelsOn(await openGpu());
}

/** The kernels of an opened GPU, which they own. */
export function kernelsOn(gpu: Gpu): Kernels {
  const turns = createTurns();
  return {
    backend: 'webgpu',
    device: `WebGPU, ${gpu.description}`,
    tolerance: 1e-5,
    cosineMatrix: (x, y) =>
      turns.take('cosineMatrix', async () => {
        assertProduct(x, y);
        return withSession(gpu, 'computing cosines', (session) => cosineMatrix(session, x, y));
      }),
    comparePairs: (pairs, onPairs) =>
      turns.take('comparePairs', async () => {
        assertPairs(pairs);
        return withSession(gpu, 'comparing languages', (session) =>
          comparePairs(session, pairs, onPairs),
        );
      }),
    nearest: (x, k, onRows) =>
      turns.take('nearest', async () => {
        assertNeighbors(x, k);
        const search = { x, k, onRows };
        return withSession(gpu, 'finding neighbours', (session) => nearest(session, search));
      }),
    dispose: () => {
      turns.close();
      gpu.dispose();
    },
  };
}
