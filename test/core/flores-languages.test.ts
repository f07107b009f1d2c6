import { describe, expect, it } from 'vitest';
import { FLORES_LANGUAGES } from '../../src/core/flores-languages.ts';
import { toLanguage } from '../../src/core/language.ts';

describe('FLORES_LANGUAGES', () => {
  it('are 204, and a hundred of them without English', () => {
    expect(new Set(FLORES_LANGUAGES.map(({ code }) => code)).size).toBe(204);
    const hundred = FLORES_LANGUAGES.filter((language) => language.hundred);
    expect(hundred).toHaveLength(100);
    expect(hundred.some(({ tag }) => tag === 'en')).toBe(false);
  });

  it('are all known, in the script of their code', () => {
    const wrong = FLORES_LANGUAGES.filter(({ code, script }) => {
      const language = toLanguage(code);
      return !language.known || ![script, 'Kore'].includes(language.script);
    });
    expect(wrong.map(({ code }) => code)).toEqual([]);
  });

  it('have tags of their own but where ISO 639 has merged two', () => {
    const byTag = new Map<string, string[]>();
    for (const { tag, code } of FLORES_LANGUAGES) byTag.set(tag, [...(byTag.get(tag) ?? []), code]);
    expect([...byTag.values()].filter((codes) => codes.length > 1)).toEqual([
      ['ajp_Arab', 'apc_Arab'],
      ['aka_Latn', 'twi_Latn'],
    ]);
  });
});
