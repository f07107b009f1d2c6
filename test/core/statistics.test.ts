import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import {
  averageRanks,
  bootstrapMean,
  mean,
  percentileInterval,
  quantileOfSorted,
  standardized,
  wilson,
} from '../../src/core/statistics.ts';
import { gaussians } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { statistics } from '../helpers/golden.ts';

describe('mean', () => {
  it('is the sum over the count, and not defined without values', () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(mean([])).toBeNaN();
  });
});

describe('quantileOfSorted', () => {
  it.each(statistics.quantiles.table)(
    'uses the R-7 method: NumPy finds $value at p = $p',
    ({ p, value }) => {
      expect(quantileOfSorted(statistics.quantiles.sorted, p)).toBeCloseTo(value, 7);
    },
  );

  it('of one value is that value; of none it is not defined', () => {
    expect([0, 0.5, 1].map((p) => quantileOfSorted([4], p))).toEqual([4, 4, 4]);
    expect(quantileOfSorted([], 0.5)).toBeNaN();
  });
});

describe('wilson', () => {
  it.each(statistics.wilson)('agrees with SciPy for $hits of $n', ({ hits, n, interval }) => {
    expectClose(wilson(hits, n) ?? [], interval, 1e-7);
  });

  it('has no interval for no trials', () => {
    expect(wilson(0, 0)).toBeNull();
  });
});

describe('percentileInterval', () => {
  it('is the 2.5th and the 97.5th percentile, whatever the order', () => {
    const shuffled = Float64Array.from({ length: 401 }, (_, i) => (i * 7) % 401);
    expectClose(percentileInterval(shuffled), [10, 390], 1e-12);
  });
});

describe('bootstrapMean', () => {
  const values = gaussians(seededRandom(4), 1, 400)[0];

  it('comes near mean ± 1.96 standard errors for many values', () => {
    const centre = mean(values);
    const deviation = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
    const spread = (1.96 * deviation) / Math.sqrt(values.length);
    expectClose(
      bootstrapMean(values, seededRandom(1)) ?? [],
      [centre - spread, centre + spread],
      spread * 0.12,
    );
  });

  it('repeats with the seed', () => {
    const [first, again, other] = [1, 1, 2].map((seed) =>
      bootstrapMean(values, seededRandom(seed)),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('of equal values is that value twice; of one value there is none', () => {
    expectClose(bootstrapMean([0.25, 0.25, 0.25], seededRandom(1)) ?? [], [0.25, 0.25], 0);
    expect(bootstrapMean([0.25], seededRandom(1))).toBeNull();
    expect(bootstrapMean([], seededRandom(1))).toBeNull();
  });
});

describe('averageRanks', () => {
  it('gives equal values the mean of their ranks', () => {
    expect(Array.from(averageRanks([3, 1, 3, 2, 3, 1]))).toEqual([5, 1.5, 5, 3, 5, 1.5]);
    expect(Array.from(averageRanks([]))).toEqual([]);
  });
});

describe('standardized', () => {
  it('has mean 0 and length 1', () => {
    expectClose(standardized([1, 2, 3]), [-Math.SQRT1_2, 0, Math.SQRT1_2], 1e-12);
  });

  it('is not defined where all values are equal', () => {
    expectClose(standardized([2, 2]), [NaN, NaN]);
    expectClose(standardized([2]), [NaN]);
  });
});
