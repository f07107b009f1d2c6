import { describe, expect, it } from 'vitest';
import { productsOf } from '../../src/compute/kernels.ts';
import { createReference } from '../../src/compute/reference.ts';
import { dot, matrix, row, takeRows, type Matrix } from '../../src/core/matrix.ts';
import type { Neighbors } from '../../src/core/neighbors.ts';
import { seededRandom } from '../../src/core/random.ts';
import { principalComponents } from '../../src/projection/pca.ts';
import { transformUmap } from '../../src/projection/transform.ts';
import { layoutUmap } from '../../src/projection/umap.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { gaussians, rowsOf } from '../helpers/corpora.ts';

const K = 10;
const kernels = createReference();

/** 500 points along a noisy curve; every fifth is held out. */
const vectors = rowsOf(
  gaussians(seededRandom(2), 500, 6).map((noise, i) => {
    const turn = (i * Math.PI * 3) / 500;
    return noise.map(
      (value, k) => 0.1 * value + [Math.cos(turn), Math.sin(turn), turn / 3, 0, 0, 0][k],
    );
  }),
);
const isHeldOut = (i: number): boolean => i % 5 === 0;
const all = Int32Array.from({ length: 500 }, (_, i) => i);
const fitted = takeRows(
  vectors,
  all.filter((i) => !isHeldOut(i)),
);
const heldOut = takeRows(vectors, all.filter(isHeldOut));

/** The K points with the least value of `far`, nearest first. */
function nearest(far: number[]): number[] {
  return [...far.keys()].sort((a, b) => far[a] - far[b]).slice(0, K);
}

function neighborsAmongFitted(): Neighbors {
  const lists = Array.from({ length: heldOut.rows }, (_, i) => {
    const cosines = Array.from({ length: fitted.rows }, (_, j) =>
      dot(row(heldOut, i), row(fitted, j)),
    );
    return nearest(cosines.map((cosine) => -cosine)).map((j) => ({ j, cosine: cosines[j] }));
  }).flat();
  return {
    rows: heldOut.rows,
    k: K,
    indices: Int32Array.from(lists, ({ j }) => j),
    cosines: Float32Array.from(lists, ({ cosine }) => cosine),
  };
}

/** Share of each point's K nearest fitted ones in the picture that are given as its neighbours. */
function recall(places: Matrix, picture: Matrix, given: Neighbors): number {
  let kept = 0;
  for (let i = 0; i < places.rows; i++) {
    const [x, y] = row(places, i);
    const far = Array.from({ length: picture.rows }, (_, j) =>
      Math.hypot(picture.data[2 * j] - x, picture.data[2 * j + 1] - y),
    );
    const own = new Set(given.indices.subarray(i * K, (i + 1) * K));
    kept += nearest(far).filter((j) => own.has(j)).length;
  }
  return kept / (places.rows * K);
}

const { picture } = await layoutUmap(
  {
    neighbors: await kernels.nearest(fitted, K),
    start: await principalComponents(fitted, productsOf(kernels)),
    seed: 1,
  },
  unwatched,
);
const neighbors = neighborsAmongFitted();

describe('transformUmap', () => {
  it('places held-out points beside their neighbours, as well as the layout placed its own', async () => {
    const places = await transformUmap({ picture, neighbors, seed: 1 }, unwatched);
    const own = await kernels.nearest(fitted, K);
    // A fitted point is its own nearest in the picture, which takes one place of ten.
    const ownRecall = recall(picture, picture, own) / 0.9;
    expect(recall(places, picture, neighbors)).toBeGreaterThan(ownRecall - 0.08);
    expect(ownRecall).toBeGreaterThan(0.4);
  });

  it('gives the same bytes for the same seed, and leaves the picture alone', async () => {
    const before = picture.data.slice();
    const first = await transformUmap({ picture, neighbors, seed: 1 }, unwatched);
    const again = await transformUmap({ picture, neighbors, seed: 1 }, unwatched);
    const other = await transformUmap({ picture, neighbors, seed: 2 }, unwatched);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(picture.data).toEqual(before);
  });

  it('places a copy of a fitted point at that point’s side', async () => {
    const indices = Int32Array.of(7, 8, 9);
    const cosines = Float32Array.of(1, 0.2, 0.1);
    const copy = { rows: 1, k: 3, indices, cosines };
    const { data } = await transformUmap({ picture, neighbors: copy, seed: 1 }, unwatched);
    const far = [...all.keys()]
      .slice(0, 400)
      .map((j) => Math.hypot(picture.data[2 * j] - data[0], picture.data[2 * j + 1] - data[1]));
    expect(nearest(far)).toContain(7);
  });

  it('is finite where all distances are 0', async () => {
    const zero = {
      rows: 2,
      k: 2,
      indices: Int32Array.of(0, 1, 0, 1),
      cosines: new Float32Array(4).fill(1),
    };
    const { data } = await transformUmap({ picture, neighbors: zero, seed: 1 }, unwatched);
    expect(data.every(Number.isFinite)).toBe(true);
  });

  it('stops when it is told to, and refuses neighbours that the picture has not', async () => {
    const { context } = watched(() => true);
    const request = { picture, neighbors, seed: 1 };
    await expect(transformUmap(request, context)).rejects.toMatchObject({ code: 'call/cancelled' });
    await expect(transformUmap({ ...request, picture: matrix(2, 2) }, unwatched)).rejects.toThrow(
      'none of the 2 points',
    );
  });
});
