import { UMAP } from 'umap-js';
import { cancelled } from '../core/errors.ts';
import { matrix, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import { seededRandom } from '../core/random.ts';
import { breathe, type CallContext } from '../protocol/server.ts';

export const UMAP_ENGINE = 'umap-js 1.4.0';
const MIN_DIST = 0.1;

/** Milliseconds between two pictures on the way: drawing them must not hold the page up. */
const PICTURE_EVERY = 150;

/** Milliseconds of work between two looks at the stop signal. */
const SLICE = 40;

export interface Layout {
  /** [n, 2] */
  picture: Matrix;
  settings: {
    engine: string;
    neighbors: number;
    epochs: number;
    minDist: number;
    metric: 'cosine';
  };
}

/**
 * Lays out the neighbour graph in two dimensions, starting from a given picture (PCA). Seeded: same input, same picture.
 *
 * What umap-js needs and does not check is done here: column 0 of its neighbour lists is the point itself at distance 0;
 * the row width equals nNeighbors; a point whose neighbours are all at distance 0 gets distances of one tiny size,
 * which changes nothing in its weights but spares a pass over all distances for every such point; the start is ours, since
 * its own is random; a fresh instance serves every call.
 *
 * @param start [n, 2], finite
 */
export async function layoutUmap(
  { neighbors, start, seed }: { neighbors: Neighbors; start: Matrix; seed: number },
  { signal, report }: CallContext,
): Promise<Layout> {
  const width = neighbors.k + 1;
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: width,
    minDist: MIN_DIST,
    random: seededRandom(seed),
  });
  const { indices, distances } = knnLists(neighbors);
  umap.setPrecomputedKNN(indices, distances);
  const placeholders = Array.from({ length: neighbors.rows }, () => [0]);
  const epochs = umap.initializeFit(placeholders);
  place(umap.getEmbedding(), start);
  let shown = -Infinity;
  for (let epoch = 0; epoch < epochs;) {
    const end = performance.now() + SLICE;
    while (epoch < epochs && performance.now() < end) epoch = umap.step();
    const progress = { stage: 'Projecting (epochs)', done: epoch, total: epochs };
    if (epoch < epochs && end - shown < PICTURE_EVERY) report(progress);
    else {
      shown = end;
      report({ ...progress, partial: toMatrix(umap.getEmbedding()) });
    }
    await breathe();
    if (signal.aborted) throw cancelled('The projection');
  }
  return {
    picture: toMatrix(umap.getEmbedding()),
    settings: {
      engine: UMAP_ENGINE,
      neighbors: neighbors.k,
      epochs,
      minDist: MIN_DIST,
      metric: 'cosine',
    },
  };
}

function knnLists({ rows, k, indices, cosines }: Neighbors): {
  indices: number[][];
  distances: number[][];
} {
  const lists = { indices: [] as number[][], distances: [] as number[][] };
  for (let i = 0; i < rows; i++) {
    const own = Array.from(indices.subarray(i * k, (i + 1) * k));
    const far = Array.from(cosines.subarray(i * k, (i + 1) * k), (cosine) =>
      Math.max(0, 1 - cosine),
    );
    const allZero = far.every((distance) => distance === 0);
    lists.indices.push([i, ...own]);
    lists.distances.push([0, ...(allZero ? far.map(() => 1e-9) : far)]);
  }
  return lists;
}

/**
 * Writes the start into umap-js's own coordinates, each axis evened out by rank over the square of side 20 that it
 * starts from itself. Ranks keep the order of the start, give equal texts places of their own, and leave no far
 * outlier that would squeeze everything else together.
 */
function place(coordinates: number[][], { data }: Matrix): void {
  const n = coordinates.length;
  for (let axis = 0; axis < 2; axis++) {
    const order = Int32Array.from({ length: n }, (_, i) => i).sort(
      (a, b) => data[a * 2 + axis] - data[b * 2 + axis] || a - b,
    );
    order.forEach((point, rank) => (coordinates[point][axis] = (20 * rank) / (n - 1) - 10));
  }
}

function toMatrix(coordinates: number[][]): Matrix {
  const result = matrix(coordinates.length, 2);
  coordinates.forEach((point, i) => result.data.set(point, i * 2));
  return result;
}
