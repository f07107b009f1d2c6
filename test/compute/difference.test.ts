import { expect, test } from 'vitest';
import { neighborsDifference, pairDifference } from '../../src/compute/difference.ts';
import type { PairScan } from '../../src/core/pair-scan.ts';
import { createReference } from '../../src/compute/reference.ts';
import type { Matrix } from '../../src/core/matrix.ts';
import { GOLDEN, comparePair, randomMatrix } from './matrices.ts';

const reference = createReference();

async function golden(): Promise<{ scores: PairScan; cosines: Matrix }> {
  const scores = await comparePair(reference, GOLDEN.en, GOLDEN.de);
  return { scores, cosines: await reference.cosineMatrix(GOLDEN.en, GOLDEN.de) };
}

test('scores of the reference differ by rounding only', async () => {
  const { scores, cosines } = await golden();
  expect(pairDifference(scores, cosines)).toBeLessThan(1e-7);
});

test.each(['matched', 'rowRival', 'columnRival'] as const)(
  'an error of %s counts as it is',
  async (field) => {
    const { scores, cosines } = await golden();
    scores[field][3] += 0.25;
    expect(pairDifference(scores, cosines)).toBeCloseTo(0.25, 6);
  },
);

test('a wrong rival counts by how far its cosine is from the best', async () => {
  const { scores, cosines } = await golden();
  scores.rowRivalIndex[0] = 3;
  expect(pairDifference(scores, cosines)).toBeCloseTo(0.774597 - 0.365148, 5);
});

test('a wrong rank counts by how far the cosine that it miscounts is from the match', async () => {
  const { scores, cosines } = await golden();
  scores.rowRank[4] = 4;
  expect(pairDifference(scores, cosines)).toBeCloseTo(0.666667 - 0.471405, 5);
  scores.rowRank[4] = 1;
  expect(pairDifference(scores, cosines)).toBeCloseTo(0.707107 - 0.666667, 5);
});

test('a fact as its own rival, and an index or rank outside the matrix, count as 2', async () => {
  for (const [field, value] of [
    ['rowRivalIndex', 2],
    ['columnRivalIndex', 5],
    ['columnRivalIndex', -1],
    ['columnRank', 0],
    ['rowRank', 6],
  ] as const) {
    const { scores, cosines } = await golden();
    scores[field][2] = value;
    expect(pairDifference(scores, cosines)).toBe(2);
  }
});

test('a wrong sum counts by its share of one cosine', async () => {
  const { scores, cosines } = await golden();
  scores.columnSum[2] += 0.5;
  expect(pairDifference(scores, cosines)).toBeCloseTo(0.1, 6);
});

test('a wrong count of facts that reach a match counts by the cosine that it miscounts', async () => {
  const { scores, cosines } = await golden();
  scores.rowReach[4]++;
  expect(pairDifference(scores, cosines)).toBeCloseTo(0.666667 - 0.471405, 5);
});

test.each(['below', 'rowBeaten', 'columnBeaten'] as const)(
  'a chance that no small error explains counts as 2: %s',
  async (field) => {
    const { scores, cosines } = await golden();
    scores[field][1] -= 0.03;
    expect(pairDifference(scores, cosines)).toBe(2);
  },
);

test('a wrong entry of a list counts by how far its cosine is from the right one', async () => {
  const { scores, cosines } = await golden();
  scores.rowNearest.indices[0] = 3;
  scores.rowNearest.indices[3] = 0;
  expect(pairDifference(scores, cosines)).toBeCloseTo(0.912871 - 0.365148, 5);
});

test('NaN stays NaN', async () => {
  const { scores, cosines } = await golden();
  scores.rowRival[1] = NaN;
  expect(pairDifference(scores, cosines)).toBeNaN();
});

test('neighbours: a wrong one counts by its cosine, a row itself or one twice as 2', async () => {
  const x = randomMatrix(1, 12, 5);
  const cosines = await reference.cosineMatrix(x, x);
  const changed = async (slot: number, index: number): Promise<number> => {
    const neighbors = await reference.nearest(x, 3);
    neighbors.indices[slot] = index;
    return neighborsDifference(neighbors, cosines);
  };
  const { indices, cosines: best } = await reference.nearest(x, 11);
  expect(await changed(2, indices[10])).toBeCloseTo(best[2] - best[10], 6);
  expect(await changed(3, 1)).toBe(2);
  expect(await changed(1, indices[0])).toBe(2);
});
