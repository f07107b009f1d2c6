import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import type { Isotropy } from '../../src/core/report.ts';
import { axisVariances, isotropy } from '../../src/metrics/isotropy.ts';
import { gaussians, matrixOf, rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { lenses, randomFacts, threeLanguages } from '../helpers/golden.ts';
import { equalPair, products, rotated } from '../helpers/pairs.ts';

const shapeOf = ({
  isoScore,
  effectiveRank,
  participationRatio,
  rank,
}: Omit<Isotropy, 'meanRandomCosine'>): number[] => [
  isoScore,
  effectiveRank,
  participationRatio,
  rank,
];

describe('isotropy', () => {
  it('of the 15 vectors has the values of the definitions', async () => {
    const vectors = rowsOf(threeLanguages.raw.flat());
    const found = await isotropy(vectors, products);
    const variances = await axisVariances(vectors, products);
    expectClose(variances, [0.170909, 0.164303, 0.084507, 0.007254]);
    expectClose(shapeOf(found), [0.625173, 3.076629, 2.875519, 4]);
    expectClose([found.meanRandomCosine], [0.573026]);
  });

  it('agrees with NumPy on 200 vectors', async () => {
    const golden = lenses.complete.isotropy;
    const vectors = rowsOf(randomFacts.raw.flat());
    const found = await isotropy(vectors, products);
    const variances = await axisVariances(vectors, products);
    expectClose(variances.slice(0, 10), golden.eigenvalues);
    expectClose(shapeOf(found), shapeOf(golden), 5e-5);
    expectClose([found.meanRandomCosine], [golden.meanRandomCosine]);
  });

  it('is 1 for equal variance along all axes, and 0 along one', async () => {
    const cross = [0, 1, 2].flatMap((axis) =>
      [1, -1].map((s) => [0, 1, 2].map((k) => (k === axis ? s : 0))),
    );
    expectClose(shapeOf(await isotropy(matrixOf(cross), products)), [1, 3, 3, 3]);
    const line = [1, 2, 5].map((value) => [value, 2 * value, -value]);
    expectClose(shapeOf(await isotropy(matrixOf(line), products)), [0, 1, 1, 1], 1e-4);
  });

  it('keeps its numbers when vectors are turned, moved and stretched', async () => {
    const cube = [
      gaussians(seededRandom(3), 40, 5).map(([a, b, c, d, e]) => [3 * a, 2 * b, c, d, e]),
    ];
    const moved = rotated(cube, 2)[0].map((vector) => vector.map((value) => 10 * value + 3));
    expectClose(
      shapeOf(await isotropy(matrixOf(moved), products)),
      shapeOf(await isotropy(matrixOf(cube[0]), products)),
      1e-4,
    );
  });

  it('has a rank of N - 1 at most', async () => {
    const { rank } = await isotropy(matrixOf(gaussians(seededRandom(1), 4, 9)), products);
    expect(rank).toBe(3);
  });

  it.each([1, 2, 5])('is not defined for %i equal vectors', async (n) => {
    expectClose(shapeOf(await isotropy(equalPair(n).x, products)), [NaN, NaN, NaN, 0]);
  });
});

describe('meanRandomCosine', () => {
  it('is 1 for equal vectors, -1 for two opposite ones, and not defined for one', async () => {
    const opposite = matrixOf([
      [1, 0],
      [-1, 0],
    ]);
    const found = await Promise.all(
      [equalPair(4).x, opposite, matrixOf([[1, 0]])].map((x) => isotropy(x, products)),
    );
    expectClose(
      found.map(({ meanRandomCosine }) => meanRandomCosine),
      [1, -1, NaN],
      1e-6,
    );
  });
});
