import { describe, expect, it } from 'vitest';
import { metricCard } from '../../src/core/metric-catalog.ts';
import type { DriftSummary } from '../../src/core/report.ts';
import { languagePairsFigure } from '../../src/report/figures/language-pairs-figure.ts';
import { driftSentence } from '../../src/report/words/page-words.ts';
import { exampleReport } from '../io/example-report.ts';

const { report } = exampleReport();
const { languages } = report;
const input = { report, languages, colors: ['#111111', '#222222', '#333333'], language: 1 };

describe('languagePairsFigure', () => {
  it('has both directions of a directed metric, from the language and to it', () => {
    // By the example, 1/8 from English, 1/4 to it, where the pair is English first.
    const { rows, series } = languagePairsFigure(input, metricCard('p_at_1'));
    const { forth, back } = report.pairs[0].scores.p_at_1;
    const english = rows.find(({ name }) => name === 'English')!;
    expect(series).toEqual(['to German', 'from German']);
    expect([english.before?.value, english.value]).toEqual([forth.value, back.value]);
    expect(forth.value).not.toBe(back.value);
  });

  it('has one value of a symmetric one, with the facts of the pair', () => {
    const { rows, series } = languagePairsFigure(input, metricCard('mean_cosine'));
    expect(series).toBeUndefined();
    expect(rows.map(({ name, n, before }) => [name, n, before])).toEqual([
      ['English', 3, undefined],
      ['Swahili', 2, undefined],
    ]);
  });

  it('says where two languages share no fact, and puts them last', () => {
    const alone = { ...report, pairs: report.pairs.slice(2) };
    const { rows } = languagePairsFigure({ ...input, report: alone }, metricCard('mean_cosine'));
    expect(rows.map(({ name }) => name)).toEqual(['Swahili', 'English']);
    expect(rows[1]).toMatchObject({ value: NaN, n: 0, reason: 'they share no fact' });
  });

  it('ranks no metric that depends on the number of facts where pairs share unequal numbers', () => {
    const { title } = languagePairsFigure(input, metricCard('mexa'));
    expect(title).toContain('not ranked, because it depends on the number of facts');
  });
});

describe('driftSentence', () => {
  const summary = (mean: number, n = 3): DriftSummary => ({
    n,
    mean,
    interval: n < 2 ? null : [mean / 2, mean * 2],
    median: mean,
    q1: mean,
    q3: mean,
    min: mean,
    max: mean,
  });
  const of = (summaries: DriftSummary[]): string =>
    driftSentence(languages[1], 1, { summaries, referenceLabel: 'English' });

  it('has mean, interval, n and the place among those with a drift', () => {
    expect(of([summary(NaN, 0), summary(0.25), summary(0.5)])).toBe(
      'German drifts 0.250 from English on average (95 % interval 0.125 to 0.500, n = 3 facts), place 2 of 2 from the most drifting on.',
    );
  });

  it('says where there is no interval, and where there is nothing', () => {
    expect(of([summary(NaN, 0), summary(0.25, 1), summary(0.5)])).toContain(
      'no interval below two facts',
    );
    expect(of([summary(0.5), summary(NaN, 0), summary(0.5)])).toBe(
      'The drift of German from English is not defined.',
    );
  });
});
