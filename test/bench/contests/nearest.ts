import type { Kernels } from '../../../src/compute/kernels.ts';
import type { Neighbors } from '../../../src/core/neighbors.ts';
import { atLeast, type Contest } from '../harness.ts';
import { clusteredRows, DIMENSIONS, hashOf } from '../inputs.ts';
import { nearestByProduct } from '../rivals/select-nearest.ts';
import { speeds } from './pair.ts';

export const K = 15;
const OWN = 'Isogloss';
const RIVAL = 'tfjs-wasm plain + selection';

/** Exact neighbours of all points. Speeds count the full product, of which symmetry spares the half. */
export async function nearestContest(kernels: Kernels, n: number): Promise<Contest<Neighbors>> {
  const x = clusteredRows(3, n);
  return {
    title: `Exact ${K} nearest of ${n} x ${DIMENSIONS}, ${kernels.device}`,
    input: await hashOf(x.data),
    contestants: {
      [OWN]: () => kernels.nearest(x, K),
      [RIVAL]: () => nearestByProduct(x, K),
    },
    comparisons: [
      {
        id: 'pair/nearest-vs-tfjs-plain',
        own: OWN,
        rival: RIVAL,
        guards: (own, rival) => ({ 'same neighbours': atLeast(recall(own, rival), 0.9999) }),
      },
    ],
    figures: (milliseconds) => speeds(milliseconds, 2 * n * n * DIMENSIONS),
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
