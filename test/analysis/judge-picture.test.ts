import { describe, expect, it } from 'vitest';
import { judgePicture } from '../../src/analysis/judge-picture.ts';
import { createReference } from '../../src/compute/reference.ts';
import type { Matrix } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { PictureQuality } from '../../src/core/report.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { gaussians, matrixOf, rowsOf } from '../helpers/corpora.ts';
import { projection, randomFacts } from '../helpers/golden.ts';

const judge = (
  vectors: Matrix,
  picture: Matrix,
  k: number,
  { seed = 1, wide = k } = {},
): Promise<PictureQuality> =>
  judgePicture({ vectors, picture, k, wide, seed }, createReference(), unwatched);

/** Points on a half circle, in order: their cosines order neighbours as their distances along it. */
function arc(n: number): { vectors: Matrix; picture: Matrix } {
  const angles = Array.from({ length: n }, (_, i) => (Math.PI * i ** 1.1) / n ** 1.1);
  return {
    vectors: rowsOf(angles.map((angle) => [Math.cos(angle), Math.sin(angle), 0])),
    picture: matrixOf(angles.map((angle) => [angle, 0])),
  };
}

describe('judgePicture', () => {
  it.each(projection.quality)(
    'agrees with scikit-learn at k = $k: $trustworthiness, $continuity, $recall',
    async ({ k, wide, ...expected }) => {
      const distinct = Array.from({ length: 38 }, (_, i) =>
        randomFacts.raw.map((rows) => rows[i]),
      ).flat();
      const judged = await judge(rowsOf(distinct), matrixOf(randomFacts.picture), k, { wide });
      expect(judged.trustworthiness).toBeCloseTo(expected.trustworthiness, 5);
      expect(judged.continuity).toBeCloseTo(expected.continuity, 5);
      expect(judged.recall).toBeCloseTo(expected.recall, 5);
      expect(judged.points).toBe(190);
    },
  );

  it('is 1 for a picture that keeps every neighbourhood', async () => {
    const { vectors, picture } = arc(50);
    expect(await judge(vectors, picture, 5)).toEqual({
      trustworthiness: 1,
      continuity: 1,
      recall: 1,
      points: 50,
    });
  });

  it('is about one half for a picture that knows nothing of the vectors', async () => {
    const picture = matrixOf(gaussians(seededRandom(1), 300, 2));
    const vectors = rowsOf(gaussians(seededRandom(2), 300, 20));
    const { trustworthiness, continuity, recall } = await judge(vectors, picture, 10);
    for (const value of [trustworthiness, continuity]) {
      expect(value).toBeGreaterThan(0.45);
      expect(value).toBeLessThan(0.55);
    }
    expect(recall).toBeGreaterThan(0.02);
    expect(recall).toBeLessThan(0.05);
  });

  it('takes no duplicate for a stranger: equal vectors have equal ranks', async () => {
    const vectors = rowsOf(Array.from({ length: 30 }, (_, i) => [1, i < 15 ? 0 : 1]));
    const picture = matrixOf(Array.from({ length: 30 }, (_, i) => [i < 15 ? 0 : 9, 0.01 * i]));
    expect(await judge(vectors, picture, 3)).toMatchObject({
      trustworthiness: 1,
      continuity: 1,
      recall: 1,
    });
  });

  it('counts what a picture tears apart against its continuity, not its trustworthiness', async () => {
    const { vectors, picture } = arc(60);
    picture.data.forEach((_, e) => (picture.data[e] += e % 2 === 0 && e >= 60 ? 100 : 0));
    picture.data.forEach((_, e) => (picture.data[e] += e % 2 === 1 && e % 4 === 1 ? 1000 : 0));
    const { trustworthiness, continuity } = await judge(vectors, picture, 4);
    expect(continuity).toBeLessThan(trustworthiness - 0.1);
  });

  it('is not defined when a neighbourhood is half of all points or more', async () => {
    const { vectors, picture } = arc(20);
    expect(await judge(vectors, picture, 10)).toEqual({
      trustworthiness: NaN,
      continuity: NaN,
      recall: NaN,
      points: 0,
    });
    expect((await judge(vectors, picture, 9)).points).toBe(20);
  });

  it('sums over a seeded sample of 1000 above 2000 points, and comes near the whole sum', async () => {
    const random = seededRandom(5);
    const places = gaussians(random, 2001, 2);
    const noisy = gaussians(random, 2001, 2);
    const vectors = rowsOf(places.map(([x, y], i) => [x, y, 1 + 0.2 * noisy[i][0]]));
    const picture = matrixOf(
      places.map(([x, y], i) => [x + 0.3 * noisy[i][0], y + 0.3 * noisy[i][1]]),
    );
    const sampled = await judge(vectors, picture, 10);
    const again = await judge(vectors, picture, 10);
    const other = await judge(vectors, picture, 10, { seed: 2 });
    const whole = await judge(
      { ...vectors, rows: 2000, data: vectors.data.subarray(0, 6000) },
      { ...picture, rows: 2000 },
      10,
    );
    expect([sampled.points, whole.points]).toEqual([1000, 2000]);
    expect(again).toEqual(sampled);
    expect(other.trustworthiness).not.toBe(sampled.trustworthiness);
    for (const name of ['trustworthiness', 'continuity', 'recall'] as const)
      expect(Math.abs(sampled[name] - whole[name]), name).toBeLessThan(0.01);
  });

  it('stops after the block in which it was told to', async () => {
    const { context, reports } = watched(({ done }) => done === 128);
    const { vectors, picture } = arc(300);
    await expect(
      judgePicture({ vectors, picture, k: 5, wide: 5, seed: 1 }, createReference(), context),
    ).rejects.toMatchObject({ code: 'call/cancelled' });
    expect(reports.map(({ done, total }) => [done, total])).toEqual([
      [64, 300],
      [128, 300],
    ]);
  });
});
