import type { Kernels } from '../compute/kernels.ts';
import type { Matrix } from '../core/matrix.ts';
import type { ProjectionProvenance } from '../core/report.ts';
import { principalComponents } from '../projection/pca.ts';
import { layoutUmap, NEIGHBORS } from '../projection/umap.ts';
import type { CallContext } from '../protocol/server.ts';
import { trustworthiness } from './trustworthiness.ts';

export const TRUST_NEIGHBORS = 10;

/** How many neighbours a layout of n points uses; below 2 there is no graph to lay out, and PCA is the picture. */
export function neighborCount(n: number): number {
  return Math.min(NEIGHBORS, n - 2);
}

/** PCA, then UMAP from its picture, then how far to trust it: what the page does step by step, in one call. */
export async function layoutCorpus(
  { vectors, seed }: { vectors: Matrix; seed: number },
  kernels: Kernels,
  context: CallContext,
): Promise<{ picture: Matrix; provenance: ProjectionProvenance | null; notices: string[] }> {
  const start = await principalComponents(vectors, (x, y) => kernels.cosineMatrix(x, y));
  const k = neighborCount(vectors.rows);
  if (k < 2) return { picture: start, provenance: null, notices: [tooFew(vectors.rows)] };
  const neighbors = await kernels.nearest(vectors, k);
  const { picture, settings } = await layoutUmap({ neighbors, start, seed }, context);
  const trust = await trustworthiness(
    { vectors, picture, k: TRUST_NEIGHBORS, seed },
    kernels,
    context,
  );
  return { picture, provenance: projectionProvenance(settings, trust), notices: [] };
}

export function tooFew(renderings: number): string {
  return `The picture is a PCA: ${renderings} texts are too few for a neighbour graph.`;
}

export function projectionProvenance(
  settings: Omit<ProjectionProvenance, `trustworthiness${string}`>,
  trust: { value: number; points: number },
): ProjectionProvenance {
  return {
    ...settings,
    trustworthiness: trust.value,
    trustworthinessNeighbors: TRUST_NEIGHBORS,
    trustworthinessPoints: trust.points,
  };
}
