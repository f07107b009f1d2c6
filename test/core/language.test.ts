import { describe, expect, it } from 'vitest';
import { toLanguage, toTag } from '../../src/core/language.ts';

describe('toLanguage', () => {
  it.each([
    ['eng_Latn', 'en', 'Latn', 'ltr'],
    ['arb_Arab', 'ar', 'Arab', 'rtl'],
    ['zho_Hans', 'zh', 'Hans', 'ltr'],
    ['zh_cn', 'zh', 'Hans', 'ltr'],
    ['zh-TW', 'zh-Hant', 'Hant', 'ltr'],
    ['cn', 'zh', 'Hans', 'ltr'],
    ['DE_trans', 'de', 'Latn', 'ltr'],
    ['ar_trans', 'ar', 'Arab', 'rtl'],
    ['jap', 'ja', 'Jpan', 'ltr'],
    ['iw', 'he', 'Hebr', 'rtl'],
    ['pes', 'fa', 'Arab', 'rtl'],
    ['swh', 'sw', 'Latn', 'ltr'],
    ['zsm', 'ms', 'Latn', 'ltr'],
    ['pt-BR', 'pt', 'Latn', 'ltr'],
    ['pt-PT', 'pt-PT', 'Latn', 'ltr'],
    ['kas_Deva', 'ks-Deva', 'Deva', 'ltr'],
    ['sr-Latn', 'sr-Latn', 'Latn', 'ltr'],
    ['Swahili', 'sw', 'Latn', 'ltr'],
    ['German', 'de', 'Latn', 'ltr'],
    ['En', 'en', 'Latn', 'ltr'],
    ['tgl', 'fil', 'Latn', 'ltr'],
  ])('reads %s as %s in %s, %s', (label, tag, script, direction) => {
    expect(toLanguage(label)).toMatchObject({ tag, script, direction, label, known: true });
  });

  it('keeps a code without a known name, and marks what is no code at all as unknown', () => {
    expect(toLanguage('orv')).toMatchObject({ tag: 'orv', known: true });
    expect(toLanguage('group A')).toMatchObject({ tag: 'group A', name: 'group A', known: false });
  });
});

describe('toTag', () => {
  it.each(['en', 'deu_Latn', 'French', 'yue'])('accepts %s', (label) => {
    expect(toTag(label)).not.toBeNull();
  });
  it.each([
    '',
    'my_data',
    'En.best',
    'constructor',
    '__proto__',
    'topic',
    'question',
    'fact_id',
    'answer',
    'hard',
    'label',
    'zz',
  ])('refuses %s', (label) => {
    expect(toTag(label)).toBeNull();
  });
});
