import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disparity } from '../../src/metrics/disparity.ts';
import { expectClose } from '../helpers/expect-close.ts';

const higher = (scores: number[]) => disparity(scores, 'higher is closer');

describe('disparity', () => {
  it('of 90, 60 and 30 has democratization 0.666667 and Gini 0.222222', () => {
    const { democratization, gini, worstOverBest, deviation } = higher([90, 60, 30]);
    expectClose(
      [democratization, gini, worstOverBest, deviation],
      [0.666667, 0.222222, 1 / 3, Math.sqrt(600)],
      1e-6,
    );
  });

  it('of equal scores is none', () => {
    expect(higher([0.4, 0.4])).toEqual({
      languages: 2,
      best: 0.4,
      worst: 0.4,
      democratization: 1,
      worstOverBest: 1,
      gini: 0,
      deviation: 0,
    });
  });

  it('has no ratios where all scores are 0 or one is negative', () => {
    for (const scores of [
      [0, 0],
      [0.5, -0.1],
    ]) {
      const { democratization, worstOverBest, gini, deviation } = higher(scores);
      expectClose([democratization, worstOverBest, gini], [NaN, NaN, NaN]);
      expect(deviation).not.toBeNaN();
    }
  });

  it('has the smallest score for the best, and no ratios, where lower is closer', () => {
    expect(disparity([30, 90, 60], 'lower is closer')).toMatchObject({
      best: 30,
      worst: 90,
      democratization: NaN,
      worstOverBest: NaN,
      gini: NaN,
    });
  });

  it('leaves out what is not defined, and is nothing without scores', () => {
    expect(higher([NaN, 90, 60, NaN, 30])).toEqual(higher([90, 60, 30]));
    const { languages, ...rest } = higher([NaN]);
    expect(languages).toBe(0);
    expect(Object.values(rest).every(Number.isNaN)).toBe(true);
  });

  it('keeps its ratios within their ranges, in any order and at any scale', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 }),
        (scores) => {
          if (scores.every((score) => score === 0)) return;
          const { democratization, worstOverBest, gini } = higher(scores);
          for (const ratio of [democratization, worstOverBest, gini]) {
            expect(ratio).toBeGreaterThanOrEqual(0);
            expect(ratio).toBeLessThanOrEqual(1);
          }
          const pairs = scores.flatMap((a) => scores.map((b) => Math.abs(a - b)));
          const sum = scores.reduce((total, score) => total + score, 0);
          expectClose([gini], [pairs.reduce((t, v) => t + v, 0) / (2 * scores.length * sum)], 1e-9);
          const scaled = higher(scores.toReversed().map((score) => score / 8));
          expectClose(
            [scaled.democratization, scaled.worstOverBest, scaled.gini],
            [democratization, worstOverBest, gini],
            1e-12,
          );
        },
      ),
      { seed: 20_240, numRuns: 100 },
    );
  });
});
