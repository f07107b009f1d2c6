import { productsOf, type Kernels } from '../compute/kernels.ts';
import type { Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import { neighborCount, projectionProvenance, TRUST_NEIGHBORS } from '../core/provenance.ts';
import type { ProjectionProvenance } from '../core/report.ts';
import { principalComponents } from '../projection/pca.ts';
import { layoutUmap } from '../projection/umap.ts';
import type { CallContext } from '../protocol/server.ts';
import { judgePicture } from './judge-picture.ts';

/**
 * PCA, then UMAP from its picture, then how far to trust it: what the page does step by step, in one call. The
 * provenance is null where the texts are too few for a neighbour graph and the picture is the PCA.
 *
 * @param neighbors `neighborCount` nearest renderings of each, as the analysis found them
 */
export async function layoutCorpus(
  { vectors, neighbors, seed }: { vectors: Matrix; neighbors: Neighbors; seed: number },
  kernels: Kernels,
  context: CallContext,
): Promise<{ picture: Matrix; provenance: ProjectionProvenance | null }> {
  const start = await principalComponents(vectors, productsOf(kernels));
  if (neighborCount(vectors.rows) < 2) return { picture: start, provenance: null };
  const { picture, settings } = await layoutUmap({ neighbors, start, seed }, context);
  const request = { vectors, picture, k: TRUST_NEIGHBORS, wide: settings.neighbors, seed };
  const quality = await judgePicture(request, kernels, context);
  return { picture, provenance: projectionProvenance(settings, quality) };
}
