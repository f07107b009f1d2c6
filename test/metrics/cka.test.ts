import { describe, expect, it } from 'vitest';
import { matrix, takeRows } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import { cka, ckaSide, type Cka } from '../../src/metrics/cka.ts';
import { gaussians, matrixOf, randomCube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import {
  enDe,
  enSw,
  equalPair,
  goldenPairs,
  meansOf,
  products,
  rotated,
  type Pair,
} from '../helpers/pairs.ts';

type Values = Record<keyof Cka, number>;

async function ckaOf({ x, y }: Pair): Promise<Values> {
  return meansOf({
    ...(await cka(await ckaSide(x, products), await ckaSide(y, products), products)),
  });
}

const listed = ({ linear, hsic, debiased }: Values): number[] => [linear, hsic, debiased];

describe('cka', () => {
  it('has the values of the definitions, also below 0', async () => {
    expectClose(listed(await ckaOf(enDe)), [0.862376, 0.048235, 0.809582]);
    expectClose(listed(await ckaOf(enSw)), [0.606368, -0.014818, -0.500459]);
    const sides = await Promise.all([enDe.x, enDe.y, enSw.y].map((x) => ckaSide(x, products)));
    expectClose(
      sides.map(({ hsic }) => mean(hsic)),
      [0.067111, 0.052894, 0.013063],
    );
  });

  it.each(goldenPairs)('agrees with raw Gram matrices: $name', async ({ pair, golden }) => {
    expectClose(listed(await ckaOf(pair)), listed(golden.cka as Values));
  });

  it('is the same, fact by fact, from features as from Gram matrices: every fact of 21 stands 100 times', async () => {
    const { pair } = goldenPairs[3];
    const once = Int32Array.from({ length: 21 }, (_, i) => i);
    const often = Int32Array.from({ length: 2100 }, (_, i) => i % 21);
    const linear = async (rows: Int32Array): Promise<Float64Array> => {
      const [x, y] = [takeRows(pair.x, rows), takeRows(pair.y, rows)];
      return (await cka(await ckaSide(x, products), await ckaSide(y, products), products)).linear;
    };
    expect((await ckaSide(takeRows(pair.x, once), products)).kind).toBe('gram');
    expect((await ckaSide(takeRows(pair.x, often), products)).kind).toBe('features');
    expectClose((await linear(often)).slice(0, 21), await linear(once), 1e-5);
  });

  it('is 1 for a language and itself turned, moved and stretched', async () => {
    const cube = randomCube({ languages: 1, facts: 30, dimensions: 8 }, 3);
    const [turned] = rotated(cube, 5);
    const moved = turned.map((vector) => vector.map((value, k) => 3 * value + k));
    const { linear, debiased } = await ckaOf({ x: matrixOf(cube[0]), y: matrixOf(moved) });
    expectClose([linear, debiased], [1, 1]);
  });

  it('keeps its values when languages are exchanged and facts reordered', async () => {
    const { x, y } = goldenPairs[1].pair;
    const before = listed(await ckaOf({ x, y }));
    expectClose(listed(await ckaOf({ x: y, y: x })), before, 1e-7);
    const turnedOver = ({ rows, columns, data }: Pair['x']): Pair['x'] => {
      const result = matrix(rows, columns);
      for (let i = 0; i < rows; i++)
        result.data.set(data.subarray((rows - 1 - i) * columns, (rows - i) * columns), i * columns);
      return result;
    };
    expectClose(listed(await ckaOf({ x: turnedOver(x), y: turnedOver(y) })), before, 1e-7);
  });

  it('is near 0, debiased, for unrelated vectors of many dimensions, where the linear one is near 1', async () => {
    const [x, y] = [1, 2].map((seed) => matrixOf(gaussians(seededRandom(seed), 40, 400)));
    const { linear, debiased } = await ckaOf({ x, y });
    expect(linear).toBeGreaterThan(0.8);
    expect(Math.abs(debiased)).toBeLessThan(0.1);
  });

  it.each([1, 2, 3])(
    'has no unbiased values for %i facts, and none for two, which stand alike in any language',
    async (n) => {
      const [x, y] = randomCube({ languages: 2, facts: n, dimensions: 5 }, 1).map(matrixOf);
      const { linear, hsic, debiased } = await ckaOf({ x, y });
      expectClose([hsic, debiased], [NaN, NaN]);
      expect(Number.isNaN(linear)).toBe(n < 3);
    },
  );

  it('has them from four facts on', async () => {
    const [x, y] = randomCube({ languages: 2, facts: 4, dimensions: 5 }, 1, 0.1).map(matrixOf);
    expect((await ckaOf({ x, y })).hsic).not.toBeNaN();
  });

  it.each([1, 2, 4, 9])('is not defined where %i vectors are equal', async (n) => {
    const { linear, debiased } = await ckaOf(equalPair(n));
    expectClose([linear, debiased], [NaN, NaN]);
  });

  it('is not defined, debiased, where all facts are equally far from each other', async () => {
    const corners = matrixOf([0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].map((k) => +(i === k))));
    const { linear, debiased } = await ckaOf({ x: corners, y: corners });
    expect(linear).toBeCloseTo(1, 6);
    expect(debiased).toBeNaN();
  });

  it('refuses sides of different facts', async () => {
    const [a, b] = await Promise.all([4, 5].map((n) => ckaSide(matrix(n, 3), products)));
    await expect(cka(a, b, products)).rejects.toThrow('cka: sides of 4 and 5 facts');
  });
});
