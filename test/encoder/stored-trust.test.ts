import { describe, expect, it } from 'vitest';
import { storedTrust } from '../../src/encoder/stored-trust.ts';

const TRUST = {
  measure: 'share found',
  candidates: 1000,
  reference: 'en',
  languages: { de: { sentences: 100, found: 97 }, th: { sentences: 40, found: 0 } },
};
const folder = (text: string) => ({ 'trust.json': new TextEncoder().encode(text) });

describe('storedTrust', () => {
  it('is read from trust.json, and missing without it', () => {
    expect(storedTrust(folder(JSON.stringify(TRUST)))).toEqual(TRUST);
    expect(storedTrust({})).toBeNull();
  });

  it('has canonical tags whatever the file spells', () => {
    const languages = { tl: TRUST.languages.de, zho_Hant: TRUST.languages.th };
    const file = { ...TRUST, reference: 'eng_Latn', languages };
    expect(storedTrust(folder(JSON.stringify(file)))).toMatchObject({
      reference: 'en',
      languages: { fil: TRUST.languages.de, 'zh-Hant': TRUST.languages.th },
    });
  });

  it.each([
    ['no JSON', 'share: 0.9'],
    ['nothing', 'null'],
    ['no languages', JSON.stringify({ ...TRUST, languages: undefined })],
    ['no reference', JSON.stringify({ ...TRUST, reference: undefined })],
    ['no measure', JSON.stringify({ ...TRUST, measure: 1 })],
    ['no candidates', JSON.stringify({ ...TRUST, candidates: 0 })],
    ['shares in place of counts', JSON.stringify({ ...TRUST, languages: { de: 0.97 } })],
    [
      'more found than there are',
      JSON.stringify({ ...TRUST, languages: { de: { sentences: 5, found: 6 } } }),
    ],
    [
      'half sentences',
      JSON.stringify({ ...TRUST, languages: { de: { sentences: 5.5, found: 2.5 } } }),
    ],
  ])('refuses a file with %s, in one sentence', (_, text) => {
    expect(() => storedTrust(folder(text))).toThrow(
      expect.objectContaining({
        code: 'model/unusable',
        message:
          'The file trust.json of the model does not hold how many sentences of each language were found.',
      }),
    );
  });
});
