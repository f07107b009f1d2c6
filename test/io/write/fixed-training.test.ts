import { describe, expect, it } from 'vitest';
import type { TrainingRow } from '../../../src/core/answers.ts';
import { fixedTraining } from '../../../src/io/write/fixed-training.ts';

function row(line: number, chosen: string, rejected: string | null): TrainingRow {
  return {
    file: 'f',
    line,
    language: -1,
    split: '',
    instruction: 'i',
    input: '',
    chosen,
    rejected,
  };
}

const changed = { before: row(1, 'a Answer:', 'b'), after: row(1, 'a', 'b') };
const removed = { before: row(2, 'c', 'c'), after: null };
const kept = { before: row(3, 'd', 'e'), after: row(3, 'd', 'e') };

describe('fixedTraining', () => {
  it('keeps fields, their names and order, and rows that were not understood', () => {
    const content = JSON.stringify([
      { id: 7, prefered_output: 'a Answer:', rejected_output: 'b', instruction: 'i' },
      { note: 'no row' },
      { id: 8, prefered_output: 'c', rejected_output: 'c' },
      { id: 9, prefered_output: 'd', rejected_output: 'e', extra: [1] },
    ]);
    const fixed = fixedTraining('f.json', `\ufeff${content}`, [changed, removed, kept]);
    expect(JSON.parse(fixed)).toEqual([
      { id: 7, prefered_output: 'a', rejected_output: 'b', instruction: 'i' },
      { note: 'no row' },
      { id: 9, prefered_output: 'd', rejected_output: 'e', extra: [1] },
    ]);
    expect(Object.keys((JSON.parse(fixed) as object[])[0])[1]).toBe('prefered_output');
  });

  it('writes JSONL as JSONL, with lines that are none, and messages as messages', () => {
    const say = (content: string) => [
      { role: 'user', content: 'q' },
      { role: 'assistant', content },
    ];
    const lines = [
      JSON.stringify({ chosen: say('a Answer:'), rejected: say('b') }),
      '{"cut',
      JSON.stringify({ chosen: 'd', rejected: 'e' }),
    ];
    const fixed = fixedTraining('f.jsonl', lines.join('\r\n'), [changed, kept]);
    expect(fixed).toBe(
      `${[JSON.stringify({ chosen: say('a'), rejected: say('b') }), lines[1], lines[2]].join('\n')}\n`,
    );
  });

  it('mends outputs without a rejected side', () => {
    const mended = { before: row(1, 'x Answer:', null), after: row(1, 'x', null) };
    const content = JSON.stringify([{ instruction: 'i', input: '', output: 'x Answer:' }]);
    expect(JSON.parse(fixedTraining('f.json', content, [mended]))).toEqual([
      { instruction: 'i', input: '', output: 'x' },
    ]);
  });

  it('refuses a file that does not hold the rows', () => {
    const content = JSON.stringify([{ chosen: 'other', rejected: 'b' }]);
    expect(() => fixedTraining('f.json', content, [changed])).toThrow(
      'The row in line 1 of f.json was not found again in the file',
    );
  });
});
