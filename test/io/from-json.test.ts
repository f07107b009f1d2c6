import { describe, expect, it } from 'vitest';
import { fromJson, fromJsonl } from '../../src/io/read/from-json.ts';
import { jsonEntries } from '../../src/io/read/json-entries.ts';
import { LIMITS } from '../../src/io/read/sheet.ts';

const read = (value: unknown, file = 'facts.json') =>
  fromJson(file, typeof value === 'string' ? value : JSON.stringify(value, null, 1), LIMITS);

describe('jsonEntries', () => {
  it('keeps the order of the text, equal keys and lines', () => {
    const text = '{\n "10": {"a": [1, "}"]},\n\n "9" :\n {}, "10": "x\\"{,"\n}';
    expect(jsonEntries(text).map(({ key, value, line }) => [key, value, line])).toEqual([
      ['10', { a: [1, '}'] }, 2],
      ['9', {}, 4],
      ['10', 'x"{,', 5],
    ]);
  });

  it('reads the members of a nested value when given its entry', () => {
    const text = '{"a": 1,\n "b": [\n  "x",\n  "y"\n ]}';
    const [, b] = jsonEntries(text);
    expect(jsonEntries(text, b).map(({ value, line }) => [value, line])).toEqual([
      ['x', 3],
      ['y', 4],
    ]);
  });

  it('finds no members in an empty object or list', () => {
    expect([jsonEntries('{ }'), jsonEntries(' [\n]')]).toEqual([[], []]);
  });
});

