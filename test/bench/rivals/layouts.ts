import { UMAP } from 'umap-js';
import { matrix, type Matrix } from '../../../src/core/matrix.ts';
import type { Neighbors } from '../../../src/core/neighbors.ts';
import { seededRandom } from '../../../src/core/random.ts';
// Its package lists only its interface of components; the algorithm lies beside it.
import {
  createNNDescent,
  createUMAP,
  createUMAPFromKNN,
} from '../../../node_modules/embedding-atlas/dist/umap.js';

/** What every layout is asked for alike. */
export interface LayoutWish {
  /** Neighbours of a point, itself left out. */
  k: number;
  epochs: number;
  minDist: number;
  seed: number;
}

/** Random points that push a point away for each that draws it: the default of all three. */
const NEGATIVES = 5;

/** umap-js from given neighbours. [n, 2] */
export function umapJs(neighbors: Neighbors, wish: LayoutWish): Matrix {
  const umap = umapJsGraph(neighbors, wish);
  for (let epoch = 0; epoch < wish.epochs; epoch++) umap.step();
  return fromLists(umap.getEmbedding());
}

/** Its graph and its start, ready for the first epoch. Its lists begin with the point itself, which counts as a neighbour. */
export function umapJsGraph(neighbors: Neighbors, wish: LayoutWish): UMAP {
  const { rows, k } = neighbors;
  const umap = new UMAP({
    nNeighbors: k + 1,
    nEpochs: wish.epochs,
    minDist: wish.minDist,
    negativeSampleRate: NEGATIVES,
    random: seededRandom(wish.seed),
  });
  const distances = distancesOf(neighbors);
  const lists = <T>(own: T, of: ArrayLike<T>): T[][] =>
    Array.from({ length: rows }, (_, i) => [
      own,
      ...Array.from({ length: k }, (_, s) => of[i * k + s]),
    ]);
  const indices = lists(0, neighbors.indices);
  indices.forEach((list, i) => (list[0] = i));
  umap.setPrecomputedKNN(indices, lists(0, distances));
  umap.initializeFit(Array.from({ length: rows }, () => [0]));
  return umap;
}

/** embedding-atlas on one CPU thread from given neighbours. [n, 2] */
export async function atlasFromNeighbors(neighbors: Neighbors, wish: LayoutWish): Promise<Matrix> {
  return (await finished(await atlasGraph(neighbors, wish))).picture;
}

/** Its graph and its start, ready for the first epoch. */
export function atlasGraph(neighbors: Neighbors, wish: LayoutWish): ReturnType<typeof createUMAP> {
  const { rows, indices } = neighbors;
  return createUMAPFromKNN(rows, 2, indices, distancesOf(neighbors), optionsOf(wish));
}

/** The same from vectors, with the neighbours that it finds itself, without the points themselves. */
export async function atlas(
  { rows, columns, data }: Matrix,
  wish: LayoutWish,
): Promise<{ picture: Matrix; neighbors: Neighbors }> {
  const settings = { ...optionsOf(wish), metric: 'cosine', nNeighbors: wish.k + 1 } as const;
  return await finished(await createUMAP(rows, columns, 2, data, settings));
}

/** Its search for neighbours alone, and each point asked for its own. */
export async function atlasDescent(
  { rows, columns, data }: Matrix,
  { k, seed }: Pick<LayoutWish, 'k' | 'seed'>,
): Promise<Neighbors> {
  const settings = { metric: 'cosine', nNeighbors: k + 1, seed } as const;
  const search = await createNNDescent(rows, columns, data, settings);
  const lists = new Int32Array(rows * (k + 1)).fill(-1);
  for (let i = 0; i < rows; i++) lists.set(search.queryByIndex(i, k + 1).indices, i * (k + 1));
  search.destroy();
  return withoutSelves(lists, rows);
}

function optionsOf({ epochs, minDist, seed }: LayoutWish): {
  nEpochs: number;
  minDist: number;
  negativeSampleRate: number;
  seed: number;
} {
  return { nEpochs: epochs, minDist, negativeSampleRate: NEGATIVES, seed };
}

async function finished(
  umap: Awaited<ReturnType<typeof createUMAP>>,
): Promise<{ picture: Matrix; neighbors: Neighbors }> {
  await umap.run();
  const picture = matrix(umap.embedding.length / 2, 2, umap.embedding.slice());
  const neighbors = withoutSelves(umap.knnIndices, picture.rows);
  umap.destroy();
  return { picture, neighbors };
}

/** Its lists may begin with the point itself; cosines are not asked for. */
function withoutSelves(lists: Int32Array, rows: number): Neighbors {
  const width = lists.length / rows;
  const own = Array.from({ length: rows }, (_, i) =>
    Array.from(lists.subarray(i * width, (i + 1) * width)).filter((j) => j !== i),
  );
  const k = Math.min(...own.map(({ length }) => length));
  const indices = Int32Array.from(own.flatMap((list) => list.slice(0, k)));
  return { rows, k, indices, cosines: new Float32Array(indices.length).fill(NaN) };
}

function distancesOf({ cosines }: Neighbors): Float32Array {
  return cosines.map((cosine) => Math.max(0, 1 - cosine));
}

function fromLists(points: number[][]): Matrix {
  return matrix(points.length, 2, Float32Array.from(points.flat()));
}
