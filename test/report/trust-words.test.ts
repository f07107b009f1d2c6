import { describe, expect, it } from 'vitest';
import { toLanguage } from '../../src/core/language.ts';
import { trustIn, type LanguageTrust } from '../../src/core/trust.ts';
import {
  markedLanguage,
  markNote,
  trustCell,
  trustSentence,
} from '../../src/report/words/trust-words.ts';

const languages = {
  de: { sentences: 100, found: 97 },
  th: { sentences: 100, found: 34 },
  my: { sentences: 5, found: 2 },
};
const trust = { measure: 'share found', candidates: 1000, reference: 'en', languages };
const of = (label: string): LanguageTrust => trustIn(toLanguage(label), trust);
const [english, german, thai, burmese, swahili] = ['en', 'de', 'th', 'my', 'sw'].map(of);

describe('markedLanguage', () => {
  it('puts a mark before name and label of a weak and of an untested language, and says why', () => {
    expect(markedLanguage(toLanguage('tha_Thai'), thai)).toMatchObject({
      tag: 'th',
      name: '‡\u00a0Thai',
      label: '‡\u00a0tha_Thai',
      remark: trustSentence('Thai', thai),
    });
    expect(markedLanguage(toLanguage('my'), burmese).name).toBe('°\u00a0Burmese');
  });

  it('leaves a strong language, the reference, and everything where nothing was measured', () => {
    const language = toLanguage('de');
    for (const own of [german, english, undefined])
      expect(markedLanguage(language, own)).toBe(language);
  });
});

describe('markNote', () => {
  it('explains the marks that occur, and no other', () => {
    expect(markNote([english, german])).toBe('');
    expect(markNote(null)).toBe('');
    expect(markNote([german, thai])).toMatch(
      /^‡ .* more about the encoder than about the facts\.$/,
    );
    expect(markNote([german, swahili])).toMatch(/^° The encoder was not tested in this language:/);
    expect(markNote([swahili, thai])).toMatch(/^‡ .*\. ° .*\.$/);
  });
});

describe('trustSentence', () => {
  it('states share, interval and n, and what a low share means', () => {
    expect(trustSentence('Thai', thai)).toBe(
      'The encoder finds 34 % (95 % interval 25 to 44 %) of n = 100 held-out sentences in Thai: it is weak there, and drift says more about the encoder than about the facts.',
    );
    expect(trustSentence('German', german)).toBe(
      'The encoder finds 97 % (95 % interval 92 to 99 %) of n = 100 held-out sentences in German.',
    );
  });

  it('says where there was no test, or too small a one, and what the others were tested against', () => {
    expect(trustSentence('Swahili', swahili)).toMatch(/^The encoder was not tested in Swahili: /);
    expect(trustSentence('Burmese', burmese)).toMatch(
      /^The encoder was not tested in Burmese \(only 5 held-out sentences\): /,
    );
    expect(trustSentence('English', english)).toBe(
      'English is the language that the others were tested against.',
    );
  });
});

describe('trustCell', () => {
  it('has the share, and a word beside every mark', () => {
    expect([english, german, thai, burmese].map(trustCell)).toEqual([
      'reference',
      '97 %',
      '‡ 34 %, weak',
      '° untested',
    ]);
  });
});
