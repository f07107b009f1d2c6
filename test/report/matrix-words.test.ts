import { describe, expect, it } from 'vitest';
import { metricCard, METRICS } from '../../src/core/metric-catalog.ts';
import { matrixDomain, pairSentence, pairStandings } from '../../src/report/words/matrix-words.ts';
import { exampleReport } from '../io/example-report.ts';

const { report } = exampleReport();
const values = Float64Array.of(1, 0.25, 0.75, 1);

describe('matrixDomain', () => {
  it('reads shares against 0 and 1, distances against 0, the rest against what occurs', () => {
    const ends = (id: Parameters<typeof metricCard>[0]) => matrixDomain(values, 2, metricCard(id));
    expect([ends('mexa'), ends('bias'), ends('margin_ratio')]).toEqual([
      [0, 1],
      [0, 0.75],
      [0.25, 0.75],
    ]);
  });

  it('has two different ends for every metric, also where all values are equal or none is defined', () => {
    for (const equal of [0, 1, NaN]) {
      for (const card of METRICS) {
        const [low, high] = matrixDomain(new Float64Array(4).fill(equal), 2, card);
        expect(low, card.id).toBeLessThan(high);
      }
    }
  });
});

describe('pairSentence', () => {
  const sentence = (
    id: Parameters<typeof metricCard>[0],
    row: number,
    column: number,
    isChance = false,
  ): string =>
    pairSentence(report.pairs, report.languages, metricCard(id), { row, column, isChance });

  it('gives value, interval, n and ties, and takes the interval of its direction', () => {
    expect(sentence('p_at_1', 0, 1)).toBe(
      'English to German: 0.250 (95 % 0.125 to 1.000, n = 3, 1 ties)',
    );
    expect(sentence('p_at_1', 1, 0)).toBe(
      'German to English: 0.750 (95 % 0.375 to 1.000, n = 3, 1 ties)',
    );
  });

  it('gives the floor beside cosines, and says where there is no interval', () => {
    expect(sentence('calibrated', 0, 1)).toContain('n = 3, floor 0.100)');
    expect(sentence('hub_skewness', 0, 1)).toContain('(no interval, n = 3');
  });

  it('says where a pair does not differ from chance', () => {
    expect(sentence('contrast', 0, 1, true)).toContain('floor 0.100, not told apart from chance)');
  });

  it('says what a language has with itself', () => {
    expect(sentence('mexa', 0, 0)).toBe('English with itself: 1 by definition');
    expect(sentence('csls', 0, 0)).toBe('English with itself: not defined');
  });
});

describe('pairStandings', () => {
  it('has each pair once where the metric is symmetric, else both ways', () => {
    const names = (id: Parameters<typeof metricCard>[0]) =>
      pairStandings(report.pairs.slice(0, 1), report.languages, metricCard(id)).map(
        ({ name, value }) => [name, value],
      );
    expect(names('mean_cosine')).toEqual([['English and German', 0.75]]);
    expect(names('p_at_1')).toEqual([
      ['English to German', 0.25],
      ['German to English', 0.75],
    ]);
  });
});
