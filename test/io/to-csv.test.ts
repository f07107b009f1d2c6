import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRowIndex } from '../../src/io/read/from-rows.ts';
import { guarded, toCsv, unguarded } from '../../src/io/write/to-csv.ts';

describe('toCsv', () => {
  it('quotes what would break a row, and nothing else', () => {
    const row = ['plain', 'a,b', 'say "no"', 'two\nlines', ' space', 'ünï'];
    expect(toCsv([row])).toBe('plain,"a,b","say ""no""","two\nlines"," space",ünï\n');
  });

  it('puts an apostrophe before what a spreadsheet would run, in any column', () => {
    const row = ['=1+1', '+cmd', '-x', '@SUM(A1)', '\tx', '\rx', "'=y"];
    expect(toCsv([row])).toBe("'=1+1,'+cmd,'-x,'@SUM(A1),\"'\tx\",\"'\rx\",''=y\n");
    expect(toCsv([['\0x', '＝1', '＋1', '－1', '＠A1']])).toBe("'\0x,'＝1,'＋1,'－1,'＠A1\n");
  });

  it('quotes a text with a semicolon, where some spreadsheets would begin a new cell', () => {
    expect(toCsv([['x;=1+1']])).toBe('"x;=1+1"\n');
  });

  it.each(['-1', '+3.5', '-2e-7', '-.5', "it's", "'quoted'", 'a=b', '', '1-2'])(
    'leaves %j as it is',
    (text) => {
      expect(guarded(text)).toBe(text);
    },
  );

  it.each(['-1-1', '+', '-', '=', '--1', '+1x', '-1;2', '-e5'])(
    'guards %j, which is no plain number',
    (text) => {
      expect(guarded(text)).toBe(`'${text}`);
    },
  );

  it('writes numbers that read back to the same value, and NaN as an empty cell', () => {
    const [a, b, c] = [0.1 + 0.2, Math.fround(0.3), -5e-324];
    const cells = toCsv([[a, b, c, NaN, 0]])
      .trimEnd()
      .split(',');
    expect(cells.map(Number).slice(0, 3)).toEqual([a, b, c]);
    expect(cells.slice(3)).toEqual(['', '0']);
  });

  it('is empty for no rows', () => {
    expect(toCsv([])).toBe('');
  });

  it('guards so that no cell begins like a formula, and the guard comes off again', () => {
    const text = fc.string({ unit: fc.constantFrom(...'=+-@\t\r\'a1"') });
    fc.assert(
      fc.property(text, (original) => {
        expect(unguarded(guarded(original))).toBe(original);
        expect(guarded(original)).toMatch(/^(?![=+\-@\t\r])|^[+-]?[\d.]+(e[+-]?\d+)?$/);
      }),
    );
  });
});

describe('readRowIndex', () => {
  it('reads what the export writes, ids that look like formulas too', () => {
    const ids = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(ids, (facts) => {
        const text = toCsv([['fact', 'language'], ...facts.map((fact) => [fact, 'de'])]);
        expect(readRowIndex(text, 'rows.csv')).toEqual(
          facts.map((fact) => ({ fact, language: 'de' })),
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['', 'rows.csv has the header ""'],
    ['id,lang\n1,en\n', 'rows.csv has the header "id,lang"'],
    ['fact,language\nq1,en\nq2\n', 'rows.csv:3 has 1 fields'],
  ])('refuses %j', (text, sentence) => {
    expect(() => readRowIndex(text, 'rows.csv')).toThrow(sentence);
  });
});
