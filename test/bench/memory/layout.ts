import { nearestRenderings } from '../../../src/analysis/nearest-renderings.ts';
import { productsOf } from '../../../src/compute/kernels.ts';
import { createWasm } from '../../../src/compute/wasm.ts';
import type { Matrix } from '../../../src/core/matrix.ts';
import { principalComponents } from '../../../src/projection/pca.ts';
import { layoutUmap } from '../../../src/projection/umap.ts';
import { unwatched } from '../../helpers/contexts.ts';
import { K } from '../contests/nearest.ts';
import { trustOf } from '../contests/umap.ts';
import { clusteredRows, hashOf } from '../inputs.ts';
import { atlas } from '../rivals/layouts.ts';

const EPOCHS = 200;
const SEED = 1;

/** What the layout of many points from their vectors took. */
export interface LayoutCost {
  seconds: number;
  /** Most that the process ever held, beyond what it held with the vectors made. */
  bytes: number;
  /** The same at the end of each stage that can be told apart. */
  stages: Record<string, number>;
  /** Trustworthiness(15) of the picture. */
  trust: number;
  words: string;
  /** Hash of the vectors. */
  input: string;
}

/** Neighbours as the page finds them for so many points, principal components, layout; or the same by embedding-atlas. */
export async function weighLayoutHere(isOwn: boolean, n: number): Promise<LayoutCost> {
  const vectors = clusteredRows(6, n);
  const kernels = await createWasm();
  globalThis.gc!();
  const before = process.memoryUsage.rss();
  const most = (): number => process.resourceUsage().maxRSS * 1024 - before;
  const stages: Record<string, number> = {};
  const start = performance.now();
  let picture: Matrix;
  if (isOwn) {
    const wish = { vectors, k: K, seed: SEED };
    const { neighbors } = await nearestRenderings(wish, kernels, unwatched);
    stages.neighbours = most();
    const from = await principalComponents(vectors, productsOf(kernels));
    stages['principal components'] = most();
    const request = { neighbors, start: from, seed: SEED, epochs: EPOCHS };
    ({ picture } = await layoutUmap(request, unwatched));
  } else {
    ({ picture } = await atlas(vectors, { k: K, epochs: EPOCHS, minDist: 0.1, seed: SEED }));
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    seconds,
    bytes: most(),
    stages,
    trust: await trustOf(kernels, vectors)(picture),
    words: `k = ${K}, ${EPOCHS} epochs`,
    input: await hashOf(vectors.data),
  };
}
