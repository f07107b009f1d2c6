import Papa from 'papaparse';
import { labelOfFile } from './file-label.ts';
import { fitRows, isBlank, usualWidth, type DelimitedRows } from './fit-rows.ts';
import { recognizedNames } from './guess-roles.ts';
import { sheetOfTable } from './sheet-of-table.ts';
import type { FileResult } from './sheet.ts';

const DELIMITERS = ['\t', ',', ';', '|'];
const SAMPLE_CHARACTERS = 200_000;
const SAMPLE_ROWS = 200;
const ANY_NEWLINE = /\r\n|\n|\r/g;

/** Reads a table of delimited text (CSV, TSV; RFC 4180 quoting) with or without a header. */
export function fromCsv(file: string, delimited: DelimitedRows): FileResult {
  const { table, headed, issues } = fitRows(file, delimited);
  return { sheet: sheetOfTable(file, table, { headed, fileLabel: labelOfFile(file) }), issues };
}

/** Whether a text is a table: `sure` says that its name claims so; otherwise the rows must agree. */
export function isTable(text: string, sure: boolean): boolean {
  if (sure) return true;
  const best = rankDelimiters(text)[0];
  if (best === undefined || best.share < 0.9) return false;
  return best.delimiter === '\t' || (best.count >= 3 && recognizedNames(best.header) >= 2);
}

/** Splits a text into rows of fields. The delimiter is the one under which most rows are as wide as the header. */
export function parseDelimited(text: string): DelimitedRows {
  const delimiter = rankDelimiters(text)[0]?.delimiter ?? unusedDelimiter(text);
  const parsed = parseRows(text, delimiter);
  while (parsed.rows.length > 0 && isBlank(parsed.rows[parsed.rows.length - 1])) parsed.rows.pop();
  return parsed;
}

/** A delimiter for a table of one column: none of its texts may be cut. */
function unusedDelimiter(text: string): string {
  return ['\u001f', '\u001e', '\u0001'].find((candidate) => !text.includes(candidate)) ?? '\u0002';
}

interface Ranked {
  delimiter: string;
  header: string[];
  /** Rows looked at, and the share of them that has the usual width. */
  count: number;
  share: number;
}

/** Delimiters under which the header and most rows have (almost) the same width above 1, best first. */
function rankDelimiters(text: string): Ranked[] {
  const cut = text.length > SAMPLE_CHARACTERS;
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const ranked = DELIMITERS.flatMap((delimiter) =>
    rank(parseRows(sample, delimiter), delimiter, cut),
  );
  return ranked.sort((a, b) => b.share - a.share);
}

function rank({ rows, broken }: DelimitedRows, delimiter: string, cut: boolean): Ranked[] {
  const whole = (cut ? rows.slice(0, -1) : rows).filter(
    (row, i) => !isBlank(row) && !broken.has(i),
  );
  const looked = whole.slice(0, SAMPLE_ROWS);
  if (looked.length === 0) return [];
  const { width, count } = usualWidth(looked);
  if (width < 2 || looked[0].length < 2 || Math.abs(looked[0].length - width) > 1) return [];
  return [{ delimiter, header: looked[0], count: looked.length, share: count / looked.length }];
}

/**
 * Quotes are read as RFC 4180 has them. Where that leaves quotes open (files of plain tab-separated text often hold
 * stray ones), the text is read without quoting if that loses fewer than half as many lines.
 */
function parseRows(text: string, delimiter: string): DelimitedRows {
  const newline = newlineOf(text);
  const input = newline === null ? text.replace(ANY_NEWLINE, '\n') : text;
  const plain = (): DelimitedRows => papa(input, delimiter, newline ?? '\n', true);
  if (!text.includes('"')) return plain();
  const strict = papa(input, delimiter, newline ?? '\n', false);
  if (strict.broken.size === 0) return strict;
  const loose = plain();
  loose.rows = loose.rows.map((row) => row.map(unquote));
  return lostLines(loose) * 2 < lostLines(strict) ? loose : strict;
}

function papa(
  text: string,
  delimiter: string,
  newline: '\n' | '\r\n' | '\r',
  fastMode: boolean,
): DelimitedRows {
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter,
    newline,
    fastMode,
    quoteChar: '"',
  });
  const broken = new Set(errors.map((error) => error.row ?? 0));
  return { rows: data, lines: linesOf(data, fastMode), broken };
}

function linesOf(rows: string[][], oneLineEach: boolean): number[] {
  let line = 1;
  return rows.map((row) => {
    const start = line;
    line += oneLineEach ? 1 : heightOf(row);
    return start;
  });
}

/** Lines that a row spans. */
function heightOf(row: string[]): number {
  return row.reduce((sum, field) => sum + (field.match(ANY_NEWLINE)?.length ?? 0), 1);
}

/** The line end used outside quotes; null where several are mixed. */
function newlineOf(text: string): '\n' | '\r\n' | '\r' | null {
  if (!text.includes('\r')) return '\n';
  const kinds = new Set(text.replace(/"[^"]*"/g, '').match(ANY_NEWLINE));
  if (kinds.size > 1) return null;
  const [kind] = kinds;
  return kind === '\r\n' || kind === '\r' ? kind : '\n';
}

/** Lines of rows that are broken or not as wide as most. */
function lostLines({ rows, broken }: DelimitedRows): number {
  const { width } = usualWidth(rows);
  const lost = rows.filter((row, i) => broken.has(i) || (row.length !== width && !isBlank(row)));
  return lost.reduce((sum, row) => sum + heightOf(row), 0);
}

function unquote(field: string): string {
  const quoted = field.length > 1 && field.startsWith('"') && field.endsWith('"');
  return quoted ? field.slice(1, -1).replaceAll('""', '"') : field;
}
