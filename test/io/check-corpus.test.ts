import { describe, expect, it } from 'vitest';
import type { ParallelCorpus } from '../../src/core/corpus.ts';
import type { Issue } from '../../src/core/errors.ts';
import { toLanguage } from '../../src/core/language.ts';
import { seededRandom } from '../../src/core/random.ts';
import { checkCorpus } from '../../src/io/check/check-corpus.ts';

/** Rows of texts by language; a hole is ''. Line l of file `facts.csv` holds fact l - 2. */
function corpusOf(labels: string[], rows: string[][]): ParallelCorpus {
  const cells = rows.flatMap((row, fact) =>
    row.map((text, language) => ({ text, fact, language })),
  );
  const filled = cells.filter(({ text }) => text !== '');
  return {
    facts: rows.map((_, i) => ({ id: `q${i}`, topic: '' })),
    languages: labels.map(toLanguage),
    files: [{ name: 'facts.csv', bytes: 0, sha256: '' }],
    renderings: {
      text: filled.map(({ text }) => text),
      fact: Int32Array.from(filled, ({ fact }) => fact),
      language: Int32Array.from(filled, ({ language }) => language),
      file: new Int32Array(filled.length),
      line: Int32Array.from(filled, ({ fact }) => fact + 2),
    },
  };
}

const find = (labels: string[], rows: string[][]): Issue[] => checkCorpus(corpusOf(labels, rows));
const short = (issues: Issue[]): string[] =>
  issues.map(({ code, line, language }) => `${code} ${line} ${language}`);

describe('duplicate texts', () => {
  it('are reported against the later fact, naming the first', () => {
    const issues = find(
      ['en', 'ru'],
      [
        ['It rains', 'Идёт дождь'],
        ['It snows', 'Идёт снег'],
        [' It rains', 'Дождик'],
      ],
    );
    expect(issues).toMatchObject([
      { code: 'duplicate-text', severity: 'warning', file: 'facts.csv', line: 4, language: 'en' },
    ]);
    expect(issues[0].message).toBe(
      '"It rains" is the text of fact "q0" in line 2 as well; neither can be told from the other.',
    );
  });

  it('do not matter between facts that meet in no other language', () => {
    const rows = [
      ['It rains', 'Es regnet', ''],
      ['It rains', '', 'Il pleut'],
    ];
    expect(short(find(['en', 'de', 'fr'], rows))).toEqual([]);
    expect(short(find(['en'], [['It rains'], ['It rains']]))).toEqual(['duplicate-text 3 en']);
  });
});

describe('untranslated copies', () => {
  it('are reported against the language that is not English', () => {
    const issues = find(['de', 'en'], [['The cat sleeps here!', 'the cat sleeps  here']]);
    expect(issues).toMatchObject([
      { code: 'untranslated-copy', severity: 'warning', line: 2, language: 'de' },
    ]);
    expect(issues[0].message).toContain('is the English text of the same fact');
  });

  it('are reported against the language whose script they lack, even where that leaves English the copy', () => {
    expect(
      short(
        find(['en', 'ru', 'de'], [['Кошка спит здесь тихо', 'Кошка спит здесь тихо', 'Die Katze']]),
      ),
    ).toEqual(['untranslated-copy 2 en']);
    expect(
      short(find(['de', 'th'], [['Die Katze schläft hier', 'Die Katze schläft hier']])),
    ).toEqual(['untranslated-copy 2 th']);
  });

  it('in several languages are all reported', () => {
    const rows = [
      ['The cat sleeps here', 'The cat sleeps here', 'The cat sleeps here', 'Kissa nukkuu'],
    ];
    expect(short(find(['en', 'am', 'fr', 'fi'], rows))).toEqual([
      'untranslated-copy 2 am',
      'untranslated-copy 2 fr',
    ]);
  });

  it.each([
    ['names', 'Barack Obama'],
    ['names of works', 'The Lord of the Rings'],
    ['numbers', '1969, 42 %'],
    ['short words', 'a or b'],
  ])('are not seen in %s', (_, text) => {
    expect(short(find(['en', 'fr'], [[text, text]]))).toEqual([]);
  });

  it('are not seen in short sentences of two languages that are not English and share a script', () => {
    expect(short(find(['id', 'ms'], [['Dia makan nasi', 'Dia makan nasi']]))).toEqual([]);
    const long = 'Dia pergi ke pasar besar bersama ibunya';
    expect(short(find(['id', 'ms'], [[long, long]]))).toEqual(['untranslated-copy 2 ms']);
  });

  it('are not seen where only the marks of the letters agree', () => {
    expect(short(find(['en', 'fr'], [['The cat sleeps here', 'Thé cat sleeps here']]))).toEqual([]);
  });
});

