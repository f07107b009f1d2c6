import { describe, expect, it } from 'vitest';
import { randomBelow, randomSubset, seededRandom, shuffle } from '../../src/core/random.ts';
import { statistics } from '../helpers/golden.ts';

const draws = (seed: number, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seededRandom', () => {
  it('gives the same sequence for the same seed, and another one for the next seed', () => {
    expect(draws(5, 100)).toEqual(draws(5, 100));
    const [five, six] = [draws(5, 100), draws(6, 100)];
    expect(five.filter((value, i) => value === six[i])).toEqual([]);
  });

  it.each(statistics.sfc32)(
    'is sfc32 filled by splitmix32, as a Python version of both says for seed $seed',
    ({ seed, outputs }) => {
      expect(draws(seed, outputs.length).map((value) => value * 2 ** 32)).toEqual(outputs);
    },
  );

  it('stays in [0, 1) and fills sixteen bins evenly (chi-squared, 15 degrees of freedom, p > 0.001)', () => {
    for (const seed of [0, 1, 42, -7, 2 ** 31]) {
      const values = draws(seed, 32_000);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThan(1);
      expect(
        chiSquared(
          values.map((value) => Math.floor(value * 16)),
          16,
        ),
      ).toBeLessThan(37.7);
    }
  });

  it('gives successive numbers that do not depend on each other (pairs fill 8 x 8 bins evenly)', () => {
    const values = draws(9, 64_000);
    const pairs = Array.from(
      { length: 32_000 },
      (_, i) => Math.floor(values[2 * i] * 8) * 8 + Math.floor(values[2 * i + 1] * 8),
    );
    // 63 degrees of freedom, p > 0.001.
    expect(chiSquared(pairs, 64)).toBeLessThan(103.5);
  });
});

describe('randomBelow', () => {
  it('gives whole numbers of [0, end), each as often as the others', () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 14_000 }, () => randomBelow(random, 7));
    expect(new Set(values)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    expect(chiSquared(values, 7)).toBeLessThan(22.5);
  });
});

describe('randomSubset', () => {
  it('gives different numbers of [0, end) in increasing order', () => {
    const subset = Array.from(randomSubset(seededRandom(1), 50, 200));
    expect(subset).toHaveLength(50);
    expect(new Set(subset).size).toBe(50);
    expect(subset).toEqual([...subset].sort((a, b) => a - b));
    expect(subset[0]).toBeGreaterThanOrEqual(0);
    expect(subset[49]).toBeLessThan(200);
  });

  it('gives all numbers when as many or more are asked for', () => {
    expect([...randomSubset(seededRandom(1), 4, 4)]).toEqual([0, 1, 2, 3]);
    expect([...randomSubset(seededRandom(1), 9, 4)]).toEqual([0, 1, 2, 3]);
  });

  it('chooses every number equally often, the first and the last included', () => {
    const random = seededRandom(11);
    const chosen = Array.from({ length: 3_000 }, () => [...randomSubset(random, 3, 10)]).flat();
    // Draws without replacement vary less than independent ones, so the bound of 9 degrees of freedom is safe.
    expect(chiSquared(chosen, 10)).toBeLessThan(27.9);
  });
});

describe('shuffle', () => {
  it('keeps the values, and repeats with the seed', () => {
    const order = (seed: number): number[] =>
      Array.from(
        shuffle(
          seededRandom(seed),
          Int32Array.from({ length: 50 }, (_, i) => i),
        ),
      );
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
    expect(order(1).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('gives the 24 orders of four values equally often', () => {
    const random = seededRandom(3);
    const orders = Array.from({ length: 4_800 }, () => {
      const [a, b, c] = shuffle(random, Int32Array.of(0, 1, 2, 3));
      return (
        a * 6 + (b - +(b > a)) * 2 + +(c > [0, 1, 2, 3].filter((v) => ![a, b, c].includes(v))[0])
      );
    });
    expect(chiSquared(orders, 24)).toBeLessThan(49.7);
  });
});

/** Pearson's statistic of counts against equal expectation. */
function chiSquared(bins: number[], count: number): number {
  const counts = new Array<number>(count).fill(0);
  for (const bin of bins) counts[bin]++;
  const expected = bins.length / count;
  return counts.reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
}
