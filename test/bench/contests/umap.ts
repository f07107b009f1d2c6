import { judgePicture } from '../../../src/analysis/judge-picture.ts';
import { productsOf, type Kernels } from '../../../src/compute/kernels.ts';
import type { Matrix } from '../../../src/core/matrix.ts';
import type { Neighbors } from '../../../src/core/neighbors.ts';
import { principalComponents } from '../../../src/projection/pca.ts';
import { layoutUmap, type Layout } from '../../../src/projection/umap.ts';
import { atLeast, type Contest, type Guard } from '../harness.ts';
import { hashOf } from '../inputs.ts';
import { atlas, atlasFromNeighbors, umapJs, type LayoutWish } from '../rivals/layouts.ts';
import { K, recall } from './nearest.ts';

const SEED = 1;

/** A picture may be this much less trustworthy than the rival's. */
const TRUST_MARGIN = 0.005;

/** Stops nothing, tells nobody. */
const ALONE = { signal: new AbortController().signal, report: () => {} };

interface Points {
  /** How ids name them: '2k', 'flores'. */
  name: string;
  vectors: Matrix;
}

interface Picture {
  picture: Matrix;
  neighbors: Neighbors;
}

const [OWN, JS, ATLAS] = ['Isogloss', 'umap-js', 'embedding-atlas'];
const [OWN_WHOLE, ATLAS_WHOLE] = ['Isogloss, from vectors', 'embedding-atlas, from vectors'];

/**
 * Layouts with equal neighbours, epochs, min_dist and negatives: from given neighbours (graph, start and all epochs), and
 * from vectors. Every rival takes the epochs that the own layout chose.
 */
export async function umapContest(
  kernels: Kernels,
  { name, vectors }: Points,
): Promise<Contest<Picture>> {
  const neighbors = await kernels.nearest(vectors, K);
  const start = await principalComponents(vectors, productsOf(kernels));
  const own = (given: Neighbors, from: Matrix): Promise<Layout> =>
    layoutUmap({ neighbors: given, start: from, seed: SEED }, ALONE);
  const { settings } = await own(neighbors, start);
  const wish: LayoutWish = { k: K, epochs: settings.epochs, minDist: settings.minDist, seed: SEED };
  const judge = judgeOf(kernels, vectors);
  const guards = async (a: Picture, b: Picture): Promise<Record<string, Guard>> => ({
    'trustworthiness(15)': atLeast(await judge(a.picture), (await judge(b.picture)) - TRUST_MARGIN),
    'recall of neighbours': atLeast(recall(a.neighbors, neighbors), recall(b.neighbors, neighbors)),
  });
  return {
    title: `UMAP of ${vectors.rows} x ${vectors.columns} (${name}), k = ${K}, ${wish.epochs} epochs, min_dist ${wish.minDist}; ${settings.engine}`,
    input: await hashOf(vectors.data),
    contestants: {
      [OWN]: async () => ({ picture: (await own(neighbors, start)).picture, neighbors }),
      [JS]: () => ({ picture: umapJs(neighbors, wish), neighbors }),
      [ATLAS]: async () => ({ picture: await atlasFromNeighbors(neighbors, wish), neighbors }),
      [OWN_WHOLE]: async () => {
        const found = await kernels.nearest(vectors, K);
        const from = await principalComponents(vectors, productsOf(kernels));
        return { picture: (await own(found, from)).picture, neighbors: found };
      },
      [ATLAS_WHOLE]: () => atlas(vectors, wish),
    },
    comparisons: [
      { id: `umap/${name}-layout-vs-umap-js`, own: OWN, rival: JS, guards },
      { id: `umap/${name}-layout-vs-embedding-atlas`, own: OWN, rival: ATLAS, guards },
      { id: `umap/${name}-whole-vs-embedding-atlas`, own: OWN_WHOLE, rival: ATLAS_WHOLE, guards },
    ],
    figures: async (_, answers) => {
      const figures: Record<string, string> = {};
      for (const [contestant, { picture, neighbors: found }] of Object.entries(answers)) {
        const words = [await judge(picture), recall(found, neighbors)].map((v) => v.toFixed(4));
        figures[`trustworthiness and recall, ${contestant}`] = words.join(' and ');
      }
      return figures;
    },
  };
}

function judgeOf(kernels: Kernels, vectors: Matrix): (picture: Matrix) => Promise<number> {
  return async (picture) =>
    (await judgePicture({ vectors, picture, k: K, wide: K, seed: SEED }, kernels, ALONE))
      .trustworthiness;
}
