import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FACTS, isogloss, scratch, write } from '../helpers/shell.ts';

const out = (name: string): string => join(scratch, name);
const text = (folder: string, name: string): string =>
  readFileSync(join(out(folder), name), 'utf8');

mkdirSync(join(scratch, 'pairs'), { recursive: true });
const pairs = write(
  'pairs/DPO_de.json',
  JSON.stringify([
    { instruction: 'i', input: 'Frage eins?', chosen: 'Rot.\nAntwort:', rejected: 'Blau.' },
    { instruction: 'i', input: 'Frage zwei?', chosen: 'gleich', rejected: 'gleich' },
    { instruction: 'i', input: 'Frage drei?', chosen: 'Ja, drei.', rejected: 'Nein.' },
  ]),
);

describe('isogloss lint', () => {
  it('prints a table, ends with 0, and writes findings and mended files', () => {
    const { code, out: printed } = isogloss('lint', pairs, '--fix', '--out', out('lint'));
    expect(code).toBe(0);
    expect(printed).toMatch(/^marker-at-end +1 of +3, 1 fixable$/m);
    expect(printed).toMatch(/^chosen-is-rejected +1 of +3, 1 fixable$/m);
    expect(text('lint', 'lint.csv')).toContain('marker-at-end,warning,3,1,1,');
    expect(text('lint', 'lint-examples.csv')).toContain('DPO_de.json');
    expect(JSON.parse(text('lint', 'fixed/DPO_de.json'))).toEqual([
      { instruction: 'i', input: 'Frage eins?', chosen: 'Rot.', rejected: 'Blau.' },
      { instruction: 'i', input: 'Frage drei?', chosen: 'Ja, drei.', rejected: 'Nein.' },
    ]);
    expect(text('lint', 'fixes.csv').trim().split('\n')).toHaveLength(4);
  });

  it('refuses facts where answers are due, and options that exclude each other', () => {
    const facts = write('facts.csv', FACTS);
    expect(isogloss('lint', facts, '--out', out('none')).code).toBe(1);
    expect(isogloss('lint', facts, '--hard-negatives', '--fix', '--out', out('none')).code).toBe(2);
    expect(existsSync(out('none'))).toBe(false);
  });
});

describe('isogloss coverage', () => {
  it('counts facts and training rows of the same drop', () => {
    const facts = write('facts.csv', FACTS);
    const { code, out: printed } = isogloss('coverage', facts, pairs, '--out', out('coverage'));
    expect(code).toBe(0);
    expect(printed).toMatch(/^FLORES-200 +204 +3 +0 +1 +\d+$/m);
    const rows = text('coverage', 'coverage.csv').split('\n');
    expect(rows[0]).toMatch(/^tag,flores,name,script,/);
    expect(rows.find((row) => row.startsWith('de,'))).toMatch(
      /^de,deu_Latn,German,Latn,ltr,Germanic,yes,5,0,3,strong,/,
    );
    expect(text('coverage', 'coverage.json')).toContain(
      'the list of the xLLMs-100 paper is not published',
    );
  });
});
