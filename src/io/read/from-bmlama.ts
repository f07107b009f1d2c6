import type { ColumnRole } from '../../core/corpus.ts';
import { labelOfFile } from './file-label.ts';
import { fitRows, type DelimitedRows } from './fit-rows.ts';
import type { FileResult } from './sheet.ts';

export const HEADER = ['Prompt', 'Ans', 'Candidate Ans', 'Subject'];
const MASK = '<mask>';

/** Whether rows are BMLAMA's, by their header; one released file (zh) writes `Candidate Ans` as two columns. */
export function isBmlama({ rows }: DelimitedRows): boolean {
  return (
    rows.length > 0 && rows[0].join(' ').trim().toLowerCase() === HEADER.join(' ').toLowerCase()
  );
}

/**
 * Reads BMLAMA: rows are parallel over files. A first column `Statement` is the prompt with its mask filled by the
 * answer, and the text of the row.
 */
export function fromBmlama(file: string, delimited: DelimitedRows): FileResult {
  const { table, issues } = fitRows(file, {
    ...delimited,
    rows: [HEADER, ...delimited.rows.slice(1)],
  });
  const rows = table.rows.map(([prompt, answer, ...rest]) => [
    filled(prompt, answer),
    prompt,
    answer,
    ...rest,
  ]);
  const { label, scope } = labelOfFile(file);
  const statement: ColumnRole = label === '' ? { kind: 'ignore' } : { kind: 'text', label };
  const roles = [statement, ...HEADER.map((): ColumnRole => ({ kind: 'ignore' }))];
  const sheet = {
    key: file,
    file,
    format: 'bmlama' as const,
    columns: ['Statement', ...HEADER],
    rows,
    lines: table.lines,
    roles,
    scope,
  };
  return { sheet, issues };
}

function filled(prompt: string, answer: string): string {
  return prompt.replaceAll(MASK, () => answer);
}
