import { describe, expect, it } from 'vitest';
import { labelOfColumn, labelOfFile } from '../../src/io/read/file-label.ts';

describe('labelOfFile', () => {
  it.each([
    ['eng_Latn.devtest', 'eng_Latn', ''],
    ['deu.txt', 'deu', ''],
    ['deu_Latn.txt', 'deu_Latn', ''],
    ['tatoeba.deu-eng.deu', 'deu', 'deu-eng'],
    ['tatoeba.deu-eng.eng', 'eng', 'deu-eng'],
    ['pack.zip/tatoeba/tatoeba.deu-eng.eng', 'eng', 'deu-eng'],
    ['Tatoeba.zho_Hans-eng_Latn.zho_Hans', 'zho_Hans', 'zho_Hans-eng_Latn'],
    ['xquad.ar.json', 'ar', ''],
    ['mkqa-zh_cn.jsonl', 'zh_cn', ''],
    ['mydata.de.csv', 'de', ''],
    ['mydata_de.csv.gz', 'de', ''],
    ['en-US-facts.csv', 'en-US', ''],
    ['newstest2019-ref.eng-US.txt', 'eng-US', ''],
    ['German.txt', 'German', ''],
    ['bmlama17/he.tsv', 'he', 'bmlama17'],
    ['orv.txt', 'orv', ''],
    ['kas_Deva.devtest', 'kas_Deva', ''],
    ['orv_Cyrl.devtest', 'orv_Cyrl', ''],
    ['x_copa/DE/test.jsonl', 'DE', 'x_copa/test.jsonl'],
    ['x_csqa/DE_trans/validation.jsonl', 'DE', 'x_csqa/validation.jsonl'],
  ])('%s gives the label %s in the scope "%s"', (name, label, scope) => {
    expect(labelOfFile(name)).toEqual({ label, scope });
  });

  it.each([
    'facts.csv',
    'my-facts.csv',
    'my_data.csv',
    'is_good.csv',
    'to_translate.txt',
    'all_texts.txt',
    'notes.txt',
    'data/test.txt',
    '.txt',
    '',
  ])('%s gives no language', (name) => {
    expect(labelOfFile(name).label).toBe('');
  });

  it('keeps the scope of a file without a language, which is its folder', () => {
    expect(labelOfFile('a/b/notes.txt')).toEqual({ label: '', scope: 'a/b' });
  });

  it('is not slow on names made to be slow', () => {
    const start = performance.now();
    for (const name of [
      'text '.repeat(20_000),
      `a${' '.repeat(50_000)}b.txt`,
      'a-b.'.repeat(20_000),
    ])
      labelOfFile(name);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('labelOfColumn', () => {
  it.each([
    ['en', 'en'],
    ['text_en', 'en'],
    ['en text', 'en'],
    ['sentence_deu_Latn', 'deu_Latn'],
    ['English', 'English'],
    ['English text', 'English'],
    ['translation.pt-BR', 'pt-BR'],
    ['text:sw', 'sw'],
    ['Text (German)', 'German'],
    ['German [de]', 'de'],
  ])('%s names %s', (header, label) => {
    expect(labelOfColumn(header)).toBe(label);
  });

  it.each([
    'text',
    'question',
    'topic',
    'drift:en',
    'answer_best',
    'En.answer',
    'En.best',
    'id_name',
    '',
    '12',
    'constructor',
    '__proto__',
  ])('%s names no language', (header) => {
    expect(labelOfColumn(header)).toBe(null);
  });
});
