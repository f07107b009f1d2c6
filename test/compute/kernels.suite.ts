import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  matrixDifference,
  neighborsDifference,
  pairDifference,
} from '../../src/compute/difference.ts';
import type { Kernels } from '../../src/compute/kernels.ts';
import type { PairScan } from '../../src/core/pair-scan.ts';
import { TIE_MARGIN } from '../../src/core/matrix.ts';
import { createReference } from '../../src/compute/reference.ts';
import { matrix, row, takeRows } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { GOLDEN, comparePair, randomMatrix, unitRows, shuffled } from './matrices.ts';

const SHAPES = [
  [1, 1],
  [1, 384],
  [2, 3],
  [7, 4],
  [31, 255],
  [63, 16],
  [64, 64],
  [65, 5],
  [67, 1025],
  [97, 384],
  [129, 12],
  [131, 1],
];

interface SuiteOptions {
  create: () => Promise<Kernels>;
  /** Runs of each property. */
  runs: number;
}

/** What every backend must do; each is held against the reference within its own tolerance. */
export function kernelsSuite(backend: Kernels['backend'], { create, runs }: SuiteOptions): void {
  describe(`kernels: ${backend}`, () => {
    const reference = createReference();
    let kernels: Kernels;
    beforeAll(async () => {
      kernels = await create();
    });
    afterAll(() => kernels.dispose());
    const tolerance = (): number => Math.max(kernels.tolerance, 1e-7);

    test('names its backend, its device and a tolerance no wider than 1e-5', () => {
      expect(kernels.backend).toBe(backend);
      expect(kernels.device).toMatch(/\w/);
      expect(kernels.tolerance).toBeLessThanOrEqual(1e-5);
    });

    describe('gives the golden numbers of NumPy', () => {
      test('cosines of en and de', async () => {
        const { data } = await kernels.cosineMatrix(GOLDEN.en, GOLDEN.de);
        const firstRows = [0.912871, 0.365148, 0, 0.365148, 0.774597, 0.365148, 0.912871, 0.316228];
        firstRows.forEach((cosine, at) => expect(data[at]).toBeCloseTo(cosine, 5));
      });

      test('scores of en and de', async () => {
        const scores = await comparePair(kernels, GOLDEN.en, GOLDEN.de);
        expectNear(scores.matched, [0.912871, 0.912871, 0.948683, 0.912871, 0.666667]);
        expectNear(scores.rowRival, [0.774597, 0.516398, 0.730297, 0.774597, 0.707107]);
        expect([...scores.rowRank]).toEqual([1, 1, 1, 1, 3]);
        expect([...scores.rowRivalIndex].slice(0, 4)).toEqual([4, 4, 3, 4]);
        expect(meanOffDiagonal(scores)).toBeCloseTo(0.47002, 5);
        expect(shareAtRankOne(scores.rowRank)).toBeCloseTo(0.8);
        expect(shareAtRankOne(scores.columnRank)).toBeCloseTo(0.8);
        expect(mexa(scores)).toBeCloseTo(0.8);
      });

      test('scores of en and sw, where one match ties with a rival', async () => {
        const scores = await comparePair(kernels, GOLDEN.en, GOLDEN.sw);
        expectNear(scores.matched, [0.516398, 0.8, 0.730297, 0.632456, 0.872872]);
        expect([...scores.rowRank]).toEqual([2, 1, 3, 4, 1]);
        expect(meanOffDiagonal(scores)).toBeCloseTo(0.519464, 5);
        expect(shareAtRankOne(scores.rowRank)).toBeCloseTo(0.4);
        expect(scores.columnRival[1]).toBeCloseTo(scores.matched[1], 6);
        expect(scores.columnRivalIndex[1]).toBe(2);
        expect(scores.columnRank[1]).toBe(1);
        expect(mexa(scores)).toBeCloseTo(0.2);
      });
    });

    describe('agrees with the reference', () => {
      test.each(SHAPES)('on a pair of %i facts in %i dimensions', async (n, d) => {
        const x = randomMatrix(n, n, d);
        const y = randomMatrix(d + 1000, n, d);
        const cosines = await reference.cosineMatrix(x, y);
        expect(matrixDifference(await kernels.cosineMatrix(x, y), cosines)).toBeLessThanOrEqual(
          tolerance(),
        );
        expect(pairDifference(await comparePair(kernels, x, y), cosines)).toBeLessThanOrEqual(
          tolerance(),
        );
      });

      test.each([
        [1, 65],
        [65, 1],
        [33, 130],
        [130, 3],
      ])('on %i rows times %i rows', async (n, m) => {
        const x = randomMatrix(n, n, 21);
        const y = randomMatrix(m, m, 21);
        const found = await kernels.cosineMatrix(x, y);
        expect([found.rows, found.columns]).toEqual([n, m]);
        const expected = await reference.cosineMatrix(x, y);
        expect(matrixDifference(found, expected)).toBeLessThanOrEqual(tolerance());
      });

      test.each([
        [2, 3, 1],
        [3, 1, 2],
        [65, 384, 15],
        [67, 1025, 3],
        [70, 12, 69],
        [131, 4, 64],
        [131, 5, 65],
        [150, 16, 1],
      ])('on the neighbours of %i rows in %i dimensions, k = %i', async (n, d, k) => {
        const x = randomMatrix(n, n, d);
        const found = await kernels.nearest(x, k);
        expect(found).toMatchObject({ rows: n, k });
        const difference = neighborsDifference(found, await reference.cosineMatrix(x, x));
        expect(difference).toBeLessThanOrEqual(tolerance());
      });
    });

    test('a single fact has no rivals: -Infinity, index -1, rank 1', async () => {
      const x = unitRows([[3, 4]]);
      const scores = await comparePair(kernels, x, x);
      expect(scores.matched[0]).toBeCloseTo(1, 6);
      expect([...scores.rowRival, ...scores.columnRival]).toEqual([-Infinity, -Infinity]);
      expect([...scores.rowRivalIndex, ...scores.columnRivalIndex]).toEqual([-1, -1]);
      expect([...scores.rowRank, ...scores.columnRank]).toEqual([1, 1]);
      expect(scores.rowSum[0]).toBe(0);
    });

    test('a row of zeros has no direction: its cosines are 0', async () => {
      const x = randomMatrix(1, 67, 20);
      const y = randomMatrix(2, 67, 20);
      for (const zero of [0, 64, 66]) row(x, zero).fill(0);
      const scan = await comparePair(kernels, x, y);
      expect([scan.matched[64], scan.rowRival[64], scan.rowSum[64], scan.rowReach[64]]).toEqual([
        0, 0, 0, 66,
      ]);
      expect(pairDifference(scan, await reference.cosineMatrix(x, y))).toBeLessThanOrEqual(
        tolerance(),
      );
    });

    test.each([NaN, Infinity, -Infinity])(
      'refuses %f, naming the row, and stays usable',
      async (value) => {
        const good = randomMatrix(1, 40, 7);
        const bad = randomMatrix(1, 40, 7);
        row(bad, 33)[6] = value;
        const refusal = {
          code: 'numeric/not-finite',
          message: `Row 33 of the vectors contains ${value}.`,
        };
        await expect(comparePair(kernels, good, bad)).rejects.toMatchObject(refusal);
        await expect(kernels.cosineMatrix(bad, good)).rejects.toMatchObject(refusal);
        await expect(kernels.nearest(bad, 3)).rejects.toMatchObject(refusal);
        expect((await comparePair(kernels, good, good)).rowRank[33]).toBe(1);
      },
    );

    test('many pairs give what each gives alone, whether they share a language or not', async () => {
      const [a, b, c] = [1, 2, 3].map((seed) => randomMatrix(seed, 70, 12));
      const [d, e] = [4, 5].map((seed) => randomMatrix(seed, 33, 5));
      const pairs = [
        { x: a, y: b },
        { x: a, y: c },
        { x: d, y: e },
        { x: a, y: b },
      ];
      const alone = [];
      for (const { x, y } of pairs) alone.push(await comparePair(kernels, x, y));
      expect(await kernels.comparePairs(pairs)).toEqual(alone);
      expect(await kernels.comparePairs([])).toEqual([]);
    });

    describe('ties', () => {
      test('when all rows are equal every rival equals the match, has the lowest index and counts nothing', async () => {
        const n = 70;
        const x = takeRows(randomMatrix(3, 1, 255), new Int32Array(n));
        const scores = await comparePair(kernels, x, x);
        const lowest = Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0));
        expect([...scores.rowRivalIndex]).toEqual(lowest);
        expect([...scores.columnRivalIndex]).toEqual(lowest);
        expect(new Set(scores.rowRival).size).toBe(1);
        expectNear(scores.rowRival, [...scores.matched], TIE_MARGIN);
        expect([...scores.rowRank, ...scores.columnRank]).toEqual(new Array(2 * n).fill(1));
      });

      test('equal rows have equal cosines wherever they stand', async () => {
        const n = 131;
        const x = randomMatrix(4, n, 37);
        const y = randomMatrix(5, n, 37);
        const copies = [0, 7, 8, 31, 32, 63, 64, 65, 127, 130];
        for (const copy of copies) row(y, copy).set(row(y, 0));
        const { data } = await kernels.cosineMatrix(x, y);
        for (let i = 0; i < n; i++) {
          expect(new Set(copies.map((copy) => data[i * n + copy])).size).toBe(1);
        }
      });

      test('equal neighbours come in index order', async () => {
        const n = 140;
        const x = takeRows(
          randomMatrix(6, 2, 33),
          Int32Array.from({ length: n }, (_, i) => i % 2),
        );
        const { indices } = await kernels.nearest(x, 12);
        for (const i of [0, 1, 64, 77, 139]) {
          const same = Array.from({ length: n }, (_, j) => j).filter(
            (j) => j !== i && j % 2 === i % 2,
          );
          expect([...indices.subarray(i * 12, i * 12 + 12)]).toEqual(same.slice(0, 12));
        }
      });

      test('equal neighbours beyond the 64th still come in index order', async () => {
        const n = 100;
        const x = takeRows(randomMatrix(7, 1, 8), new Int32Array(n));
        const { indices } = await kernels.nearest(x, 99);
        const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== 40);
        expect([...indices.subarray(40 * 99, 41 * 99)]).toEqual(others);
      });

      test('a rival counts as above the match only beyond the margin of 1e-6', async () => {
        const x = unitRows([
          [1, 0],
          [1, 0],
        ]);
        const ranksWith = async (excess: number): Promise<number[]> => {
          const y = matrix(2, 2, Float32Array.from([0.5, 0.8660254, 0.5 + excess, 0.8660254]));
          return [...(await comparePair(kernels, x, y)).rowRank];
        };
        expect(await ranksWith(6e-7)).toEqual([1, 1]);
        expect(await ranksWith(4e-6)).toEqual([2, 1]);
      });
    });

    test('opposite rows have negative matches, and the best rival may be negative too', async () => {
      const x = unitRows([
        [1, 0.1],
        [1, 0.2],
        [1, 0.4],
      ]);
      const y = matrix(
        3,
        2,
        x.data.map((value) => -value),
      );
      const scores = await comparePair(kernels, x, y);
      expectNear(scores.matched, [-1, -1, -1]);
      expect(Math.max(...scores.rowRival)).toBeLessThan(0);
      expect([...scores.rowRank]).toEqual([3, 3, 3]);
      expect(scores.rowRivalIndex[0]).toBe(2);
    });

    describe('properties', () => {
      const pairs = fc.record({
        seed: fc.integer({ min: 1, max: 1e6 }),
        n: fc.integer({ min: 2, max: 90 }),
        d: fc.integer({ min: 2, max: 70 }),
      });
      const settings = { seed: 12, numRuns: runs };

      test('exchanging the languages exchanges rows and columns', async () => {
        const property = fc.asyncProperty(pairs, async ({ seed, n, d }) => {
          const x = randomMatrix(seed, n, d);
          const y = randomMatrix(seed + 1, n, d);
          const back = exchanged(await comparePair(kernels, y, x));
          const difference = pairDifference(back, await reference.cosineMatrix(x, y));
          expect(difference).toBeLessThanOrEqual(tolerance());
          const forth = await comparePair(kernels, x, y);
          expectNear(back.rowRival, [...forth.rowRival], tolerance());
          expectNear(back.columnRival, [...forth.columnRival], tolerance());
        });
        await fc.assert(property, settings);
      });

      test('reordering the facts reorders the scores', async () => {
        const property = fc.asyncProperty(pairs, async ({ seed, n, d }) => {
          const x = randomMatrix(seed, n, d);
          const y = randomMatrix(seed + 1, n, d);
          const order = shuffled(seededRandom(seed), n);
          const before = await comparePair(kernels, x, y);
          const after = await comparePair(kernels, takeRows(x, order), takeRows(y, order));
          const moved = (values: ArrayLike<number>): number[] =>
            Array.from(order, (i) => values[i]);
          expect([...after.matched]).toEqual(moved(before.matched));
          expect([...after.rowRival]).toEqual(moved(before.rowRival));
          expect([...after.columnRival]).toEqual(moved(before.columnRival));
          expect([...after.rowRank]).toEqual(moved(before.rowRank));
          expectClose(after.rowSum, moved(before.rowSum), 1e-9 + 75 * kernels.tolerance);
          expect([...after.eitherReach]).toEqual(moved(before.eitherReach));
        });
        await fc.assert(property, settings);
      });
    });

    test('two runs give the same bytes', async () => {
      const x = randomMatrix(8, 75, 100);
      const y = randomMatrix(9, 75, 100);
      expect(await comparePair(kernels, x, y)).toEqual(await comparePair(kernels, x, y));
      expect(await kernels.nearest(x, 9)).toEqual(await kernels.nearest(x, 9));
    });

    test('onRows hears growing numbers that end with all rows', async () => {
      const heard: number[] = [];
      await kernels.nearest(randomMatrix(10, 140, 700), 5, (done) => void heard.push(done));
      expect(heard.length).toBeGreaterThan(1);
      expect(heard).toEqual([...new Set(heard)].sort((a, b) => a - b));
      expect(heard.at(-1)).toBe(140);
    });

    test('throwing from onRows ends the call and leaves the kernels usable', async () => {
      const x = randomMatrix(11, 140, 700);
      let calls = 0;
      const stop = async (): Promise<void> => {
        calls++;
        await Promise.resolve();
        throw new Error('enough');
      };
      await expect(kernels.nearest(x, 5, stop)).rejects.toThrow('enough');
      expect(calls).toBe(1);
      const difference = neighborsDifference(
        await kernels.nearest(x, 5),
        await reference.cosineMatrix(x, x),
      );
      expect(difference).toBeLessThanOrEqual(tolerance());
    });

    test('refuses shapes that do not fit, naming them', async () => {
      const x = randomMatrix(1, 3, 4);
      await expect(comparePair(kernels, x, randomMatrix(1, 2, 4))).rejects.toThrow(
        /\[3, 4\].*\[2, 4\]/,
      );
      await expect(kernels.cosineMatrix(x, randomMatrix(1, 3, 5))).rejects.toThrow(/4 numbers.*5/);
      await expect(kernels.nearest(x, 3)).rejects.toThrow(/k is 3/);
      await expect(kernels.nearest(x, 0)).rejects.toThrow(/k is 0/);
      await expect(comparePair(kernels, matrix(0, 4), matrix(0, 4))).rejects.toThrow(/\[0, 4\]/);
    });
  });
}

