import type { Issue } from '../../core/errors.ts';
import { hasHeader } from './guess-roles.ts';
import { byFile, issueLog } from './issue-log.ts';
import { counted, issue, type Table } from './sheet.ts';

/** Rows of fields as they stand in the file, header included. */
export interface DelimitedRows {
  rows: string[][];
  /** 1-based line at which each row begins; a quoted field may span several. */
  lines: number[];
  /** Indices of rows whose quotes do not close as they should. */
  broken: Set<number>;
}

/**
 * Takes the header off and gives every row its width. A row that has another one keeps its place, without texts, and
 * is reported: the rows after it must not move.
 */
export function fitRows(
  file: string,
  { rows, lines, broken }: DelimitedRows,
): { table: Table; headed: boolean; issues: Issue[] } {
  const { columns, headed } = headerOf(rows);
  const skipped = headed ? 1 : 0;
  const width = columns.length;
  const log = issueLog(byFile);
  const fitted = rows.slice(skipped).map((row, i) => {
    const fields = withoutEmptyTail(row, width);
    const open = broken.has(i + skipped);
    if (fields.length === width && !open) return fields;
    if (!isBlank(fields))
      log.add(badRow(file, fields.length, { width, line: lines[i + skipped], open }));
    return Array<string>(width).fill('');
  });
  const table = { columns, rows: fitted, lines: lines.slice(skipped, rows.length) };
  return { table, headed, issues: log.all() };
}

export function isBlank(row: string[]): boolean {
  return row.every((cell) => cell === '');
}

/** The most frequent width of rows, and how many rows have it. Needs at least one row. */
export function usualWidth(rows: string[][]): { width: number; count: number } {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
  return { width, count };
}

/** Names of the columns. A header one name short of its rows has nameless row numbers before it, as R writes them. */
function headerOf(rows: string[][]): { columns: string[]; headed: boolean } {
  if (rows.length === 0) return { columns: [], headed: false };
  const body = rows.slice(1).filter((row) => !isBlank(row));
  const { width } = usualWidth(body.length > 0 ? body : rows);
  if (!hasHeader(rows)) {
    return { columns: Array.from({ length: width }, (_, c) => `column ${c + 1}`), headed: false };
  }
  const header = withoutEmptyTail(rows[0], width);
  const nameless = header.length > 1 && header.length === width - 1;
  return { columns: nameless ? ['', ...header] : header, headed: true };
}

function withoutEmptyTail(row: string[], width: number): string[] {
  let end = row.length;
  while (end > width && row[end - 1] === '') end--;
  return end === row.length ? row : row.slice(0, end);
}

function badRow(
  file: string,
  found: number,
  { width, line, open }: { width: number; line: number; open: boolean },
): Issue {
  const finding = open
    ? 'opens a quote that does not close where the field ends'
    : `has ${counted(found, 'field')} but the table has ${counted(width, 'column')}`;
  return issue(file, ['warning', 'bad-row'], `The row ${finding}; it is left out.`, { line });
}
