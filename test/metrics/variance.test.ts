import { describe, expect, it } from 'vitest';
import { createReference } from '../../src/compute/reference.ts';
import { matrix, type Matrix, type Products } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import type { VarianceShares } from '../../src/core/report.ts';
import { fitScaler, fitUniformScaler, type Scaler } from '../../src/metrics/language-bias.ts';
import { varianceShares, zScore } from '../../src/metrics/variance.ts';
import { matrixOf, randomCube, rowsOf, type Cube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { lenses, randomFacts, threeLanguages } from '../helpers/golden.ts';

const products: Products = (x, y) => createReference().cosineMatrix(x, y);

function sharesOf(cube: Cube, { seed = 1, rounds = 200 } = {}): Promise<VarianceShares | null> {
  return scaledSharesOf(cube, fitScaler(rowsOf(cube.flat())), { toRows: rowsOf, seed, rounds });
}

function scaledSharesOf(
  cube: Cube,
  scaler: Scaler,
  { toRows = rowsOf as (rows: number[][]) => Matrix, seed = 1, rounds = 20 } = {},
): Promise<VarianceShares | null> {
  const languages = cube.map((rows) => zScore(toRows(rows), scaler));
  const facts = cube[0].length;
  return varianceShares(
    { languages, facts, dimensions: cube[0][0].length },
    products,
    seededRandom(seed),
    rounds,
  );
}

const valuesOf = (shares: VarianceShares | null): number[] =>
  shares === null
    ? []
    : [shares.fact, shares.language, shares.interaction].map(({ value }) => value);

const intervalsOf = (shares: VarianceShares | null): [number, number][] =>
  shares === null
    ? []
    : [shares.fact, shares.language, shares.interaction].map(
        ({ interval }) => interval ?? [NaN, NaN],
      );

describe('zScore', () => {
  it('gives every dimension mean 0 and variance 1', () => {
    const x = matrixOf([
      [1, 10],
      [2, 10],
      [6, 40],
    ]);
    expectClose(
      zScore(x, fitScaler(x)).data,
      [-2, -10, -1, -10, 3, 20].map((v, i) => v / (i % 2 ? Math.sqrt(200) : Math.sqrt(14 / 3))),
      1e-6,
    );
  });
});

describe('varianceShares', () => {
  it.each([
    ['3 languages, 5 facts', threeLanguages.raw, threeLanguages.variance],
    ['5 languages, 40 facts', randomFacts.raw, randomFacts.complete.variance],
  ])('agrees with NumPy on %s', async (_, cube, { fact, language, interaction, facts }) => {
    const shares = await sharesOf(cube);
    expectClose(valuesOf(shares), [fact, language, interaction]);
    expect(shares?.facts).toBe(facts);
  });

  it('of vectors as they are, by one deviation for all dimensions, agrees with the definitions', async () => {
    const cube = threeLanguages.raw;
    expectClose(
      valuesOf(await scaledSharesOf(cube, fitUniformScaler(rowsOf(cube.flat())))),
      [0.62746, 0.05648, 0.31606],
    );
    const raw = { toRows: matrixOf };
    expectClose(
      valuesOf(await scaledSharesOf(cube, fitUniformScaler(matrixOf(cube.flat())), raw)),
      [0.621514, 0.055777, 0.322709],
    );
    expectClose(
      valuesOf(await scaledSharesOf(cube, fitScaler(matrixOf(cube.flat())), raw)),
      [0.619202, 0.052818, 0.32798],
    );
    const { fact, language, interaction } = lenses.complete.sharesUnscaled;
    const uniform = fitUniformScaler(rowsOf(randomFacts.raw.flat()));
    expectClose(valuesOf(await scaledSharesOf(randomFacts.raw, uniform)), [
      fact,
      language,
      interaction,
    ]);
  });

  it('is the same for a frozen scaler from other vectors, as long as it scales all dimensions alike', async () => {
    const cube = threeLanguages.raw;
    const own = fitUniformScaler(rowsOf(cube.flat()));
    const other = {
      mean: own.mean.map((value) => value + 3),
      deviation: own.deviation.map((value) => value * 2),
    };
    expectClose(
      valuesOf(await scaledSharesOf(cube, other)),
      valuesOf(await scaledSharesOf(cube, own)),
    );
  });

  it('is all fact when languages are copies, with no width of interval', async () => {
    const [rows] = randomCube({ languages: 1, facts: 6, dimensions: 5 }, 1);
    const shares = await sharesOf([rows, rows, rows]);
    expectClose(valuesOf(shares), [1, 0, 0], 1e-6);
    expectClose(intervalsOf(shares).flat(), [1, 1, 0, 0, 0, 0], 1e-5);
  });

  it('is all language when every fact has one vector in a language', async () => {
    const cube = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 1],
    ].map((vector) => Array.from({ length: 4 }, () => vector));
    expectClose(valuesOf(await sharesOf(cube)), [0, 1, 0], 1e-6);
  });

  it('is all interaction when facts and languages average out', async () => {
    expectClose(
      valuesOf(
        await sharesOf([
          [
            [1, 0],
            [-1, 0],
          ],
          [
            [-1, 0],
            [1, 0],
          ],
        ]),
      ),
      [0, 0, 1],
      1e-6,
    );
  });

  it('has intervals around its values, also where drawing facts twice drives language means apart', async () => {
    // Noise twice as large as the fact in 200 dimensions: every replicate of the language share lies above the share.
    const noisy = randomCube({ languages: 4, facts: 40, dimensions: 200 }, 3, 2);
    for (const cube of [threeLanguages.raw, randomFacts.raw, noisy]) {
      const shares = await sharesOf(cube);
      const values = valuesOf(shares);
      intervalsOf(shares).forEach(([low, high], i) => {
        expect(low).toBeLessThanOrEqual(values[i]);
        expect(high).toBeGreaterThanOrEqual(values[i]);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      });
    }
  });

  it('has intervals half as wide for four times the facts', async () => {
    const widths = await Promise.all(
      [50, 200].map(async (facts) => {
        const [low, high] = intervalsOf(
          await sharesOf(randomCube({ languages: 3, facts, dimensions: 12 }, 5)),
        )[0];
        return high - low;
      }),
    );
    expect(widths[0] / widths[1]).toBeGreaterThan(1.5);
    expect(widths[0] / widths[1]).toBeLessThan(2.7);
  });

  it('repeats with the seed; another seed moves the intervals and not the values', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => sharesOf(threeLanguages.raw, { seed })),
    );
    expect(again).toEqual(first);
    expect(valuesOf(other)).toEqual(valuesOf(first));
    expect(intervalsOf(other)).not.toEqual(intervalsOf(first));
  });

  it('leaves out rounds that draw one fact only, where its renderings are equal', async () => {
    const [rows] = randomCube({ languages: 1, facts: 2, dimensions: 5 }, 1);
    expectClose(intervalsOf(await sharesOf([rows, rows])).flat(), [1, 1, 0, 0, 0, 0], 1e-5);
  });

  it('has nothing to share where all vectors are equal', async () => {
    const same = Array.from({ length: 3 }, () => [0.1, 0.2, 0.7]);
    expect(await sharesOf([same, same])).toBeNull();
  });

  it('refuses one fact and one language', async () => {
    const cube = (languages: number, facts: number) =>
      ({
        languages: Array.from({ length: languages }, () => matrix(facts, 2)),
        facts,
        dimensions: 2,
      }) as const;
    for (const bad of [cube(2, 1), cube(1, 2)]) {
      await expect(varianceShares(bad, products, seededRandom(1))).rejects.toThrow(
        'needs two facts in two languages',
      );
    }
  });
});
