import { describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import { matchedCsls, matchedMargins, xsimErrors, type Margin } from '../../src/metrics/margin.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { enDe, enSw, equalPair, goldenPairs, pairOf, scanOf } from '../helpers/pairs.ts';

const MARGINS: Margin[] = ['ratio', 'distance', 'absolute'];

describe('matchedCsls', () => {
  it('has the values of the definitions for k = 2', async () => {
    expectClose(
      matchedCsls(await scanOf(enDe), 2),
      [0.160424, 0.301119, 0.267307, 0.160424, -0.14837],
    );
    expectClose(
      matchedCsls(await scanOf(enSw), 2),
      [-0.422577, 0.083772, -0.148289, -0.211278, 0.062996],
    );
  });

  it.each(goldenPairs)(
    'agrees with NumPy on the mean for k = 10: $name',
    async ({ pair, golden }) => {
      expectClose([mean(matchedCsls(await scanOf(pair)))], [golden.csls]);
    },
  );

  it('is not defined where k neighbours are all there are', async () => {
    expectClose(matchedCsls(await scanOf(enDe), 5), new Array<number>(5).fill(NaN));
  });
});

describe('matchedMargins', () => {
  it('has a mean ratio of 1.090804 for en-de and 0.913407 for en-sw, k = 2', async () => {
    const means = [enDe, enSw].map(async (pair) =>
      mean(matchedMargins(await scanOf(pair), 'ratio', 2)),
    );
    expectClose(await Promise.all(means), [1.090804, 0.913407]);
  });

  it.each(goldenPairs)('agrees with NumPy on the mean ratio: $name', async ({ pair, golden }) => {
    expectClose([mean(matchedMargins(await scanOf(pair), 'ratio'))], [golden.ratioMargin]);
  });

  it('has no ratio, but a distance, where neighbourhoods are on the far side', async () => {
    const scan = await scanOf(
      pairOf(
        [
          [1, 0],
          [1, 0.1],
          [1, -0.1],
        ],
        [
          [-1, 0],
          [-1, 0.1],
          [-1, 0.2],
        ],
      ),
    );
    expectClose(matchedMargins(scan, 'ratio', 2), [NaN, NaN, NaN]);
    expect(Array.from(matchedMargins(scan, 'distance', 2)).some(Number.isNaN)).toBe(false);
    expect(mean(xsimErrors(scan.rowNearest, scan.columnNearest, 'ratio', 2))).toBeNaN();
    expect(mean(xsimErrors(scan.rowNearest, scan.columnNearest, 'distance', 2))).not.toBeNaN();
  });
});

describe('xsimErrors', () => {
  it.each(MARGINS)('of en to de is 1 and of en to sw 3 of 5 with k = 2: %s', async (margin) => {
    const errors = [enDe, enSw].map(async (pair) => {
      const { rowNearest, columnNearest } = await scanOf(pair);
      return mean(xsimErrors(rowNearest, columnNearest, margin, 2));
    });
    expect(await Promise.all(errors)).toEqual([20, 60]);
  });

  it.each(goldenPairs)('agrees with NumPy both ways: $name', async ({ pair, golden }) => {
    const { rowNearest, columnNearest } = await scanOf(pair);
    for (const margin of MARGINS) {
      expectClose(
        [
          mean(xsimErrors(rowNearest, columnNearest, margin)),
          mean(xsimErrors(columnNearest, rowNearest, margin)),
        ],
        golden.xsim[margin],
      );
    }
  });

  it('is an error where the match is not among the k nearest, however good its margin', async () => {
    // Fact 0's match is its second nearest, and in an empty region; the nearest is a hub.
    const scan = await scanOf(
      pairOf(
        [
          [1, 0, 0],
          [0.9, 0.4, 0],
          [0.9, 0.35, 0.1],
        ],
        [
          [0.8, 0, -0.6],
          [1, 0.1, 0],
          [0.9, 0.2, 0.1],
        ],
      ),
    );
    const { rowNearest, columnNearest } = scan;
    expect(rowNearest.indices[0]).not.toBe(0);
    expect(mean(xsimErrors(rowNearest, columnNearest, 'absolute', 1))).toBeGreaterThan(30);
    expect(mean(xsimErrors(rowNearest, columnNearest, 'ratio', 1))).toBe(
      mean(xsimErrors(rowNearest, columnNearest, 'absolute', 1)),
    );
  });

  it('is 0 where a language meets its copy', async () => {
    const { x } = goldenPairs[1].pair;
    const { rowNearest, columnNearest } = await scanOf({ x, y: x });
    // Two facts of this language are duplicates of two others: they tie.
    for (const margin of MARGINS)
      expect(mean(xsimErrors(rowNearest, columnNearest, margin))).toBe(0);
  });

  it.each([1, 2, 3, 4])('is not defined for %i facts and k = 4', async (n) => {
    const { rowNearest, columnNearest } = await scanOf(equalPair(n));
    for (const margin of MARGINS)
      expect(mean(xsimErrors(rowNearest, columnNearest, margin))).toBeNaN();
  });
});
