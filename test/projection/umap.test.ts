import { afterEach, describe, expect, it, vi } from 'vitest';
import { judgePicture } from '../../src/analysis/judge-picture.ts';
import { productsOf } from '../../src/compute/kernels.ts';
import { createReference } from '../../src/compute/reference.ts';
import { matrix, type Matrix } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { PictureQuality } from '../../src/core/report.ts';
import { principalComponents } from '../../src/projection/pca.ts';
import { layoutUmap, type Layout } from '../../src/projection/umap.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { gaussians, matrixOf, rowsOf } from '../helpers/corpora.ts';
import { umapJs } from './umap-js.ts';

/** Two separate clouds of 30 points each, on opposite sides of the origin. */
const clouds = rowsOf(
  gaussians(seededRandom(1), 60, 6).map((values, i) =>
    values.map((value, k) => 0.3 * value + (k === 0 ? (i < 30 ? 2 : -2) : 0)),
  ),
);

/** The first cloud at x = side, the second at -side, with a little of both axes in each. */
function startAt(side: number): Matrix {
  return matrixOf(
    Array.from({ length: 60 }, (_, i) => [
      (i < 30 ? side : -side) + 0.01 * (i % 7),
      0.05 * (i % 11),
    ]),
  );
}

async function layout(
  vectors: Matrix,
  options: { start?: Matrix; seed?: number; k?: number } = {},
): Promise<Layout> {
  const { start = startAt(1), seed = 1, k = 10 } = options;
  const neighbors = await createReference().nearest(vectors, k);
  return layoutUmap({ neighbors, start, seed }, unwatched);
}

function meanX({ data }: Matrix, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += data[i * 2] / (to - from);
  return sum;
}

afterEach(() => void vi.restoreAllMocks());