describe('fromJson', () => {
  it('reads facts by id in the order of the text', () => {
    const { sheet } = read(
      '{"10": {"en": "ten", "de": "zehn"}, "9": {"de": "neun", "en": "nine"}}',
    );
    expect(sheet).toMatchObject({ format: 'json-by-language', columns: ['id', 'en', 'de'] });
    expect(sheet?.rows).toEqual([
      ['10', 'ten', 'zehn'],
      ['9', 'nine', 'neun'],
    ]);
  });

  it('takes the language named id for Indonesian beside the key', () => {
    const { sheet } = read({
      0: { en: 'a word', id: 'satu kata' },
      1: { en: 'a day', id: 'satu hari' },
    });
    expect(sheet?.roles).toEqual([
      { kind: 'id' },
      { kind: 'text', label: 'en' },
      { kind: 'text', label: 'id' },
    ]);
  });

  it('offers the fields of nested languages and takes the question for their text', () => {
    const item = {
      En: { question: 'Why is it so?', best: 'Because.' },
      Fr: { question: 'Pourquoi ?', best: 'Car.' },
    };
    const { sheet } = read({ a: item, b: item });
    expect(sheet?.columns).toEqual(['id', 'En.question', 'En.best', 'Fr.question', 'Fr.best']);
    expect(sheet?.roles.map((role) => (role.kind === 'text' ? role.label : role.kind))).toEqual([
      'id',
      'En',
      'ignore',
      'Fr',
      'ignore',
    ]);
  });

  it.each([
    ['a list of wide rows', [{ id: 7, en: 'one thing', de: 'eine Sache' }]],
    ['rows below a name', { version: 1, data: [{ id: 7, en: 'one thing', de: 'eine Sache' }] }],
    ['one row alone', { id: 7, en: 'one thing', de: 'eine Sache' }],
  ])('reads %s', (_, value) => {
    const { sheet } = read(value);
    expect(sheet).toMatchObject({ format: 'wide-table', rows: [['7', 'one thing', 'eine Sache']] });
    expect(sheet?.roles.map(({ kind }) => kind)).toEqual(['id', 'text', 'text']);
  });

  it('reads a list of long rows', () => {
    const { sheet } = read([
      { id: 'a', language: 'en', sentence: 'It rains.' },
      { id: 'a', language: 'sw', sentence: 'Mvua inanyesha.' },
    ]);
    expect(sheet?.format).toBe('long-table');
    expect(sheet?.roles.map(({ kind }) => kind)).toEqual(['id', 'language-label', 'long-text']);
  });

  it('reads a list of texts in the language of the file name', () => {
    const { sheet } = read(['Un texte ici.', 'Et un autre.'], 'texts.fr.json');
    expect(sheet).toMatchObject({
      rows: [['Un texte ici.'], ['Et un autre.']],
      roles: [{ kind: 'text', label: 'fr' }],
    });
  });

  it('reads texts by language and id', () => {
    const { sheet } = read({ en: { q1: 'one', q2: 'two' }, de: { q2: 'zwei', q3: 'drei' } });
    expect(sheet?.columns).toEqual(['id', 'en', 'de']);
    expect(sheet?.rows).toEqual([
      ['q1', 'one', ''],
      ['q2', 'two', 'zwei'],
      ['q3', '', 'drei'],
    ]);
  });

  it('refuses JSON that breaks off, naming the line', () => {
    const { sheet, issues } = read('{\n"0": {"en": "x"},\n"1": {"en" "y"}\n}');
    expect(sheet).toBe(null);
    expect(issues).toMatchObject([{ code: 'damaged-file', severity: 'error', line: 3 }]);
    expect(read('[1,\n2').issues).toMatchObject([{ code: 'damaged-file', line: 2 }]);
  });

  it.each([
    ['{}'],
    ['[]'],
    ['3'],
    ['"text"'],
    ['null'],
    ['{"question": ["a"], "answer": ["b"]}'],
    ['[[1, 2], [3, 4]]'],
  ])('refuses %s as an unknown shape and says what is accepted', (text) => {
    const { sheet, issues } = read(text);
    expect(sheet).toBe(null);
    expect(issues).toMatchObject([{ code: 'unknown-format', severity: 'error' }]);
    expect(issues[0].message).toContain('Isogloss reads CSV');
  });

  it('is not harmed by names that objects have of their own', () => {
    const { sheet } = read(
      '{"__proto__": {"en": "a b", "__proto__": "x y"}, "constructor": {"en": "c d", "toString": "e"}}',
    );
    expect(sheet?.columns).toEqual(['id', 'en', '__proto__', 'toString']);
    expect(sheet?.rows).toEqual([
      ['__proto__', 'a b', 'x y', ''],
      ['constructor', 'c d', '', 'e'],
    ]);
    expect(({} as Record<string, unknown>).en).toBe(undefined);
  });

  it('refuses a table of more cells than fit into memory', () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({ [`name${i}`]: 'x' }));
    const { sheet, issues } = fromJson('wide.json', JSON.stringify(rows), {
      ...LIMITS,
      cells: 500,
    });
    expect(sheet).toBe(null);
    expect(issues).toMatchObject([{ code: 'too-large', file: 'wide.json' }]);
  });
});

describe('fromJsonl', () => {
  it('keeps the place of a line that is no object, and reports it', () => {
    const text =
      '{"en": "a b", "de": "c d"}\n\n[1]\n{"en": "e f", "de": \n{"en": "g h", "de": "i j"}';
    const { sheet, issues } = fromJsonl('rows.jsonl', text, LIMITS);
    expect(sheet?.rows).toEqual([
      ['a b', 'c d'],
      ['', ''],
      ['', ''],
      ['g h', 'i j'],
    ]);
    expect(sheet?.lines).toEqual([1, 3, 4, 5]);
    expect(issues.map(({ code, line }) => [code, line])).toEqual([
      ['bad-row', 3],
      ['bad-row', 4],
    ]);
  });

  it('takes MKQA rows only where the id ends with the language', () => {
    const row = { id: '1_en', lang: 'en', question: 'who is it', answers: ['me'] };
    const formatOf = (value: unknown) =>
      fromJsonl('a.jsonl', JSON.stringify(value), LIMITS).sheet?.format;
    expect([formatOf(row), formatOf({ ...row, id: '1_de' })]).toEqual(['mkqa', 'long-table']);
  });
});
