import type { ColumnRole } from '../../core/corpus.ts';
import { unguarded } from '../write/to-csv.ts';
import { fitRows, type DelimitedRows } from './fit-rows.ts';
import type { FileResult } from './sheet.ts';

const HEADER = ['fact', 'topic', 'drift_mean', 'drift_max_language', 'renderings'];
const TEXT = 'text:';

/** Whether rows are the facts.csv of an Isogloss export, by their header. */
export function isFacts({ rows }: DelimitedRows): boolean {
  return rows.length > 0 && HEADER.every((name, c) => rows[0][c] === name);
}

/** Reads the facts of an Isogloss export back: ids, topics and texts as they were before they were written. */
export function fromFacts(file: string, delimited: DelimitedRows): FileResult {
  const { table, issues } = fitRows(file, delimited);
  const roles = table.columns.map(roleOf);
  const rows = table.rows.map((row) => row.map(unguarded));
  const sheet = {
    ...table,
    rows,
    key: file,
    file,
    format: 'wide-table' as const,
    roles,
    scope: file,
  };
  return { sheet, issues };
}

function roleOf(column: string): ColumnRole {
  if (column === 'fact') return { kind: 'id' };
  if (column === 'topic') return { kind: 'topic' };
  const isText = column.startsWith(TEXT);
  return isText ? { kind: 'text', label: column.slice(TEXT.length) } : { kind: 'ignore' };
}