describe('layoutUmap', () => {
  it('gives the same bytes for the same seed, and another picture for another seed', async () => {
    const [first, again, other] = [
      await layout(clouds),
      await layout(clouds),
      await layout(clouds, { seed: 2 }),
    ];
    expect(again).toEqual(first);
    expect(other.picture.data).not.toEqual(first.picture.data);
  });

  it('draws no number from Math.random', async () => {
    vi.spyOn(Math, 'random').mockImplementation(() => {
      throw new Error('Math.random was called');
    });
    expect((await layout(clouds)).picture.rows).toBe(60);
  });

  it('starts from the picture that it is given: clouds stay on the side where they started', async () => {
    const seed = 3;
    const right = await layout(clouds, { seed });
    const left = await layout(clouds, { seed, start: startAt(-1) });
    expect(meanX(right.picture, 0, 30)).toBeGreaterThan(meanX(right.picture, 30, 60) + 3);
    expect(meanX(left.picture, 0, 30)).toBeLessThan(meanX(left.picture, 30, 60) - 3);
  });

  it('does not depend on the scale of the start', async () => {
    const small = { ...startAt(1), data: startAt(1).data.map((value) => value / 1024) };
    expect((await layout(clouds, { start: small })).picture).toEqual(
      (await layout(clouds)).picture,
    );
  });

  it('puts neighbours beside each other: each point’s nearest in the picture is of its own cloud', async () => {
    const { picture } = await layout(clouds);
    const strays = Array.from({ length: 60 }, (_, i) => i).filter(
      (i) => nearestOf(picture, i) < 30 !== i < 30,
    );
    expect(strays).toEqual([]);
  });

  it('keeps what it keeps of the neighbours, as well as umap-js', async () => {
    const vectors = rowsOf(
      gaussians(seededRandom(4), 400, 8).map((values, i) =>
        values.map((value, k) => 0.5 * value + (k === i % 5 ? 1 : 0)),
      ),
    );
    const kernels = createReference();
    const neighbors = await kernels.nearest(vectors, 15);
    const start = await principalComponents(vectors, productsOf(kernels));
    const judge = (picture: Matrix): Promise<PictureQuality> =>
      judgePicture({ vectors, picture, k: 10, wide: 15, seed: 1 }, kernels, unwatched);
    const own = await judge((await layoutUmap({ neighbors, start, seed: 1 }, unwatched)).picture);
    const other = await judge(umapJs(neighbors, 1));
    for (const name of ['trustworthiness', 'continuity', 'recall'] as const)
      expect(own[name], name).toBeGreaterThan(other[name] - 0.02);
  });

  it('gives the same picture however the work is cut up', async () => {
    const whole = await layout(clouds);
    let clock = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1000));
    expect(await layout(clouds)).toEqual(whole);
  });

  it('says how it was made', async () => {
    expect((await layout(clouds)).settings).toEqual({
      engine: 'isogloss-umap 1',
      neighbors: 10,
      epochs: 500,
      minDist: 0.1,
      metric: 'cosine',
    });
  });

  it.each([
    [
      'many duplicates',
      rowsOf(Array.from({ length: 60 }, (_, i) => [1 + (i % 3), 1, i % 3])),
      startAt(0),
    ],
    ['all rows equal', rowsOf(Array.from({ length: 60 }, () => [1, 2, 3])), matrix(60, 2)],
  ])('gives finite and distinct points for %s', async (_, vectors, start) => {
    const { picture } = await layout(vectors, { start });
    expect(picture.data.every(Number.isFinite)).toBe(true);
    const points = Array.from(
      { length: 60 },
      (_, i) => `${picture.data[i * 2]},${picture.data[i * 2 + 1]}`,
    );
    expect(new Set(points).size).toBe(60);
  });

  it('lays out four points with two neighbours each', async () => {
    const { picture } = await layout(
      rowsOf([
        [1, 0],
        [0.9, 0.1],
        [0, 1],
        [0.1, 0.9],
      ]),
      {
        start: matrixOf([
          [1, 0],
          [1, 0.1],
          [-1, 0],
          [-1, 0.1],
        ]),
        k: 2,
      },
    );
    expect(picture).toMatchObject({ rows: 4, columns: 2 });
    expect(picture.data.every(Number.isFinite)).toBe(true);
  });

  it('shows the picture as it grows, the last one being the result', async () => {
    const { context, reports } = watched();
    const neighbors = await createReference().nearest(clouds, 10);
    const { picture } = await layoutUmap({ neighbors, start: startAt(1), seed: 1 }, context);
    expect(reports.at(-1)).toEqual({
      stage: 'Projecting (epochs)',
      done: 500,
      total: 500,
      partial: picture,
    });
  });

  it('stops before the first epoch where it is told to while the graph is made', async () => {
    const { context, reports } = watched();
    let looks = 0;
    const signal = {
      get aborted() {
        return ++looks > 1;
      },
    } as AbortSignal;
    const neighbors = await createReference().nearest(clouds, 10);
    await expect(
      layoutUmap({ neighbors, start: startAt(1), seed: 1 }, { ...context, signal }),
    ).rejects.toMatchObject({ code: 'call/cancelled' });
    expect(reports).toEqual([]);
  });

  it('stops within an epoch after it is told to', async () => {
    const { context, reports } = watched(() => true);
    const neighbors = await createReference().nearest(clouds, 10);
    await expect(
      layoutUmap({ neighbors, start: startAt(1), seed: 1 }, context),
    ).rejects.toMatchObject({
      code: 'call/cancelled',
      message: 'The projection was stopped.',
    });
    expect(reports).toHaveLength(1);
  });

  it('refuses a start that is no picture of its points', async () => {
    const neighbors = await createReference().nearest(clouds, 10);
    for (const start of [matrix(59, 2), matrix(60, 2, new Float32Array(120).fill(NaN))])
      await expect(layoutUmap({ neighbors, start, seed: 1 }, unwatched)).rejects.toThrow(
        '60 points need a start',
      );
  });
});

function nearestOf({ rows, data }: Matrix, point: number): number {
  let best = -1;
  let least = Infinity;
  for (let j = 0; j < rows; j++) {
    const square =
      (data[j * 2] - data[point * 2]) ** 2 + (data[j * 2 + 1] - data[point * 2 + 1]) ** 2;
    if (j !== point && square < least) [best, least] = [j, square];
  }
  return best;
}
