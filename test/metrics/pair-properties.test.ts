import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReference } from '../../src/compute/reference.ts';
import { matrix, meanRow, takeRows, TIE_MARGIN, type Matrix } from '../../src/core/matrix.ts';
import { seededRandom, shuffle } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import { bitextF1 } from '../../src/metrics/bitext.ts';
import { centreLanguage } from '../../src/metrics/centering.ts';
import { cka, ckaSide } from '../../src/metrics/cka.ts';
import { hubness, kOccurrence } from '../../src/metrics/hubness.ts';
import { matchedCsls, matchedMargins, xsimErrors, type Margin } from '../../src/metrics/margin.ts';
import { neighborRankConsistency } from '../../src/metrics/rank-consistency.ts';
import {
  expectedHits,
  mexaHits,
  precisionAt,
  reciprocalRanks,
} from '../../src/metrics/retrieval.ts';
import { dissimilarities, rsa } from '../../src/metrics/rsa.ts';
import { separability } from '../../src/metrics/separability.ts';
import { sameLanguageExcess, strongAlignment } from '../../src/metrics/strong-alignment.ts';
import { randomCube, rowsOf } from '../helpers/corpora.ts';
import {
  equalPair,
  meansOf,
  pairOf,
  products,
  rotated,
  scanOf,
  type Pair,
} from '../helpers/pairs.ts';
import { expectClose } from '../helpers/expect-close.ts';

/** What must hold for every pair of languages; tried on small random ones, the same at every run. */
const RUNS = { seed: 20_240, numRuns: 20 };

const MARGINS: Margin[] = ['ratio', 'distance', 'absolute'];

/** Every number of a pair by name; what has a direction ends in 'a to b' or 'b to a'. */
async function numbersOf(pair: Pair): Promise<Record<string, number>> {
  return { ...(await numbersOfBoth(pair)), ...(await numbersOfEach(pair)) };
}

async function numbersOfBoth(pair: Pair): Promise<Record<string, number>> {
  const n = pair.x.rows;
  const scan = await scanOf(pair);
  const { contrast, calibrated, auc, dPrime } = meansOf({ ...separability(scan) });
  const sides = [await ckaSide(pair.x, products), await ckaSide(pair.y, products)] as const;
  const { linear, debiased } = meansOf({ ...(await cka(...sides, products)) });
  const spearman = rsa(
    await dissimilarities(pair.x, products),
    await dissimilarities(pair.y, products),
  );
  return {
    ...{ contrast, calibrated, auc, dPrime, linear, debiased },
    spearman: mean(spearman),
    mexa: mean(mexaHits(scan, TIE_MARGIN)),
    mexaAtAll: mean(expectedHits(n, scan.eitherReach)),
    mexaAt3: mean(expectedHits(3, scan.eitherReach)),
    csls: mean(matchedCsls(scan, 2)),
    ratioMargin: mean(matchedMargins(scan, 'ratio', 2)),
    neighborConsistency: await neighborConsistencyOf(pair),
  };
}

async function neighborConsistencyOf({ x, y }: Pair): Promise<number> {
  if (x.rows < 2) return NaN;
  const k = Math.min(10, x.rows - 1);
  const [a, b] = [await createReference().nearest(x, k), await createReference().nearest(y, k)];
  return mean(neighborRankConsistency(a, b));
}

async function numbersOfEach({ x, y }: Pair): Promise<Record<string, number>> {
  const scan = await scanOf({ x, y });
  const { rowAuc, columnAuc } = meansOf({ ...separability(scan) });
  const ways = [
    { way: 'a to b', own: x, auc: rowAuc, rank: scan.rowRank, rival: scan.rowRivalIndex },
    { way: 'b to a', own: y, auc: columnAuc, rank: scan.columnRank, rival: scan.columnRivalIndex },
  ];
  const lists = [scan.rowNearest, scan.columnNearest];
  const numbers: Record<string, number> = {};
  for (const [w, { way, own, auc, rank, rival }] of ways.entries()) {
    const { rowRival } = await scanOf({ x: own, y: own });
    const { hubs: _, ...uneven } = hubness(kOccurrence(lists[w].indices, x.rows), lists[w].k);
    const named = {
      auc,
      pAt1: mean(precisionAt(1, rank)),
      pAt2: mean(precisionAt(2, rank)),
      mrr: mean(reciprocalRanks(rank)),
      f1: mean(bitextF1(rank, rival)),
      strong: mean(strongAlignment(scan.matched, rowRival)),
      excess: mean(sameLanguageExcess(scan.matched, rowRival)),
      ...Object.fromEntries(
        MARGINS.map((margin) => [margin, mean(xsimErrors(lists[w], lists[1 - w], margin, 2))]),
      ),
      ...uneven,
    };
    for (const [name, value] of Object.entries(named)) numbers[`${name} ${way}`] = value;
  }
  return numbers;
}

