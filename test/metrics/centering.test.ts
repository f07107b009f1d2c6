import { describe, expect, it } from 'vitest';
import { dot, meanRow, row, takeRows, type Matrix } from '../../src/core/matrix.ts';
import { mean } from '../../src/core/statistics.ts';
import {
  centreLanguage,
  leadingDirections,
  removeDirections,
} from '../../src/metrics/centering.ts';
import { matrixOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { enDe, enSw, equalPair, goldenPairs, products, type Pair } from '../helpers/pairs.ts';

const centred = (x: Matrix): Matrix => centreLanguage(x, meanRow(x));

const matchedMean = ({ x, y }: Pair): number =>
  mean(Float64Array.from({ length: x.rows }, (_, i) => dot(row(x, i), row(y, i))));

async function withoutDirections(x: Matrix, c: number): Promise<Matrix> {
  return removeDirections(x, await leadingDirections(x, c, products));
}

describe('centreLanguage', () => {
  it('leaves a mean matched cosine of 0.759109 for en-de and 0.392889 for en-sw', () => {
    expectClose(
      [enDe, enSw].map(({ x, y }) => matchedMean({ x: centred(x), y: centred(y) })),
      [0.759109, 0.392889],
    );
  });

  it.each(goldenPairs)('agrees with NumPy: $name', ({ pair: { x, y }, golden }) => {
    expectClose([matchedMean({ x: centred(x), y: centred(y) })], [golden.neutral.centred]);
  });

  it('judges facts by the mean of others', () => {
    const others = takeRows(enDe.x, [0, 1, 2]);
    const centre = meanRow(others);
    const judged = centreLanguage(takeRows(enDe.x, [4]), centre);
    const left = Array.from(row(enDe.x, 4), (value, k) => value - centre[k]);
    const length = Math.sqrt(dot(left, left));
    expectClose(
      judged.data,
      left.map((value) => value / length),
      1e-6,
    );
  });

  it('brings rows to length 1, and has none for a row that equals the mean', () => {
    const { x } = goldenPairs[0].pair;
    const unit = centred(x);
    for (let i = 0; i < unit.rows; i++) expect(dot(row(unit, i), row(unit, i))).toBeCloseTo(1, 6);
    expect(centred(equalPair(3).x).data.every(Number.isNaN)).toBe(true);
    expect(centred(equalPair(1).x).data.every(Number.isNaN)).toBe(true);
  });
});

describe('removeDirections', () => {
  it.each(goldenPairs)(
    'agrees with the SVD of NumPy for 1 and 3 directions: $name',
    async ({ pair, golden }) => {
      const means = [1, 3].map(async (c) =>
        matchedMean({
          x: await withoutDirections(pair.x, c),
          y: await withoutDirections(pair.y, c),
        }),
      );
      expectClose(await Promise.all(means), [golden.neutral.lir1, golden.neutral.lir3], 5e-5);
    },
  );

  it('leaves nothing along them', async () => {
    const { x } = goldenPairs[0].pair;
    const directions = await leadingDirections(x, 2, products);
    const left = removeDirections(x, directions);
    for (let i = 0; i < left.rows; i++) {
      for (let k = 0; k < 2; k++)
        expect(Math.abs(dot(row(left, i), row(directions, k)))).toBeLessThan(1e-5);
    }
  });

  it('has no row left where directions span all of it', async () => {
    const { x } = equalPair(3);
    const left = await withoutDirections(x, 1);
    expect(left.data.every(Number.isNaN)).toBe(true);
  });

  it('finds no more directions than the rank', async () => {
    const flat = matrixOf([
      [3, 0, 0],
      [0, 2, 0],
    ]);
    const { data } = await leadingDirections(flat, 3, products);
    expectClose(data, [1, 0, 0, 0, 1, 0, 0, 0, 0], 1e-6);
  });
});
