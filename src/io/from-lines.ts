import type { ColumnRole } from '../core/corpus.ts';
import { isLanguageLabel } from '../core/language.ts';
import { labelOfFile } from './file-label.ts';
import { issue, type FileResult } from './sheet.ts';

/** Reads a plain text file: one rendering on each line, all in the language that the file's name gives. */
export function fromLines(file: string, text: string): FileResult {
  const rows = splitLines(text).map((line) => [line]);
  const { label, scope } = labelOfFile(file);
  const roles: ColumnRole[] = [label === '' ? { kind: 'ignore' } : { kind: 'text', label }];
  const lines = rows.map((_, i) => i + 1);
  const sheet = { key: file, file, format: 'lines' as const, columns: ['text'], rows, lines, roles, scope };
  return { sheet, issues: labelIssues(file, label) };
}

/** Lines end with LF, CRLF or CR; the end of the last line adds no line. No other character ends a line. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** A word about the name of a file that should give the language of its texts, where there is one to say. */
export function labelIssues(file: string, label: string): FileResult['issues'] {
  if (label === '') {
    const message = `The name of ${file} gives no language; choose one for its texts, until then the file is left out.`;
    return [issue('warning', 'unknown-language', file, message)];
  }
  if (isLanguageLabel(label)) return [];
  const message = `"${label}", from the name of ${file}, is no language that is known by name; it is kept as it stands.`;
  return [issue('warning', 'unknown-language', file, message, { language: label })];
}
