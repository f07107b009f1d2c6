import type { ColumnRole, FormatId } from '../../core/corpus.ts';
import type { Issue } from '../../core/errors.ts';

export interface NamedBytes {
  /** File name, with folders where they are known; members of an archive carry its name: `pack.zip/flore/en.txt`. */
  name: string;
  bytes: Uint8Array;
}

/** A table before anything is known about its columns. Every row has as many cells as there are columns. */
export interface Table {
  columns: string[];
  rows: string[][];
  /** 1-based line of the file at which each row begins. */
  lines: number[];
}

/** One table inside a file, and what its columns seem to hold. All formats pass through this shape. */
export interface Sheet extends Table {
  /** Unique; names the sheet in corrections. */
  key: string;
  file: string;
  format: FormatId;
  roles: ColumnRole[];
  /** Where rows without an id are numbered together: a folder, a pair such as `deu-eng`, or the file itself. */
  scope: string;
}

/** What one file was found to hold. */
export interface FileResult {
  sheet: Sheet | null;
  issues: Issue[];
}

export interface Limits {
  /** Bytes of one file, and of all files together, after decompression. */
  fileBytes: number;
  totalBytes: number;
  facts: number;
  languages: number;
  /** Rows, and rows x columns, of one table. */
  rows: number;
  cells: number;
}

export const LIMITS: Limits = {
  fileBytes: 100_000_000,
  totalBytes: 300_000_000,
  facts: 200_000,
  languages: 300,
  rows: 2_000_000,
  cells: 60_000_000,
};

/** A finding about a file; line 0 and no language unless given. */
export function issue(
  file: string,
  [severity, code]: [Issue['severity'], Issue['code']],
  message: string,
  { line = 0, language = '' }: { line?: number; language?: string } = {},
): Issue {
  return { severity, code, file, line, count: 1, language, message };
}

/** A file that cannot be used, for one reason. */
export function refused(code: Issue['code'], file: string, message: string, line = 0): FileResult {
  return { sheet: null, issues: [issue(file, ['error', code], message, { line })] };
}

/** A count with its noun: `1 row`, `1,200 rows`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** The last part of a path, and the folder before it ('' for none). */
export function splitPath(name: string): { folder: string; base: string } {
  const cut = name.lastIndexOf('/');
  return { folder: name.slice(0, Math.max(0, cut)), base: name.slice(cut + 1) };
}

/** A value for a sentence: quoted, and cut at 60 characters. */
export function quoted(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return `"${flat.length > 60 ? `${flat.slice(0, 59)}…` : flat}"`;
}

/** Index of the first column with a role of this kind, or -1. */
export function columnOf(roles: ColumnRole[], kind: ColumnRole['kind']): number {
  return roles.findIndex((role) => role.kind === kind);
}