const RANGES: Record<string, [number, number]> = {
  contrast: [-2, 2],
  calibrated: [-Infinity, 1],
  dPrime: [-Infinity, Infinity],
  debiased: [-Infinity, 1 + 1e-5],
  spearman: [-1, 1],
  csls: [-4, 4],
  ratioMargin: [-Infinity, Infinity],
  excess: [0, 2],
  ratio: [0, 100],
  distance: [0, 100],
  absolute: [0, 100],
  skewness: [-Infinity, Infinity],
};

function expectInRange(numbers: Record<string, number>): void {
  const outside = Object.entries(numbers).filter(([name, value]) => {
    const [low, high] = RANGES[name.split(' ')[0]] ?? [0, 1];
    return value < low - 1e-6 || value > high + 1e-6 || Math.abs(value) === Infinity;
  });
  expect(outside).toEqual([]);
}

function expectSame(
  actual: Record<string, number>,
  expected: Record<string, number>,
  tolerance: number,
): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  const wrong = Object.keys(expected).filter(
    (name) =>
      Number.isNaN(actual[name]) !== Number.isNaN(expected[name]) ||
      Math.abs(actual[name] - expected[name]) > tolerance,
  );
  expect(wrong.map((name) => `${name}: ${actual[name]}, not ${expected[name]}`)).toEqual([]);
}

interface Shape {
  facts: number;
  dimensions: number;
  seed: number;
  noise: number;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  facts: fc.integer({ min: 1, max: 14 }),
  dimensions: fc.integer({ min: 3, max: 8 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
  noise: fc.constantFrom(0.1, 0.5, 2),
});

const cubeOf = ({ seed, noise, ...shape }: Shape): number[][][] =>
  randomCube({ languages: 2, ...shape }, seed, noise);

describe('every pair of languages', () => {
  it('keeps all its numbers when facts are reordered', () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const [x, y] = cubeOf(shape).map(rowsOf);
        const facts = Int32Array.from({ length: shape.facts }, (_, i) => i);
        const order = shuffle(seededRandom(shape.seed), facts);
        const reordered = { x: takeRows(x, order), y: takeRows(y, order) };
        expectSame(await numbersOf(reordered), await numbersOf({ x, y }), 1e-5);
      }),
      RUNS,
    ));

  it('exchanges its directions when the languages are exchanged', () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const [x, y] = cubeOf(shape).map(rowsOf);
        const there = await numbersOf({ x, y });
        const back = await numbersOf({ x: y, y: x });
        const other = (name: string): string =>
          name.endsWith('a to b')
            ? name.replace('a to b', 'b to a')
            : name.replace('b to a', 'a to b');
        const exchanged = Object.fromEntries(
          Object.keys(there).map((name) => [name, back[other(name)]]),
        );
        expectSame(exchanged, there, 1e-5);
      }),
      RUNS,
    ));

  it('keeps its numbers when all vectors are turned together', () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const cube = cubeOf(shape);
        const [x, y] = cube.map(rowsOf);
        const [turnedX, turnedY] = rotated(cube, shape.seed).map(rowsOf);
        expectSame(await numbersOf({ x: turnedX, y: turnedY }), await numbersOf({ x, y }), 2e-4);
      }),
      RUNS,
    ));

  it('keeps its numbers when vectors are scaled before they are brought to unit length', () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const [a, b] = cubeOf(shape);
        const stretched = b.map((vector, i) => vector.map((value) => value * 2 ** (i - 3)));
        expectSame(await numbersOf(pairOf(a, stretched)), await numbersOf(pairOf(a, b)), 0);
      }),
      RUNS,
    ));

  it('has every number inside its range or not defined, never infinite, duplicates or not', () =>
    fc.assert(
      fc.asyncProperty(shapes, fc.boolean(), async (shape, isDoubled) => {
        const [x, y] = cubeOf(shape).map(rowsOf);
        const facts = Array.from({ length: shape.facts }, (_, i) => i);
        const rows = isDoubled ? [...facts, ...facts] : facts;
        expectInRange(await numbersOf({ x: takeRows(x, rows), y: takeRows(y, rows) }));
      }),
      RUNS,
    ));

  it('fails MEXA and strong alignment on every fact when all facts stand twice', async () => {
    const [x, y] = randomCube({ languages: 2, facts: 6, dimensions: 8 }, 1, 0.1).map(rowsOf);
    const twice = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5];
    const numbers = await numbersOf({ x: takeRows(x, twice), y: takeRows(y, twice) });
    expect(numbers).toMatchObject({ mexa: 0, mexaAtAll: 0, 'pAt1 a to b': 1, 'mrr b to a': 1 });
  });

  it('has MEXA at n facts equal to MEXA, and an F1 of at most P@1', () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const numbers = await numbersOf(pairOf(...(cubeOf(shape) as [number[][], number[][]])));
        expectClose([numbers.mexaAtAll], [numbers.mexa], 1e-12);
        for (const way of ['a to b', 'b to a'])
          expect(numbers[`f1 ${way}`] > numbers[`pAt1 ${way}`] + 1e-12).toBe(false);
      }),
      RUNS,
    ));
});

