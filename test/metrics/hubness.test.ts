import { describe, expect, it } from 'vitest';
import { hubness, kOccurrence } from '../../src/metrics/hubness.ts';
import { rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { threeLanguages } from '../helpers/golden.ts';
import { goldenPairs, products, scanOf } from '../helpers/pairs.ts';

describe('kOccurrence', () => {
  it('of English queries in the pool of German and Swahili has the values of the definitions', async () => {
    const [en, de, sw] = threeLanguages.raw;
    const { data } = await products(rowsOf(en), rowsOf([...de, ...sw]));
    const lists = en.flatMap((_, i) => {
      const cosines = Array.from(data.slice(i * 10, (i + 1) * 10));
      return cosines
        .map((_, j) => j)
        .sort((a, b) => cosines[b] - cosines[a] || a - b)
        .slice(0, 2);
    });
    const counts = kOccurrence(Int32Array.from(lists), 10);
    expect(Array.from(counts)).toEqual([1, 1, 1, 1, 0, 0, 3, 1, 0, 2]);
    const { skewness, robinHood, antihubs } = hubness(counts, 2);
    expectClose([skewness, robinHood, antihubs], [0.838525, 0.3, 0.3]);
  });

  it('sums to queries · k', async () => {
    const { rowNearest } = await scanOf(goldenPairs[0].pair);
    const counts = kOccurrence(rowNearest.indices, 40);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(400);
  });
});

describe('hubness', () => {
  it.each(goldenPairs)('agrees with SciPy both ways: $name', async ({ pair, golden }) => {
    const { rowNearest, columnNearest } = await scanOf(pair);
    for (const [nearest, expected] of [
      [rowNearest, golden.hubness.forth],
      [columnNearest, golden.hubness.back],
    ] as const) {
      const counts = kOccurrence(nearest.indices, nearest.rows);
      expect(Array.from(counts)).toEqual(expected.counts);
      const { hubs, ...actual } = hubness(counts, nearest.k);
      for (const [name, value] of Object.entries(actual))
        expectClose([value], [expected[name as keyof typeof actual]]);
      expect(Array.from(hubs)).toEqual('hubs' in expected ? expected.hubs : []);
    }
  });

  it('lists hubs most frequent first, and their share of all places', () => {
    const { hubs, hubOccurrence } = hubness(Int32Array.of(2, 0, 4, 1, 0, 5, 0, 0, 2, 2), 2);
    expect(Array.from(hubs)).toEqual([5, 2]);
    expect(hubOccurrence).toBeCloseTo(9 / 16, 12);
  });

  it('has no skewness, and no inequality, where all texts are named as often', () => {
    expect(hubness(Int32Array.of(2, 2, 2, 2), 2)).toMatchObject({
      skewness: NaN,
      robinHood: 0,
      gini: 0,
      antihubs: 0,
      hubOccurrence: 0,
    });
  });

  it.each([1, 2, 10])('is not defined where lists of ten name all %i texts', (size) => {
    const { hubs, ...rest } = hubness(new Int32Array(size).fill(size), Math.min(size, 10));
    expect(Object.values(rest)).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect(hubs).toHaveLength(0);
  });
});
