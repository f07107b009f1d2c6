export type CsvCell = string | number;

/** What a spreadsheet would run as a formula, and what would be mistaken for such a text once it is guarded. */
const FORMULA = /^'*[=+\-@\t\r\0\uff1d\uff0b\uff0d\uff20]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A table as CSV after RFC 4180, lines ended by LF. Numbers are written so that they read back to the same value, NaN
 * as an empty cell. A text that begins with = + - @ (of any width), tab, CR or NUL and is no plain number gets an apostrophe
 * before it, so that no spreadsheet runs it; `unguarded` takes it off again. A semicolon or tab inside is quoted too: some
 * spreadsheets split there, and what stands behind it could be run.
 */
export function toCsv(rows: Iterable<readonly CsvCell[]>): string {
  const lines: string[] = [];
  for (const row of rows) lines.push(row.map(cellOf).join(','));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function cellOf(cell: CsvCell): string {
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : String(cell);
  const text = guarded(cell);
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text as it is written into a cell: with an apostrophe before what a spreadsheet could run. */
export function guarded(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** The text that `guarded` was given. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