describe('a pair too small for a number', () => {
  const definedAt = async (n: number): Promise<string[]> => {
    const [x, y] = randomCube({ languages: 2, facts: n, dimensions: 6 }, 1, 0.3).map(rowsOf);
    const numbers = await numbersOf({ x, y });
    return Object.keys(numbers).filter((name) => !Number.isNaN(numbers[name]));
  };

  it('has none for one fact', async () => {
    expect(await definedAt(1)).toEqual([]);
  });

  it('has no structure and no ranks of neighbours for two, no unbiased CKA for three, and everything from four on', async () => {
    const two = await definedAt(2);
    expect(two).toEqual(expect.arrayContaining(['auc', 'mexa', 'pAt1 a to b']));
    for (const name of [
      'spearman',
      'linear',
      'neighborConsistency',
      'csls',
      'pAt2 a to b',
      'debiased',
    ])
      expect(two).not.toContain(name);
    const three = await definedAt(3);
    expect(three).toEqual(
      expect.arrayContaining(['spearman', 'neighborConsistency', 'csls', 'pAt2 a to b']),
    );
    expect(three).not.toContain('debiased');
    expect(await definedAt(4)).toContain('debiased');
  });

  it.each([2, 4, 9])(
    'has no structure where all %i vectors are equal, and chance for the rest',
    async (n) => {
      const numbers = await numbersOf(equalPair(n));
      const { auc, mexa, linear, debiased, spearman, dPrime } = numbers;
      expect({ auc, mexa }).toEqual({ auc: 0.5, mexa: 0 });
      expectClose([linear, debiased, spearman, dPrime], [NaN, NaN, NaN, NaN]);
    },
  );
});

describe('a centred pair', () => {
  it('has full marks where its languages differ by a shift alone', async () => {
    const [rows] = randomCube({ languages: 1, facts: 20, dimensions: 6 }, 3);
    const x = rowsOf(rows);
    const centred = (m: Matrix): Matrix => centreLanguage(m, meanRow(m));
    const moved = matrix(
      20,
      6,
      x.data.map((value, e) => value + [0.5, 0, 0, -0.5, 0, 0][e % 6]),
    );
    const scan = await scanOf({ x: centred(x), y: centred(moved) });
    expectClose(scan.matched, new Array<number>(20).fill(1));
    expect(mean(mexaHits(scan, TIE_MARGIN))).toBe(1);
  });
});
