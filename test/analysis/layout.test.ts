import { afterEach, describe, expect, it, vi } from 'vitest';
import { layoutCorpus } from '../../src/analysis/layout.ts';
import { neighborCount } from '../../src/core/provenance.ts';
import { createReference } from '../../src/compute/reference.ts';
import type { Matrix } from '../../src/core/matrix.ts';
import type { Neighbors } from '../../src/core/neighbors.ts';
import { seededRandom } from '../../src/core/random.ts';
import { principalComponents } from '../../src/projection/pca.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { gaussians, rowsOf } from '../helpers/corpora.ts';

const cloud = (n: number): Matrix => rowsOf(gaussians(seededRandom(1), n, 8));
const nearest = (vectors: Matrix): Promise<Neighbors> =>
  createReference().nearest(vectors, Math.max(1, neighborCount(vectors.rows)));
const layout = async (vectors: Matrix, seed = 1): ReturnType<typeof layoutCorpus> =>
  layoutCorpus({ vectors, neighbors: await nearest(vectors), seed }, createReference(), unwatched);

afterEach(() => void vi.restoreAllMocks());

describe('neighborCount', () => {
  it.each([
    [3, 1],
    [4, 2],
    [17, 15],
    [16, 14],
    [1000, 15],
  ])('for %d points is %d', (n, k) => {
    expect(neighborCount(n)).toBe(k);
  });
});

describe('layoutCorpus', () => {
  it('gives the same bytes for the same seed, without Math.random', async () => {
    vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('Math.random was called');
    });
    const [first, again] = [await layout(cloud(40)), await layout(cloud(40))];
    expect(again).toEqual(first);
    expect((await layout(cloud(40), 2)).picture).not.toEqual(first.picture);
  });

  it('writes down how the picture was made and how far to trust it', async () => {
    const { provenance } = await layout(cloud(40));
    expect(provenance).toMatchObject({
      engine: 'isogloss-umap 1',
      neighbors: 15,
      epochs: 500,
      trustworthinessNeighbors: 10,
      trustworthinessPoints: 40,
    });
    for (const name of ['trustworthiness', 'continuity', 'neighborRecall'] as const) {
      expect(provenance?.[name], name).toBeGreaterThan(0.5);
      expect(provenance?.[name], name).toBeLessThanOrEqual(1);
    }
  });

  it.each([2, 3])('is a PCA without a provenance of its own for %d texts', async (n) => {
    const { picture, provenance } = await layout(cloud(n));
    const reference = createReference();
    expect(picture).toEqual(
      await principalComponents(cloud(n), (x, y) => reference.cosineMatrix(x, y)),
    );
    expect(provenance).toBeNull();
  });

  it.each([4, 5, 15, 16, 17])(
    'is finite for %d texts, as many as neighbours or fewer',
    async (n) => {
      const { picture, provenance } = await layout(cloud(n));
      expect(picture.rows).toBe(n);
      expect(picture.data.every(Number.isFinite)).toBe(true);
      expect(provenance?.neighbors).toBe(Math.min(15, n - 2));
    },
  );

  it.each([
    ['equal vectors', rowsOf(Array.from({ length: 30 }, () => [1, 2, 3]))],
    [
      'three vectors ten times each',
      rowsOf(Array.from({ length: 30 }, (_, i) => [1 + (i % 3), 1, i % 3])),
    ],
  ])('is finite for %s', async (_, vectors) => {
    const { picture } = await layout(vectors);
    expect(picture.data.every(Number.isFinite)).toBe(true);
  });

  it('stops during the layout', async () => {
    const { context, reports } = watched(({ stage }) => stage.startsWith('Projecting'));
    const vectors = cloud(400);
    const neighbors = await nearest(vectors);
    await expect(
      layoutCorpus({ vectors, neighbors, seed: 1 }, createReference(), context),
    ).rejects.toMatchObject({ code: 'call/cancelled', message: 'The projection was stopped.' });
    expect(reports).toHaveLength(1);
  });
});
