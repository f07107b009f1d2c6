import { describe, expect, it } from 'vitest';
import {
  countTies,
  mexaScore,
  precisionAt1,
  type MatchScores,
} from '../../src/metrics/retrieval.ts';
import { expectClose } from '../helpers/expect-close.ts';

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

describe('precisionAt1', () => {
  it('is the share of facts whose match has rank 1', () => {
    expect(precisionAt1([1, 2, 1, 7]).value).toBe(0.5);
  });

  it('carries the Wilson interval of its count', () => {
    // SciPy: binomtest(10, 20).proportion_ci(method="wilson")
    const ranks = Array.from({ length: 20 }, (_, i) => (i < 10 ? 1 : 2));
    expectClose(precisionAt1(ranks).interval ?? [], [0.299298008, 0.700701992], 1e-8);
  });

  it('is not defined below two facts', () => {
    expect(precisionAt1([1])).toEqual({ value: NaN, interval: null });
    expect(precisionAt1([])).toEqual({ value: NaN, interval: null });
  });
});

describe('mexaScore', () => {
  it('counts a fact only when its match is best in its row and in its column', () => {
    const scores = scoresOf([0.9, 0.5, 0.6], [0.9, 0.95, 0.1], [0.9, 0.1, 0.95], [0.2, 0.1, 0.1]);
    expect(mexaScore(scores, MARGIN).value).toBe(0.5);
  });

  it('counts a tie within the margin as a miss, and a lead above it as a hit', () => {
    expect(mexaScore(scoresOf([0.9, 0.9, 0.1], [0.9, 0.9 - 0.9e-6, 0.1]), MARGIN).value).toBe(0);
    expect(
      mexaScore(scoresOf([0.9, 0.9 - 1.1e-6, 0.1], [0.9, 0.1, 0.9 - 1.1e-6]), MARGIN).value,
    ).toBe(1);
  });

  it('is not defined for one fact', () => {
    expect(mexaScore(scoresOf([0.9, -Infinity, -Infinity]), MARGIN)).toEqual({
      value: NaN,
      interval: null,
    });
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
