import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answersFormat } from '../../../src/io/answers/detect-answers.ts';
import { createReader } from '../../../src/io/read/read-corpus.ts';
import { jsonl, readDrop } from './reading-answers.ts';

const REAL = join(import.meta.dirname, '../../../../shared/eval');
const CORPORA = join(import.meta.dirname, '../../fixtures/corpora');
if (!existsSync(REAL))
  console.warn(`SKIPPED: the tests on real files, since ${REAL} does not exist.`);

/** Files of a folder that are taken for answers, by format. */
function answersIn(folder: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const format = answersFormat(
      entry.name,
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    );
    if (format !== null) counts[format] = (counts[format] ?? 0) + 1;
  }
  return counts;
}

describe('facts stay facts', () => {
  it('of the fixtures, only BMLAMA is read as questions too', () => {
    expect(answersIn(CORPORA)).toEqual({ bmlama: 1 });
  });

  it.skipIf(!existsSync(REAL))('of FaMSS, XQuAD, MKQA, Tatoeba and BMLAMA, only BMLAMA is', () => {
    expect(answersIn(REAL)).toEqual({ bmlama: 17 });
  });

  it('a drop of both leaves the facts and BMLAMA for their side', async () => {
    const { left, summary, said } = await readDrop({
      'facts.csv': 'id,en,de\n1,one,eins\n2,two,zwei\n',
      'en.tsv': 'Prompt\tAns\tCandidate Ans\tSubject\n<mask> lies\ta\ta, b\ts\n',
      'x/de/m_res.jsonl': [
        { id: 1, input: 'q', res: 'A', label: 'A' },
        { id: 2, input: 'q', res: 'A', label: 'A' },
      ],
      'notes.md': '# Notes',
      'run.py': 'print(1)\n',
    });
    expect(left).toEqual(['facts.csv', 'en.tsv']);
    expect(said.join()).toMatch(/notes.md .*run.py holds neither/s);
    expect(summary.files.map(({ format }) => format)).toEqual(['bmlama', 'clika-answers']);
  });

  it('the facts side says of a file of answers where it is read', async () => {
    const rows = jsonl([
      { id: 1, input: 'q', res: 'A', label: 'A' },
      { id: 2, input: 'q', res: 'A', label: 'A' },
    ]);
    const result = await createReader().add([
      { name: 'm_res.jsonl', bytes: new TextEncoder().encode(rows) },
    ]);
    expect(result.sheets).toEqual([]);
    expect(result.issues[0].message).toContain('holds answers of models');
  });
});
