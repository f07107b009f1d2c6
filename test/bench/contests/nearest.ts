import { approximateNearest } from '../../../src/compute/nn-descent.ts';
import type { Kernels } from '../../../src/compute/kernels.ts';
import type { Neighbors } from '../../../src/core/neighbors.ts';
import { atLeast, type Contest } from '../harness.ts';
import { clusteredRows, DIMENSIONS, hashOf } from '../inputs.ts';
import { atlasDescent } from '../rivals/layouts.ts';
import { nearestByProduct } from '../rivals/select-nearest.ts';
import { speeds, threadsOf } from './pair.ts';

export const K = 15;
const OWN = 'Isogloss';
const RIVAL = 'tfjs-wasm plain + selection';

/** Exact neighbours of all points. Speeds count the full product, of which symmetry spares the half. */
export async function nearestContest(
  kernels: Kernels,
  { n, suffix }: { n: number; suffix: string },
): Promise<Contest<Neighbors>> {
  const x = clusteredRows(3, n);
  return {
    title: `Exact ${K} nearest of ${n} x ${DIMENSIONS}, ${threadsOf(kernels)}`,
    input: await hashOf(x.data),
    contestants: {
      [OWN]: () => kernels.nearest(x, K),
      [RIVAL]: () => nearestByProduct(x, K),
    },
    comparisons: [
      {
        id: `pair/nearest-vs-tfjs-plain${suffix}`,
        own: OWN,
        rival: RIVAL,
        guards: (own, rival) => ({ 'same neighbours': atLeast(recall(own, rival), 0.9999) }),
      },
    ],
    figures: (milliseconds) => speeds(milliseconds, 2 * n * n * DIMENSIONS),
  };
}

const APPROXIMATE = 'Isogloss, its recall measured too';
const DESCENT = 'embedding-atlas NN-descent';
const SEED = 1;

/** Most of the neighbours, by NN-descent on one thread each. The recall of both is against all of them. */
export async function approximateContest(
  kernels: Kernels,
  { name, n }: { name: string; n: number },
): Promise<Contest<Neighbors>> {
  const x = clusteredRows(3, n);
  const truth = await kernels.nearest(x, K);
  return {
    title: `Most of the ${K} nearest of ${n} x ${DIMENSIONS}, 1 thread`,
    input: await hashOf(x.data),
    contestants: {
      [APPROXIMATE]: async () =>
        (await approximateNearest({ x, k: K, seed: SEED }, kernels)).neighbors,
      [DESCENT]: () => atlasDescent(x, { k: K, seed: SEED }),
    },
    comparisons: [
      {
        id: `pair/nearest-${name}-vs-embedding-atlas`,
        own: APPROXIMATE,
        rival: DESCENT,
        guards: (own, rival) => ({
          'recall of neighbours': atLeast(recall(own, truth), recall(rival, truth)),
        }),
      },
    ],
    figures: (_, answers) =>
      Object.fromEntries(
        Object.entries(answers).map(([way, found]) => [
          `recall, ${way}`,
          recall(found, truth).toFixed(4),
        ]),
      ),
  };
}

/** Share of the true neighbours that were found, in [0, 1]. */
export function recall(found: Neighbors, truth: Neighbors): number {
  let hits = 0;
  for (let i = 0; i < truth.rows; i++) {
    const list = new Set(found.indices.subarray(i * found.k, (i + 1) * found.k));
    for (const j of truth.indices.subarray(i * truth.k, (i + 1) * truth.k)) if (list.has(j)) hits++;
  }
  return hits / truth.indices.length;
}
