import { expect, it } from 'vitest';
import { toLanguage } from '../../src/core/language.ts';
import { answerOf } from '../../src/report/words/answer.ts';

const LANGUAGES = ['en', 'de', 'sw', 'th'].map(toLanguage);

/** Drift as [low, mean, high] by language; null for none. */
const said = (...drifts: ([number, number, number] | null)[]): string => {
  const summaries = drifts.map((drift) => {
    const [low, mean, high] = drift ?? [NaN, NaN, NaN];
    const interval: [number, number] | null = drift && [low, high];
    return { n: 30, mean, interval, median: mean, q1: mean, q3: mean, min: mean, max: mean };
  });
  return answerOf(null, 'No split.', LANGUAGES.slice(0, drifts.length), summaries);
};

it('names the two that drift most where their intervals lie above all others', () => {
  expect(said([0.1, 0.2, 0.3], [0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.5, 0.6, 0.7])).toBe(
    'No split. Thai and Swahili drift most.',
  );
});

it('names one where the interval of one alone does, and of three languages no more than one', () => {
  expect(said([0.1, 0.2, 0.3], [0.1, 0.2, 0.3], [0.2, 0.3, 0.4], [0.5, 0.6, 0.7])).toBe(
    'No split. Thai drifts most.',
  );
  expect(said([0.1, 0.2, 0.3], [0.4, 0.5, 0.6], [0.7, 0.8, 0.9])).toBe(
    'No split. Swahili drifts most.',
  );
});

it('names nobody where intervals overlap, or where one language alone has a drift', () => {
  expect(said([0.1, 0.2, 0.3], [0.2, 0.3, 0.4], [0.3, 0.4, 0.5])).toBe('No split.');
  expect(said(null, [0.4, 0.5, 0.6])).toBe('No split.');
});
