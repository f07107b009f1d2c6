import { describe, expect, it } from 'vitest';
import { createReference } from '../../src/compute/reference.ts';
import { mean } from '../../src/core/statistics.ts';
import {
  neighborRankConsistency,
  rankConsistency,
  rankWeights,
  type RankWeighting,
} from '../../src/metrics/rank-consistency.ts';
import { randomCube, rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { goldenPairs, rotated, type Pair } from '../helpers/pairs.ts';

const WEIGHTINGS: RankWeighting[] = ['softmax', 'norm1', 'norm2'];

const byWeighting = (a: number[], b: number[]): number[] =>
  WEIGHTINGS.map((weighting) => rankConsistency(a, b, rankWeights(a.length, weighting)));

describe('rankWeights', () => {
  it('gives the first places of a long softmax .632, .233, .086 and .031', () => {
    expectClose(rankWeights(40, 'softmax').slice(0, 4), [0.632121, 0.232544, 0.085548, 0.031471]);
  });

  it.each(WEIGHTINGS)('sums to 1 for a thousand candidates: %s', (weighting) => {
    expect(rankWeights(1000, weighting).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
  });
});

describe('rankConsistency', () => {
  it('has the values of the definitions', () => {
    expectClose(byWeighting([0, 1, 2], [1, 0, 2]), [0.334759, 0.5, 0.357143]);
    expectClose(byWeighting([0, 1, 2, 3], [3, 2, 1, 0]), [0.090155, 0.233333, 0.122222]);
  });

  it('is 1 for equal rankings, 0 for rankings of different candidates, and the same both ways', () => {
    expectClose(byWeighting([5, 3, 9, 1], [5, 3, 9, 1]), [1, 1, 1], 1e-12);
    expectClose(byWeighting([5, 3, 9, 1], [4, 2, 8, 0]), [0, 0, 0]);
    expectClose(
      byWeighting([5, 3, 9, 1], [9, 5, 7, 3]),
      byWeighting([9, 5, 7, 3], [5, 3, 9, 1]),
      0,
    );
  });
});

async function consistencyOf({ x, y }: Pair, weighting?: RankWeighting): Promise<Float64Array> {
  const k = Math.min(10, x.rows - 1);
  const [a, b] = [await createReference().nearest(x, k), await createReference().nearest(y, k)];
  return neighborRankConsistency(a, b, weighting);
}

describe('neighborRankConsistency', () => {
  it.each(goldenPairs)('agrees with sets in Python: $name', async ({ pair, golden }) => {
    for (const weighting of WEIGHTINGS) {
      expectClose(
        [mean(await consistencyOf(pair, weighting))],
        [golden.neighborConsistency[weighting]],
      );
    }
  });

  it('is 1 for every fact when a language is turned', async () => {
    const cube = randomCube({ languages: 1, facts: 15, dimensions: 5 }, 2);
    const [x, y] = [cube, rotated(cube, 7)].map(([rows]) => rowsOf(rows));
    expectClose(await consistencyOf({ x, y }), new Array<number>(15).fill(1), 1e-12);
  });

  it('is not defined for two facts, each the other’s only neighbour', async () => {
    const [x, y] = randomCube({ languages: 2, facts: 2, dimensions: 4 }, 1).map(rowsOf);
    expectClose(await consistencyOf({ x, y }), [NaN, NaN]);
  });

  it('refuses lists of different depth', () => {
    const lists = (k: number) => ({
      rows: 3,
      k,
      indices: new Int32Array(3 * k),
      cosines: new Float32Array(3 * k),
    });
    expect(() => neighborRankConsistency(lists(1), lists(2))).toThrow('[3, 1] but [3, 2]');
  });
});
