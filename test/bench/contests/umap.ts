import { judgePicture } from '../../../src/analysis/judge-picture.ts';
import { productsOf, type Kernels } from '../../../src/compute/kernels.ts';
import type { Matrix } from '../../../src/core/matrix.ts';
import type { Neighbors } from '../../../src/core/neighbors.ts';
import { principalComponents } from '../../../src/projection/pca.ts';
import { fuzzyGraph } from '../../../src/projection/fuzzy-graph.ts';
import { layoutUmap, type Layout } from '../../../src/projection/umap.ts';
import { unwatched } from '../../helpers/contexts.ts';
import { atLeast, type Comparison, type Contest, type Guard } from '../harness.ts';
import { hashOf } from '../inputs.ts';
import {
  atlas,
  atlasFromNeighbors,
  atlasGraph,
  umapJs,
  umapJsGraph,
  type LayoutWish,
} from '../rivals/layouts.ts';
import { K, recall } from './nearest.ts';

const SEED = 1;

/** A picture may be this much less trustworthy than the rival's. */
export const TRUST_MARGIN = 0.005;

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
const [OWN_GRAPH, JS_GRAPH, ATLAS_GRAPH] = [OWN, JS, ATLAS].map((name) => `${name}, graph alone`);
const [OWN_WHOLE, ATLAS_WHOLE] = ['Isogloss, from vectors', 'embedding-atlas, from vectors'];

/**
 * Layouts with equal neighbours, epochs, min_dist and negatives: from given neighbours (`layout`: graph, start and all
 * epochs; `epochs`: without graph and start), and from vectors (`whole`). Every rival takes the epochs that the own layout
 * chose. Of the own layout the graph alone is taken off, of the rivals' also the start that they make with it.
 */
export async function umapContest(
  kernels: Kernels,
  { name, vectors }: Points,
): Promise<Contest<Picture | null>> {
  const neighbors = await kernels.nearest(vectors, K);
  const start = await principalComponents(vectors, productsOf(kernels));
  const own = (given: Neighbors, from: Matrix): Promise<Layout> =>
    layoutUmap({ neighbors: given, start: from, seed: SEED }, unwatched);
  const { settings } = await own(neighbors, start);
  const wish: LayoutWish = { k: K, epochs: settings.epochs, minDist: settings.minDist, seed: SEED };
  const trust = trustOf(kernels, vectors);
  const guards = async (a: Picture | null, b: Picture | null): Promise<Record<string, Guard>> => ({
    'trustworthiness(15)': atLeast(
      await trust(a!.picture),
      (await trust(b!.picture)) - TRUST_MARGIN,
    ),
    'recall of neighbours': atLeast(
      recall(a!.neighbors, neighbors),
      recall(b!.neighbors, neighbors),
    ),
  });
  const versus = (words: string, sides: Omit<Comparison<Picture | null>, 'id' | 'guards'>) => ({
    id: `umap/${name}-${words}`,
    ...sides,
    guards,
  });
  return {
    title: `UMAP of ${vectors.rows} x ${vectors.columns} (${name}), k = ${K}, ${wish.epochs} epochs, min_dist ${wish.minDist}; ${settings.engine}`,
    input: await hashOf(vectors.data),
    contestants: {
      [OWN]: async () => ({ picture: (await own(neighbors, start)).picture, neighbors }),
      [JS]: () => ({ picture: umapJs(neighbors, wish), neighbors }),
      [ATLAS]: async () => ({ picture: await atlasFromNeighbors(neighbors, wish), neighbors }),
      [OWN_GRAPH]: async () => {
        await fuzzyGraph(neighbors);
        return null;
      },
      [JS_GRAPH]: () => {
        umapJsGraph(neighbors, wish);
        return null;
      },
      [ATLAS_GRAPH]: async () => {
        (await atlasGraph(neighbors, wish)).destroy();
        return null;
      },
      [OWN_WHOLE]: async () => {
        const found = await kernels.nearest(vectors, K);
        const from = await principalComponents(vectors, productsOf(kernels));
        return { picture: (await own(found, from)).picture, neighbors: found };
      },
      [ATLAS_WHOLE]: () => atlas(vectors, wish),
    },
    comparisons: [
      versus('layout-vs-umap-js', { own: OWN, rival: JS }),
      versus('layout-vs-embedding-atlas', { own: OWN, rival: ATLAS }),
      versus('epochs-vs-umap-js', {
        own: OWN,
        rival: JS,
        without: { own: OWN_GRAPH, rival: JS_GRAPH },
      }),
      versus('epochs-vs-embedding-atlas', {
        own: OWN,
        rival: ATLAS,
        without: { own: OWN_GRAPH, rival: ATLAS_GRAPH },
      }),
      versus('whole-vs-embedding-atlas', { own: OWN_WHOLE, rival: ATLAS_WHOLE }),
    ],
    figures: async (_, answers) => {
      const figures: Record<string, string> = {};
      for (const [contestant, answer] of Object.entries(answers)) {
        if (answer === null) continue;
        const numbers = [await trust(answer.picture), recall(answer.neighbors, neighbors)];
        figures[`trustworthiness and recall, ${contestant}`] = numbers
          .map((value) => value.toFixed(4))
          .join(' and ');
      }
      return figures;
    },
  };
}

/** Judges pictures of the vectors by trustworthiness(15). */
export function trustOf(kernels: Kernels, vectors: Matrix): (picture: Matrix) => Promise<number> {
  return async (picture) =>
    (await judgePicture({ vectors, picture, k: K, wide: K, seed: SEED }, kernels, unwatched))
      .trustworthiness;
}