describe('wrong scripts', () => {
  it.each([
    ['ru', 'Koshka spit'],
    ['en', 'Кошка спит'],
    ['ja', 'neko ga nemuru'],
    ['ko', 'ねこがねむる'],
    ['zh', 'ひらがなばかり'],
    ['hi', 'Billi so rahi hai'],
    ['sr', 'Mačka spava'],
  ])('are reported in %s for %s', (label, text) => {
    expect(short(find([label], [[text]]))).toEqual([`wrong-script 2 ${label}`]);
  });

  it.each([
    ['ja', 'カタカナー と 漢字'],
    ['ja', 'わーーーーい'],
    ['ko', '한국어 漢字'],
    ['zh', '中文 Wi-Fi 网络连接'],
    ['zh-Hant', '繁體中文'],
    ['hi', 'बिल्ली सो रही है'],
    ['th', 'แมวนอน'],
    ['sr-Latn', 'Mačka spava'],
    ['ff-Adlm', '𞤆𞤵𞤤𞤢𞤪 𞤫𞤲'],
    ['ru', 'DNA'],
    ['de', '12345'],
    ['group A', 'ελληνικά'],
  ])('are not reported in %s for %s', (label, text) => {
    expect(short(find([label], [[text]]))).toEqual([]);
  });

  it('are not seen in names that other languages write the same way', () => {
    const english = 'Windows Media Player is owned by Microsoft';
    const rows = [
      [english, 'Windows Media Player принадлежит Microsoft'],
      ['The owner is known', 'The owner is Microsoft ок'],
    ];
    expect(short(find(['en', 'ru'], rows))).toEqual(['wrong-script 3 ru']);
  });

  it('are reported below one half of the letters, and not at one half', () => {
    expect(short(find(['ru'], [['аб ab'], ['аб abc']]))).toEqual(['wrong-script 3 ru']);
  });
});

describe('length outliers', () => {
  const words = (count: number): string => 'word '.repeat(count).trim();
  const rows = Array.from({ length: 20 }, (_, i) => [
    `${words(4)} a${i}`,
    `${words(5)} b${i}`,
    `${words(6)} c${i}`,
  ]);

  it('are noted against the language whose text is much shorter or longer than usual there', () => {
    const odd = rows.map((row, i) =>
      i === 3 ? [row[0], 'no', row[2]] : i === 7 ? [row[0], row[1], words(40)] : row,
    );
    const issues = find(['en', 'de', 'fr'], odd);
    expect(short(issues)).toEqual(['length-outlier 5 de', 'length-outlier 9 fr']);
    expect(issues.map(({ severity }) => severity)).toEqual(['note', 'note']);
    expect(issues[0].message).toContain(
      'times shorter than texts of this fact usually are in German',
    );
  });

  it('are not seen in a language that is always longer, nor in facts that are long in every language', () => {
    const steady = rows.map(([en, de], i) => [
      en.repeat(i + 1),
      de.repeat(i + 1),
      `${en} `.repeat(4 * (i + 1)),
    ]);
    expect(
      short(find(['en', 'de', 'fr'], steady)).filter((issue) => issue.startsWith('length')),
    ).toEqual([]);
  });

  it('are not judged in fewer than 8 facts', () => {
    expect(
      short(find(['en', 'de', 'fr'], [[words(4), words(5), words(90)], ...rows.slice(0, 6)])),
    ).toEqual([]);
    expect(
      short(find(['en', 'de', 'fr'], [[words(4), words(5), words(90)], ...rows.slice(0, 7)])),
    ).toEqual(['length-outlier 2 fr']);
  });

  it('are charged to the other language than English where there are just two', () => {
    const pairs = rows.map(([en, de], i) => (i === 2 ? [de, words(60)] : [de, en]));
    expect(short(find(['de', 'en'], pairs))).toEqual(['length-outlier 4 de']);
  });
});

describe('checkCorpus', () => {
  it('lists 20 findings of a kind in a language and counts the others', () => {
    const rows = Array.from({ length: 50 }, (_, i) => [
      `Sentence number ${i}`,
      `Latin letters ${i}`,
      `Буквы ${i}`,
    ]);
    const issues = find(['en', 'ru', 'uk'], rows);
    expect(issues).toHaveLength(21);
    expect(issues[20]).toMatchObject({ code: 'wrong-script', language: 'ru', line: 22 });
    expect(issues[20].message).toBe(
      '30 more of this kind (wrong-script), the next one in line 22 of facts.csv.',
    );
  });

  it('finds nothing in an empty corpus', () => {
    expect(find([], [])).toEqual([]);
  });

  it('takes seconds at most for 100,000 renderings', () => {
    const random = seededRandom(1);
    const letters = [
      'abcdefghijklmnop',
      'абвгдежзийклмноп',
      'กขคฆงจฉชซฌญฎฏฐฑฒ',
      '的一是不了人我在有他这中大来上国',
    ];
    const sentence = (alphabet: string): string =>
      Array.from({ length: 100 }, () =>
        random() < 0.15 ? ' ' : alphabet[Math.floor(random() * 16)],
      ).join('');
    const rows = Array.from({ length: 25_000 }, () => letters.map(sentence));
    const corpus = corpusOf(['en', 'ru', 'th', 'zh'], rows);
    const start = performance.now();
    checkCorpus(corpus);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
