import { describe, expect, it } from 'vitest';
import { cellRows } from '../../src/core/corpus.ts';
import { tokenPremiums, truncationRate, unknownRate } from '../../src/metrics/tokens.ts';
import { corpusOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';

const cube = Array.from({ length: 3 }, () => [[1], [1], [1]]);
/** Of three facts in three languages, language by language. */
const tokens = [
  [10, 20, 30],
  [15, 20, 90],
  [40, 50, 60],
];

function premiums(
  reference: number,
  isPresent?: (language: number, fact: number) => boolean,
): Float64Array {
  const { corpus } = corpusOf(cube, isPresent);
  const { language, fact } = corpus.renderings;
  const counts = Array.from(fact, (f, r) => tokens[language[r]][f]);
  return tokenPremiums(counts, cellRows(corpus), 3, reference);
}

describe('tokenPremiums', () => {
  it('are ratios of token sums, 1 for the reference', () => {
    expectClose(premiums(0), [1, 125 / 60, 150 / 60], 1e-12);
    expectClose(premiums(2), [60 / 150, 125 / 150, 1], 1e-12);
  });

  it('count the facts that both languages have', () => {
    // Language 1 lacks fact 2, language 2 has no fact that the reference has.
    const isPresent = (language: number, fact: number): boolean =>
      language === 0 ? fact < 2 : language === 1 ? fact !== 2 : fact === 2;
    expectClose(premiums(0, isPresent), [1, 35 / 30, NaN], 1e-12);
  });
});

describe('unknownRate and truncationRate', () => {
  it('are shares of tokens and of texts, and not defined without any', () => {
    const counts = { renderings: 8, tokens: 100, unknown: 5, truncated: 2 };
    expect([unknownRate(counts), truncationRate(counts)]).toEqual([0.05, 0.25]);
    const none = { renderings: 0, tokens: 0, unknown: 0, truncated: 0 };
    expect([unknownRate(none), truncationRate(none)]).toEqual([NaN, NaN]);
  });
});
