import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import {
  benjaminiHochberg,
  binomialTest,
  twoSided,
  spearman,
} from '../../src/core/significance.ts';
import { expectClose } from '../helpers/expect-close.ts';

describe('benjaminiHochberg', () => {
  it('adjusts by the number of tests over the place, never falling', () => {
    expectClose(
      benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.5, 0.9]),
      [0.03, 0.06, 0.06, 0.03, 0.6, 0.9],
      1e-12,
    );
  });

  it('keeps one p value, never goes above 1, and counts only what is defined', () => {
    expectClose(benjaminiHochberg([0.2]), [0.2], 0);
    expectClose(benjaminiHochberg([1, 0.9]), [1, 1], 0);
    expectClose(benjaminiHochberg([NaN, 0.02, NaN, 0.5]), [NaN, 0.04, NaN, 0.5], 1e-12);
    expectClose(benjaminiHochberg([]), []);
  });
});

/** SciPy: spearmanr, and 200 000 permutations. */
const x20 = [
  -0.8, -1.32, -0.25, 0.42, 1.14, 0.11, -0.55, -0.78, 0.75, 1.63, 0.27, -1.23, -0.96, 1.6, 0.2,
  -1.73, -0.08, -1.16, -0.63, -0.49,
];
const y20 = [
  -1.11, -0.11, -0.19, -0.38, 0.98, 0.88, -1.92, -0.65, -0.61, 0.64, -1.15, -0.59, -0.52, 0.5,
  -0.95, -1.26, -1.13, -1.94, -0.09, -1.35,
];

describe('spearman', () => {
  it.each([
    { x: [1, 2, 3, 4, 5, 6, 7], y: [2, 1, 4, 3, 7, 5, 6], rho: 0.821429, p: 0.034127 },
    { x: [1, 2, 2, 3, 5], y: [5, 3, 3, 3, 1], rho: -0.917663, p: 0.1 },
    { x: [1, 2, 3], y: [1, 3, 2], rho: 0.5, p: 1 },
    { x: [1, 2, 3, 4], y: [4, 3, 2, 1], rho: -1, p: 1 / 12 },
  ])('tries all orders of up to seven pairs: rho $rho, p $p', ({ x, y, rho, p }) => {
    const result = spearman(x, y, seededRandom(1));
    expectClose([result.rho, result.p, result.n], [rho, p, x.length], 1e-6);
  });

  it('tries random orders of more, and repeats with the seed', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => spearman(x20, y20, seededRandom(seed)));
    expect(first.rho).toBeCloseTo(0.43308271, 7);
    expect(first.p).toBeGreaterThan(0.05);
    expect(first.p).toBeLessThan(0.065);
    expect(again).toEqual(first);
    expect(other.p).not.toBe(first.p);
  });

  it('leaves out pairs of which one value is not defined', () => {
    const result = spearman([NaN, 1, 2, 3, 9], [4, 1, 3, 2, NaN], seededRandom(1));
    expect(result.n).toBe(3);
    expect(result.rho).toBeCloseTo(0.5, 12);
  });

  it('is not defined below three pairs, and where one side is all equal', () => {
    expect(spearman([1, 2], [1, 2], seededRandom(1))).toEqual({ rho: NaN, p: NaN, n: 2 });
    expect(spearman([], [], seededRandom(1))).toEqual({ rho: NaN, p: NaN, n: 0 });
    expect(spearman([1, 2, 3], [4, 4, 4], seededRandom(1))).toEqual({ rho: NaN, p: NaN, n: 3 });
  });
});

describe('twoSided', () => {
  it('is twice the smaller share on either side, and 1 where all are the level', () => {
    const replicates = Float64Array.from({ length: 999 }, (_, i) => i - 100);
    expect(twoSided(replicates, 0, 60)).toBeCloseTo((2 * 102) / 1000, 12);
    expect(twoSided(new Float64Array(999).fill(3), 3, 60)).toBe(1);
    expect(twoSided(new Float64Array(999).fill(3), 2, 60)).toBeCloseTo(2 / 1000, 12);
  });

  it('is no smaller than a test of signs on as few parts could give', () => {
    const onOneSide = new Float64Array(999).fill(3);
    expect(twoSided(onOneSide, 2, 3)).toBe(0.25);
    expect(twoSided(onOneSide, 2, 6)).toBe(0.03125);
    expect(twoSided(onOneSide, 2, 1)).toBe(1);
    expect(twoSided(onOneSide, 2, 10)).toBeCloseTo(2 / 1000, 12);
  });
});

describe('binomialTest', () => {
  it.each([
    [0, 40, 1 / 40, 0.7264648797757614],
    [1, 40, 1 / 40, 1],
    [3, 40, 1 / 40, 0.1558968436461442],
    [30, 40, 1 / 40, 1.1510697221194302e-39],
    [600, 997, 1 / 997, 0],
  ])('of %d hits in %d with a chance of %d is twice SciPy’s smaller tail', (hits, n, chance, p) => {
    expect(binomialTest(hits, n, chance)).toBeCloseTo(p, 10);
  });
});
