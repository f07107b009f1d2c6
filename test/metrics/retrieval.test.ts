import { describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import {
  countTies,
  expectedHits,
  mexaHits,
  precisionAt,
  reciprocalRanks,
  type MatchScores,
} from '../../src/metrics/retrieval.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { enDe, enSw, goldenPairs, scanOf } from '../helpers/pairs.ts';

const MARGIN = 1e-6;

/** Facts given as [match, best rival of the row, best rival of the column]. */
function scoresOf(...facts: [match: number, row: number, column: number][]): MatchScores {
  const none = new Int32Array(facts.length);
  return {
    matched: facts.map(([match]) => match),
    rowRival: facts.map(([, row]) => row),
    columnRival: facts.map(([, , column]) => column),
    rowRank: none,
    columnRank: none,
  };
}

describe('precisionAt 1', () => {
  it('is 1 for the facts whose match has rank 1', () => {
    expect([...precisionAt(1, [1, 2, 1, 7])]).toEqual([1, 0, 1, 0]);
  });

  it('is not defined below two facts', () => {
    expect([...precisionAt(1, [1])]).toEqual([NaN]);
  });
});

describe('mexaHits', () => {
  it('counts a fact only when its match is best in its row and in its column', () => {
    const scores = scoresOf([0.9, 0.5, 0.6], [0.9, 0.95, 0.1], [0.9, 0.1, 0.95], [0.2, 0.1, 0.1]);
    expect([...mexaHits(scores, MARGIN)]).toEqual([1, 0, 0, 1]);
  });

  it('counts a tie within the margin as a miss, and a lead above it as a hit', () => {
    expect([...mexaHits(scoresOf([0.9, 0.9, 0.1], [0.9, 0.9 - 0.9e-6, 0.1]), MARGIN)]).toEqual([
      0, 0,
    ]);
    expect([
      ...mexaHits(scoresOf([0.9, 0.9 - 1.1e-6, 0.1], [0.9, 0.1, 0.9 - 1.1e-6]), MARGIN),
    ]).toEqual([1, 1]);
  });

  it('is not defined for one fact', () => {
    expect([...mexaHits(scoresOf([0.9, -Infinity, -Infinity]), MARGIN)]).toEqual([NaN]);
  });
});

describe('countTies', () => {
  it('counts facts whose match and best rival differ by no more than the margin, on either side', () => {
    const scores = scoresOf(
      [0.9, 0.9, 0.1],
      [0.9, 0.1, 0.9 + 0.9e-6],
      [0.9, 0.1, 0.9 - 0.9e-6],
      [0.9, 0.9 + 1.1e-6, 0.1],
      [0.9, 0.9, 0.95],
    );
    expect(countTies(scores, MARGIN)).toBe(3);
  });

  it('finds none for one fact', () => {
    expect(countTies(scoresOf([0.9, -Infinity, -Infinity]), MARGIN)).toBe(0);
  });
});

describe('precisionAt', () => {
  it('grows with k and is not defined from k = n on', () => {
    const ranks = [1, 2, 4, 3, 1];
    expect([1, 2, 3, 4].map((k) => mean(precisionAt(k, ranks)))).toEqual([0.4, 0.6, 0.8, 1]);
    expect([5, 6].map((k) => mean(precisionAt(k, ranks)))).toEqual([NaN, NaN]);
  });

  it.each(goldenPairs)('agrees with NumPy at k = 5: $name', async ({ pair, golden }) => {
    const { rowRank, columnRank } = await scanOf(pair);
    expectClose([mean(precisionAt(5, rowRank)), mean(precisionAt(5, columnRank))], golden.pAt5);
  });
});

describe('the mean of reciprocalRanks', () => {
  it('is 0.866667 for en to de and 0.616667 for en to sw', async () => {
    expectClose(
      [
        mean(reciprocalRanks((await scanOf(enDe)).rowRank)),
        mean(reciprocalRanks((await scanOf(enSw)).rowRank)),
      ],
      [0.866667, 0.616667],
    );
  });

  it.each(goldenPairs)('agrees with NumPy: $name', async ({ pair, golden }) => {
    const { rowRank, columnRank } = await scanOf(pair);
    expectClose(
      [rowRank, columnRank].map((ranks) => mean(reciprocalRanks(ranks))),
      golden.mrr,
    );
  });

  it('is not defined below two facts', () => {
    expect([...reciprocalRanks([1])]).toEqual([NaN]);
  });
});

const expected = (m: number, blockers: ArrayLike<number>): number =>
  mean(expectedHits(m, blockers));

describe('expectedHits', () => {
  it.each(goldenPairs)('agrees with exact binomials: $name', async ({ pair, golden }) => {
    const { eitherReach, rowRank } = await scanOf(pair);
    expect(Array.from(eitherReach)).toEqual(golden.eitherReach);
    const above = rowRank.map((rank) => rank - 1);
    expectClose(
      golden.sizes.map((m) => expected(m, eitherReach)),
      golden.mexaAt,
      1e-8,
    );
    expectClose(
      golden.sizes.map((m) => expected(m, above)),
      golden.pAt1At,
      1e-8,
    );
  });

  it('is the mean over all subsets: 10 of two, 10 of three and 5 of four of five facts', () => {
    // Who keeps whom from being a hit.
    const blockedBy = [[], [0], [0, 4], [1, 2, 4], [3]];
    for (const m of [2, 3, 4, 5]) {
      const subsets = Array.from({ length: 32 }, (_, bits) =>
        [0, 1, 2, 3, 4].filter((i) => (bits >> i) & 1),
      ).filter((subset) => subset.length === m);
      const scores = subsets.map(
        (subset) => subset.filter((i) => !blockedBy[i].some((j) => subset.includes(j))).length / m,
      );
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      expect(
        expected(
          m,
          blockedBy.map(({ length }) => length),
        ),
      ).toBeCloseTo(mean, 12);
    }
  });

  it('never rises with m, stays in [0, 1] for ten thousand facts, and keeps full marks and none', () => {
    const n = 10_000;
    const blockers = Int32Array.from({ length: n }, (_, i) => (i < n / 2 ? i : 0));
    const curve = [2, 10, 100, 1000, 9000, n].map((m) => expected(m, blockers));
    curve.forEach((share, i) => {
      expect(share).toBeGreaterThan(0.5);
      expect(share).toBeLessThanOrEqual(i === 0 ? 1 : curve[i - 1]);
    });
    expect(curve.at(-1)).toBe((n / 2 + 1) / n);
    expect(expected(100, new Int32Array(n))).toBe(1);
    expect(expected(100, new Int32Array(n).fill(n - 1))).toBe(0);
  });

  it('is not defined for more facts than there are, nor for one', () => {
    expect([1, 4].map((m) => expected(m, [0, 0, 0]))).toEqual([NaN, NaN]);
  });
});
