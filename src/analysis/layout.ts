import { productsOf, type Kernels } from '../compute/kernels.ts';
import type { Matrix } from '../core/matrix.ts';
import { neighborCount, projectionProvenance, TRUST_NEIGHBORS } from '../core/provenance.ts';
import type { ProjectionProvenance } from '../core/report.ts';
import { principalComponents } from '../projection/pca.ts';
import { layoutUmap } from '../projection/umap.ts';
import type { CallContext } from '../protocol/server.ts';
import { trustworthiness } from './trustworthiness.ts';

/**
 * PCA, then UMAP from its picture, then how far to trust it: what the page does step by step, in one call. The
 * provenance is null where the texts are too few for a neighbour graph and the picture is the PCA.
 */
export async function layoutCorpus(
  { vectors, seed }: { vectors: Matrix; seed: number },
  kernels: Kernels,
  context: CallContext,
): Promise<{ picture: Matrix; provenance: ProjectionProvenance | null }> {
  const start = await principalComponents(vectors, productsOf(kernels));
  const k = neighborCount(vectors.rows);
  if (k < 2) return { picture: start, provenance: null };
  const neighbors = await kernels.nearest(vectors, k);
  const { picture, settings } = await layoutUmap({ neighbors, start, seed }, context);
  const request = { vectors, picture, k: TRUST_NEIGHBORS, seed };
  const trust = await trustworthiness(request, kernels, context);
  return { picture, provenance: projectionProvenance(settings, trust) };
}
