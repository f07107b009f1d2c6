import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCsv, parseDelimited } from '../../src/io/read/from-csv.ts';
import { guarded, toCsv } from '../../src/io/write/to-csv.ts';

const rowsOf = (text: string): string[][] => parseDelimited(text).rows;
const linesOf = (text: string): number[] => parseDelimited(text).lines;
const read = (text: string, file = 'facts.csv') => fromCsv(file, parseDelimited(text));

describe('parseDelimited', () => {
  it('finds the delimiter although another one is more frequent in the texts', () => {
    const rows = [
      'id\ten\tcandidates',
      ...Array.from({ length: 9 }, (_, i) => `${i}\tx, y\ta, b, c, d, e`),
    ];
    expect(rowsOf(rows.join('\n'))[1]).toEqual(['0', 'x, y', 'a, b, c, d, e']);
  });

  it.each([',', ';', '|', '\t'])('reads tables delimited by %j', (delimiter) => {
    const text = [
      ['id', 'en', 'de'],
      ['1', 'one', 'eins'],
      ['2', 'two', 'zwei'],
    ].map((row) => row.join(delimiter));
    expect(rowsOf(text.join('\n'))[2]).toEqual(['2', 'two', 'zwei']);
  });

  it.each(['\n', '\r\n', '\r'])('reads rows that end with %j', (newline) => {
    expect(rowsOf(['id,en', '1,"a"', '2,b', ''].join(newline))).toEqual([
      ['id', 'en'],
      ['1', 'a'],
      ['2', 'b'],
    ]);
  });

  it('reads rows whose ends are mixed', () => {
    const text = 'id,en\r\n1,a\n2,"b"\r\n3,c\r4,d';
    expect(rowsOf(text)).toEqual([
      ['id', 'en'],
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'c'],
      ['4', 'd'],
    ]);
    expect(linesOf(text)).toEqual([1, 2, 3, 4, 5]);
  });

  it('counts the lines inside quoted fields', () => {
    expect(linesOf('id,en\n1,"a\nb\r\nc"\n2,"d"\n\n3,e\n').slice(0, 5)).toEqual([1, 2, 5, 6, 7]);
  });

  it('reads a text of stray quotes without quoting', () => {
    const text =
      'id\ten\tde\n1\t"Hello" she said\t"Hallo"\n2\tan inch (1")\t"zwei ""Zoll"""\n3\t"open\toffen\n';
    expect(rowsOf(text).slice(1)).toEqual([
      ['1', '"Hello" she said', 'Hallo'],
      ['2', 'an inch (1")', 'zwei "Zoll"'],
      ['3', '"open', 'offen'],
    ]);
  });

  it('keeps the texts of a table of one column whole', () => {
    expect(rowsOf('text\nYes, well; no\n\nA | B\n')).toEqual([
      ['text'],
      ['Yes, well; no'],
      [''],
      ['A | B'],
    ]);
  });
});

describe('fromCsv', () => {
  it('keeps the place of a row with another number of fields, and reports its line', () => {
    const { sheet, issues } = read('en,de\na b,c d\n"x\ny",z,too many\ne f,g h\n');
    expect(sheet?.rows).toEqual([
      ['a b', 'c d'],
      ['', ''],
      ['e f', 'g h'],
    ]);
    expect(issues).toMatchObject([{ code: 'bad-row', line: 3, severity: 'warning' }]);
    expect(issues[0].message).toBe(
      'The row has 3 fields but the table has 2 columns; it is left out.',
    );
  });

  it('reports the row of a quote that never closes, and reads the rows before it', () => {
    const { sheet, issues } = read('id,en\n1,"a\nb"\n2,"c\nd"\n3,"e\n4,f\n');
    expect(sheet?.rows.slice(0, 2)).toEqual([
      ['1', 'a\nb'],
      ['2', 'c\nd'],
    ]);
    expect(issues).toMatchObject([{ code: 'bad-row', line: 6 }]);
  });

  it('takes no offence at empty fields behind the last column', () => {
    const { sheet, issues } = read('id,en,de,,\n1,a,b,,\n2,c,d,,\n3,e,f\n');
    expect(sheet?.rows.map((row) => row.slice(0, 3))).toEqual([
      ['1', 'a', 'b'],
      ['2', 'c', 'd'],
      ['', '', ''],
    ]);
    expect(issues).toMatchObject([{ line: 4 }]);
    expect(read('id,en,de,,\n1,a,b\n2,c,d\n').issues).toEqual([]);
  });

  it('gives a nameless column to row names that R writes without a header', () => {
    const { sheet } = read('en,de\nr1,a b,c d\nr2,e f,g h\n');
    expect(sheet?.columns).toEqual(['', 'en', 'de']);
    expect(sheet?.roles.map(({ kind }) => kind)).toEqual(['id', 'text', 'text']);
  });

  it('lists 20 bad rows of a file and counts the others', () => {
    const { issues } = read(`id,en,de\n${'1,a,b\n2,c\n'.repeat(50)}`);
    expect(issues).toHaveLength(21);
    expect(issues[20]).toMatchObject({ code: 'bad-row', line: 43 });
    expect(issues[20].message).toContain('30 more of this kind');
  });

  it('is the inverse of toCsv, but for the apostrophe before formulas', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...'ab",;\t|\r\n =+-@\'0'), maxLength: 12 }),
    );
    const table = fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(table, (texts) => {
        const rows = texts.map(([en, de], i) => [`f${i}`, en, de]);
        const { sheet, issues } = read(toCsv([['id', 'en', 'de'], ...rows]));
        expect(issues).toEqual([]);
        expect(sheet?.rows).toEqual(rows.map((row) => row.map(guarded)));
      }),
      { numRuns: 500 },
    );
  });
});
