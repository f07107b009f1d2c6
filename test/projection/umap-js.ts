import { UMAP } from 'umap-js';
import { matrix, type Matrix } from '../../src/core/matrix.ts';
import type { Neighbors } from '../../src/core/neighbors.ts';
import { seededRandom } from '../../src/core/random.ts';

/** umap-js with its graph made of the given neighbours: its lists begin with the point itself, at distance 0. */
export function fittedUmapJs({ rows, k, indices, cosines }: Neighbors, seed: number): UMAP {
  const umap = new UMAP({ nNeighbors: k + 1, minDist: 0.1, random: seededRandom(seed) });
  const points = Array.from({ length: rows }, (_, i) => i);
  umap.setPrecomputedKNN(
    points.map((i) => [i, ...indices.subarray(i * k, (i + 1) * k)]),
    points.map((i) => [
      0,
      ...Array.from(cosines.subarray(i * k, (i + 1) * k), (cosine) =>
        1 - cosine <= 1e-6 ? 0 : 1 - cosine,
      ),
    ]),
  );
  umap.initializeFit(points.map(() => [0]));
  return umap;
}

/** Its picture, from its own random start. [n, 2] */
export function umapJs(neighbors: Neighbors, seed: number): Matrix {
  const umap = fittedUmapJs(neighbors, seed);
  for (let epoch = 0; epoch < 500; epoch++) umap.step();
  return matrix(neighbors.rows, 2, Float32Array.from(umap.getEmbedding().flat()));
}
