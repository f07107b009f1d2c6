import { describe, expect, it } from 'vitest';
import { toLanguage } from '../../src/core/language.ts';
import { metricCard, METRICS } from '../../src/core/metric-catalog.ts';
import { extremesOf, matrixDomain, pairSentence } from '../../src/report/words/matrix-words.ts';
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
  const sentence = (id: Parameters<typeof metricCard>[0], row: number, column: number): string =>
    pairSentence(report.pairs, report.languages, metricCard(id), {
      row,
      column,
      values: report.matrices[id],
    });

  it('gives value, interval, n and ties, and takes the interval of its direction', () => {
    expect(sentence('p_at_1', 0, 1)).toBe(
      'English to German: 0.125 (95 % 0.125 to 1.000, n = 3, 1 ties)',
    );
    expect(sentence('p_at_1', 1, 0)).toBe(
      'German to English: 0.250 (95 % 0.375 to 1.000, n = 3, 1 ties)',
    );
  });

  it('gives the floor beside cosines, and says where there is no interval', () => {
    expect(sentence('calibrated', 0, 1)).toContain('n = 3, floor 0.100)');
    expect(sentence('hub_skewness', 0, 1)).toContain('(no interval, n = 3');
  });

  it('says what a language has with itself', () => {
    expect(sentence('mexa', 0, 0)).toBe('English with itself: 1 by definition');
    expect(sentence('csls', 0, 0)).toBe('English with itself: not defined');
  });
});

describe('extremesOf', () => {
  const languages = ['en', 'de', 'sw'].map((tag) => toLanguage(tag));
  const matrix = (a: number, b: number, c: number) => Float64Array.of(1, a, b, a, 1, c, b, c, 1);

  it('names the pair at either end, and counts where several tie', () => {
    const mexa = metricCard('mexa');
    expect(extremesOf(matrix(0.9, 0.2, 0.5), languages, mexa)).toEqual({
      nearest: 'English and German',
      farthest: 'English and Swahili',
    });
    expect(extremesOf(matrix(1, 1, 0.5), languages, mexa)).toEqual({
      nearest: '2 pairs',
      farthest: 'German and Swahili',
    });
    expect(extremesOf(matrix(1, 1, 1), languages, mexa)).toBeNull();
  });

  it('turns round where lower is closer', () => {
    const found = extremesOf(matrix(0.9, 0.2, 0.5), languages, metricCard('bias'));
    expect(found?.nearest).toBe('English and Swahili');
  });
});
