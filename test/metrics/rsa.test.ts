import { describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import { dissimilarities, rsa } from '../../src/metrics/rsa.ts';
import { matrixOf, randomCube, rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import {
  enDe,
  enSw,
  equalPair,
  goldenPairs,
  products,
  rotated,
  type Pair,
} from '../helpers/pairs.ts';

async function rsaOf({ x, y }: Pair): Promise<number[]> {
  return [mean(rsa(await dissimilarities(x, products), await dissimilarities(y, products)))];
}

describe('rsa', () => {
  it('has the values of the definitions', async () => {
    expectClose(await rsaOf(enDe), [0.48442]);
    expectClose(await rsaOf(enSw), [0.163636]);
  });

  it.each(goldenPairs)('agrees with SciPy: $name', async ({ pair, golden }) => {
    expectClose(await rsaOf(pair), [golden.rsa.spearman]);
  });

  it('is the same when a language is turned, and both ways', async () => {
    const cube = randomCube({ languages: 2, facts: 12, dimensions: 6 }, 8);
    const [x, y] = cube.map(rowsOf);
    const turned = rowsOf(rotated([cube[1]], 3)[0]);
    const before = await rsaOf({ x, y });
    expectClose(await rsaOf({ x, y: turned }), before);
    expectClose(await rsaOf({ x: y, y: x }), before, 1e-12);
    expectClose(await rsaOf({ x: y, y: turned }), [1], 1e-5);
  });

  it.each([1, 2])('is not defined for %i facts', async (n) => {
    const [x, y] = randomCube({ languages: 2, facts: n, dimensions: 4 }, 1).map(rowsOf);
    expectClose(await rsaOf({ x, y }), [NaN]);
  });

  it('is not defined where all vectors are equal, or all facts equally far from each other', async () => {
    expectClose(await rsaOf(equalPair(6)), [NaN]);
    const corners = matrixOf([0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((k) => +(i === k))));
    expectClose(await rsaOf({ x: corners, y: corners }), [NaN]);
  });

  it('refuses languages of different facts', async () => {
    const [a, b] = await Promise.all([4, 5].map((n) => dissimilarities(equalPair(n).x, products)));
    expect(() => rsa(a, b)).toThrow('rsa: 4 facts but 5');
  });
});
