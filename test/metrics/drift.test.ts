import { describe, expect, it } from 'vitest';
import { driftColumn, driftTable, summarizeDrift } from '../../src/metrics/drift.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { exampleReport } from '../io/example-report.ts';

const { report } = exampleReport();

describe('driftTable', () => {
  it('is 1 - cosine to the reference, whichever side of the pair the reference is', () => {
    expectClose(driftTable(report, 0), [NaN, 0.25, 0.75, NaN, 0.5, 0.5, NaN, 0, NaN], 0);
    expectClose(driftTable(report, 2), [0.75, 0.5, NaN, 0.5, 0.25, NaN, NaN, NaN, NaN], 0);
  });

  it('is the distance from the other renderings’ mean for the centroid, as a copy', () => {
    const table = driftTable(report, 'centroid');
    expectClose(table, report.centroidDistance, 0);
    table.fill(0);
    expect(report.centroidDistance[0]).toBe(0.5);
  });
});

describe('driftColumn', () => {
  it('is one language of the table, by fact', () => {
    expectClose(driftColumn(driftTable(report, 0), 3, 2), [0.75, 0.5, NaN], 0);
  });
});

describe('summarizeDrift', () => {
  it('leaves holes out and uses the R-7 quantiles', () => {
    const { interval, ...rest } = summarizeDrift([NaN, 0.4, 0.1, 0.2, NaN, 0.9], 1);
    expect(rest).toEqual({
      n: 4,
      mean: 0.4,
      median: expect.closeTo(0.3),
      q1: expect.closeTo(0.175),
      q3: expect.closeTo(0.525),
      min: 0.1,
      max: 0.9,
    });
    expect(interval).toEqual([expect.any(Number), expect.any(Number)]);
    expect(interval![0]).toBeGreaterThanOrEqual(0.1);
    expect(interval![0]).toBeLessThan(0.4);
    expect(interval![1]).toBeGreaterThan(0.4);
    expect(interval![1]).toBeLessThanOrEqual(0.9);
  });

  it('gives the same interval for the same seed in any order of the facts, and another for another seed', () => {
    const values = Array.from({ length: 40 }, (_, i) => ((i * 7) % 40) / 40);
    const summary = summarizeDrift(values, 5);
    expect(summarizeDrift([...values].reverse(), 5)).toEqual(summary);
    expect(summarizeDrift(values, 6).interval).not.toEqual(summary.interval);
  });

  it('has no interval for one fact and no numbers for none', () => {
    expect(summarizeDrift([0.5], 1)).toMatchObject({
      n: 1,
      mean: 0.5,
      interval: null,
      min: 0.5,
      max: 0.5,
    });
    expect(summarizeDrift([NaN], 1)).toEqual({
      n: 0,
      mean: NaN,
      interval: null,
      median: NaN,
      q1: NaN,
      q3: NaN,
      min: NaN,
      max: NaN,
    });
  });
});