function exchanged(scan: PairScan): PairScan {
  return {
    ...scan,
    rowRival: scan.columnRival,
    rowRivalIndex: scan.columnRivalIndex,
    rowRank: scan.columnRank,
    rowReach: scan.columnReach,
    rowNearest: scan.columnNearest,
    rowSum: scan.columnSum,
    rowSquares: scan.columnSquares,
    rowBeaten: scan.columnBeaten,
    columnRival: scan.rowRival,
    columnRivalIndex: scan.rowRivalIndex,
    columnRank: scan.rowRank,
    columnReach: scan.rowReach,
    columnNearest: scan.rowNearest,
    columnSum: scan.rowSum,
    columnSquares: scan.rowSquares,
    columnBeaten: scan.rowBeaten,
  };
}

function expectNear(found: Float32Array, expected: number[], within = 2e-6): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(within));
}

function meanOffDiagonal({ matched, rowSum }: PairScan): number {
  const n = matched.length;
  return rowSum.reduce((a, b) => a + b, 0) / (n * n - n);
}

function shareAtRankOne(ranks: Int32Array): number {
  return ranks.filter((rank) => rank === 1).length / ranks.length;
}

/** Matches strictly best in row and column; a tie is a miss. */
function mexa({ matched, rowRival, columnRival }: PairScan): number {
  const best = (i: number): number => Math.max(rowRival[i], columnRival[i]);
  return matched.filter((cosine, i) => cosine - best(i) > TIE_MARGIN).length / matched.length;
}
