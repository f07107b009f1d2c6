import { describe, expect, it } from 'vitest';
import type { ParallelCorpus } from '../../src/core/corpus.ts';
import { toLanguage } from '../../src/core/language.ts';
import { wilson } from '../../src/core/statistics.ts';
import {
  canonicalTrust,
  trustByLanguage,
  trustIn,
  trustNotices,
  type EncoderTrust,
  type HeldOut,
} from '../../src/core/trust.ts';

function trustOf(languages: Record<string, HeldOut>, reference = 'en'): EncoderTrust {
  return canonicalTrust({ measure: 'share found', candidates: 1000, reference, languages });
}

const of = (found: number, sentences = 100): HeldOut => ({ sentences, found });
const corpusOf = (...labels: string[]): ParallelCorpus =>
  ({ languages: labels.map(toLanguage) }) as ParallelCorpus;
const status = (label: string, trust: EncoderTrust): string =>
  trustIn(toLanguage(label), trust).status;

describe('trustIn', () => {
  it('gives the share of a tested language with its Wilson interval', () => {
    expect(trustIn(toLanguage('deu_Latn'), trustOf({ de: of(97) }))).toEqual({
      status: 'strong',
      sentences: 100,
      found: 97,
      share: 0.97,
      interval: wilson(97, 100),
    });
  });

  it.each([
    [0, 'weak'],
    [79, 'weak'],
    [80, 'strong'],
    [100, 'strong'],
  ])('calls a language of which %i of 100 sentences are found %s', (found, expected) => {
    expect(status('th', trustOf({ th: of(found) }))).toBe(expected);
  });

  it('reads Norwegian without more as Bokmål, and Nynorsk as its own', () => {
    const trust = trustOf({ nb: of(97) });
    expect([status('no', trust), status('nn', trust)]).toEqual(['strong', 'untested']);
  });

  it('calls a language untested below 20 sentences, keeps their count and gives no share', () => {
    expect(status('th', trustOf({ th: of(20, 20) }))).toBe('strong');
    const few = { status: 'untested', sentences: 19, found: 19, share: null, interval: null };
    expect(trustIn(toLanguage('th'), trustOf({ th: of(19, 19) }))).toEqual(few);
  });

  it.each(['sw', 'orv', 'group A', 'constructor', '__proto__'])(
    'calls %s untested, which the test does not have',
    (label) => {
      expect(trustIn(toLanguage(label), trustOf({ th: of(90) }))).toEqual({
        status: 'untested',
        sentences: 0,
        found: 0,
        share: null,
        interval: null,
      });
    },
  );

  it.each(['en', 'eng_Latn', 'en-GB', 'English'])('knows %s as the reference', (label) => {
    expect(trustIn(toLanguage(label), trustOf({ th: of(90) }))).toMatchObject({
      status: 'reference',
      share: null,
      interval: null,
    });
  });

  it.each([
    ['pt-PT', 'pt'],
    ['es-419', 'es'],
    ['zh-HK', 'zh-Hant'],
    ['sr-Latn-ME', 'sr-Latn'],
  ])('takes %s for %s: a region does not change the language', (label, tested) => {
    expect(status(label, trustOf({ [tested]: of(10) }))).toBe('weak');
  });

  it('prefers what was measured for the region itself', () => {
    expect(status('pt-PT', trustOf({ pt: of(10), 'pt-PT': of(90) }))).toBe('strong');
    expect(status('en-GB', trustOf({ 'en-GB': of(90) }))).toBe('strong');
  });

  it.each([
    ['zh-Hant', 'zh'],
    ['zh', 'zh-Hant'],
    ['sr-Latn', 'sr'],
    ['kas_Deva', 'ks'],
    ['en-Dsrt', 'th'],
  ])('does not take %s for %s: another script is another story', (label, tested) => {
    expect(status(label, trustOf({ [tested]: of(90) }))).toBe('untested');
  });

  it.each([
    ['fil', 'tl'],
    ['tgl', 'tl'],
    ['Tagalog', 'fil'],
    ['arb_Arab', 'ar'],
    ['nb', 'nob'],
    ['zho_Hant', 'zh-TW'],
  ])('finds %s under %s, the same language', (label, tested) => {
    expect(status(label, trustOf({ [tested]: of(10) }))).toBe('weak');
  });
});

describe('canonicalTrust', () => {
  it('pools spellings of one language and keeps everything else', () => {
    expect(trustOf({ tl: of(30), fil: of(15, 50), orv: of(1) }, 'eng')).toEqual({
      measure: 'share found',
      candidates: 1000,
      reference: 'en',
      languages: { fil: of(45, 150), orv: of(1) },
    });
  });
});

describe('trustByLanguage', () => {
  it('follows the order of the languages, and is null where nothing was measured', () => {
    const { languages } = corpusOf('th', 'en', 'de');
    const trust = trustByLanguage(languages, trustOf({ de: of(90), th: of(3) }));
    expect(trust?.map((own) => own.status)).toEqual(['weak', 'reference', 'strong']);
    expect(trustByLanguage(languages, null)).toBeNull();
  });
});

describe('trustNotices', () => {
  it('names weak languages with their shares, weakest first, then untested ones', () => {
    const trust = trustOf({ de: of(97), th: of(34), am: of(8), my: of(2, 5) });
    expect(trustNotices(corpusOf('en', 'de', 'th', 'am', 'my', 'sw'), trust)).toEqual([
      'The encoder is weak in Amharic (8 %) and Thai (34 %): drift there says more about the encoder than about the facts.',
      'The encoder was not tested in Burmese and Swahili: drift there may say more about the encoder than about the facts.',
    ]);
  });

  it('is silent where every language is strong, and where nothing was measured', () => {
    expect(trustNotices(corpusOf('en', 'de'), trustOf({ de: of(97) }))).toEqual([]);
    expect(trustNotices(corpusOf('en', 'de'), null)).toEqual([]);
  });

  it('cuts long lists to eight names and the number of the others, never to one other', () => {
    const tags = 'de ru ar hi zh ja th am sw tr'.split(' ');
    const nine = trustNotices(corpusOf(...tags.slice(0, 9)), trustOf({}))[0];
    expect(nine).toContain('Amharic and Swahili:');
    const ten = trustNotices(corpusOf(...tags), trustOf({}))[0];
    expect(ten).toContain('Thai, Amharic and 2 more:');
  });
});
