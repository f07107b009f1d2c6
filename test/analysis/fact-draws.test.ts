import { describe, expect, it } from 'vitest';
import { factDraws } from '../../src/analysis/fact-draws.ts';
import { mean } from '../../src/core/statistics.ts';

const facts = Int32Array.from({ length: 50 }, (_, i) => 3 * i);
const list = Float64Array.from(facts, (_, i) => 0.5 + Math.sin(i));
const deviation = (values: Float64Array): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

describe('factDraws', () => {
  it('gives means of resampled facts: around the mean, with its standard error', () => {
    const [replicates] = factDraws(1)(facts, [list]);
    expect(replicates).toHaveLength(1000);
    const error = deviation(list) / Math.sqrt(50);
    expect(Math.abs(mean(replicates) - mean(list))).toBeLessThan((4 * error) / Math.sqrt(1000));
    expect(deviation(replicates) / error).toBeGreaterThan(0.93);
    expect(deviation(replicates) / error).toBeLessThan(1.07);
  });

  it('draws the same facts for all lists, so that means of means have their replicates', () => {
    const other = list.map((value) => value ** 2);
    const both = list.map((value, i) => (value + other[i]) / 2);
    const [a, b, middle] = factDraws(1)(facts, [list, other, both]);
    middle.forEach((value, round) => expect(value).toBeCloseTo((a[round] + b[round]) / 2, 5));
  });

  it('depends on the seed and on which facts they are, not on what was drawn before', () => {
    const draws = factDraws(1);
    const [first] = draws(facts, [list]);
    const [shifted] = draws(
      facts.map((fact) => fact + 1),
      [list],
    );
    const [again] = draws(facts, [list]);
    const [seeded] = factDraws(2)(facts, [list]);
    expect(again).toEqual(first);
    expect(shifted).not.toEqual(first);
    expect(seeded).not.toEqual(first);
  });
});
