import { describe, expect, it } from 'vitest';
import { calibratedAlignment, mismatchedMean } from '../../src/metrics/alignment.ts';
import { threeLanguages } from '../helpers/golden.ts';

describe('mismatchedMean', () => {
  it('is the mean of all cosines off the diagonal', () => {
    // S = [[0.9, 0.1, 0.2], [0.3, 0.8, 0.4], [0.5, 0.6, 0.7]]
    expect(mismatchedMean(4.5, [0.9, 0.8, 0.7])).toBeCloseTo(
      (0.1 + 0.2 + 0.3 + 0.4 + 0.5 + 0.6) / 6,
      12,
    );
  });

  it('is not defined for one fact, which has no mismatched pair', () => {
    expect(mismatchedMean(0.9, [0.9])).toBeNaN();
  });
});

describe('calibratedAlignment', () => {
  it('is 0 at the floor and 1 at a perfect match', () => {
    expect(calibratedAlignment(0.7, 0.7)).toBe(0);
    expect(calibratedAlignment(1, 0.7)).toBe(1);
  });

  it.each(threeLanguages.pairs)(
    'is $calibrated for matched $meanCosine over $floor',
    ({ calibrated, meanCosine, floor }) => {
      expect(calibratedAlignment(meanCosine, floor)).toBeCloseTo(calibrated, 6);
    },
  );

  it('is not defined without a floor, or with one that is 1 but for rounding', () => {
    expect(calibratedAlignment(0.9, NaN)).toBeNaN();
    expect(calibratedAlignment(1, 1)).toBeNaN();
    expect(calibratedAlignment(0.99999994, 0.99999988)).toBeNaN();
  });
});
