import type { ColumnRole } from '../../core/corpus.ts';
import { labelOfFile } from './file-label.ts';
import type { Sheet } from './sheet.ts';

/** Reads a plain text file: one rendering on each line, all in the language that the file's name gives. */
export function fromLines(file: string, text: string): Sheet {
  const rows = splitLines(text).map((line) => [line]);
  const { label, scope } = labelOfFile(file);
  const roles: ColumnRole[] = [label === '' ? { kind: 'ignore' } : { kind: 'text', label }];
  const lines = rows.map((_, i) => i + 1);
  return { key: file, file, format: 'lines', columns: ['text'], rows, lines, roles, scope };
}

/** Lines end with LF, CRLF or CR; the end of the last line adds no line. No other character ends a line. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}
