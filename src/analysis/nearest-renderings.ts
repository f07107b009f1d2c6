import { approximateNearest } from '../compute/nn-descent.ts';
import type { Kernels } from '../compute/kernels.ts';
import { cancelled } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { NeighborSearch } from '../core/report.ts';
import type { CallContext } from '../protocol/server.ts';

/** Above so many renderings the CPU does not compare all of them with each other: two cores would need over ten seconds. */
export const ALL_COMPARED = 30_000;

/** The nearest renderings of each, in any language, and how they were searched for. */
export async function nearestRenderings(
  { vectors, k, seed }: { vectors: Matrix; k: number; seed: number },
  kernels: Kernels,
  { signal, report }: CallContext,
): Promise<{ neighbors: Neighbors; search: NeighborSearch | null }> {
  const heard = (stage: string) => (done: number, total: number) => {
    report({ stage, done, total });
    if (signal.aborted) throw cancelled('The search for neighbours');
  };
  if (kernels.backend !== 'wasm' || vectors.rows <= ALL_COMPARED) {
    const onRows = heard('Finding neighbours (renderings)');
    const neighbors = await kernels.nearest(vectors, k, (done) => onRows(done, vectors.rows));
    return { neighbors, search: null };
  }
  const onSteps = heard('Finding most neighbours (steps)');
  const { neighbors, ...search } = await approximateNearest(
    { x: vectors, k, seed },
    kernels,
    onSteps,
  );
  return { neighbors, search };
}
