import type { Issue } from '../../core/errors.ts';
import { extensionOf, textFormat } from '../read/detect.ts';
import { isTable, parseDelimited } from '../read/from-csv.ts';
import { fitRows } from '../read/fit-rows.ts';
import { byFile, issueLog } from '../read/issue-log.ts';
import { jsonEntries, parseJson, type JsonEntry, type JsonRange } from '../read/json-entries.ts';
import { isObject, type JsonRecord } from '../read/records.ts';
import { issue, quoted } from '../read/sheet.ts';
import type { AnswerText } from './question-list.ts';

/** Rows that are looked at to tell a format. */
const LOOKED_AT = 8;
const HEAD_CHARACTERS = 100_000;

export type TextHead = Omit<AnswerText, 'name'>;

/** The first records of a text; null for a text that holds none. Nothing behind them is read. */
export function headOf(name: string, text: string): TextHead | null {
  const kind = kindOf(name, text);
  if (kind === 'lines') return null;
  if (kind === 'table') {
    const cut = text.length > HEAD_CHARACTERS ? text.lastIndexOf('\n', HEAD_CHARACTERS) : -1;
    const { records } = tableRecords(name, cut === -1 ? text : text.slice(0, cut));
    return { kind, records: records.slice(0, LOOKED_AT), keyed: false };
  }
  if (kind === 'jsonl') {
    const lines = text.split('\n', LOOKED_AT * 4).filter((line) => line.trim() !== '');
    const records = lines.slice(0, LOOKED_AT).map((line, i) => recordOfLine(line, i + 1));
    return { kind, records, keyed: false };
  }
  return jsonHead(text);
}

/** One object alone in a file that is named JSONL is its only line. */
function kindOf(name: string, text: string): ReturnType<typeof textFormat> {
  const kind = textFormat(name, text, isTable);
  const single = kind === 'json' && /^\s*\{.*\}\s*$/.test(text);
  return single && /^(jsonl|ndjson)$/.test(extensionOf(name)) ? 'jsonl' : kind;
}

function jsonHead(text: string): TextHead | null {
  try {
    return { kind: 'json', ...jsonRecords(text, LOOKED_AT) };
  } catch {
    return null;
  }
}

/** All records of a text. What is wrong with single rows is an issue; a text that cannot be read at all gives none. */
export function recordsOf(name: string, text: string): { file: AnswerText; issues: Issue[] } {
  const kind = kindOf(name, text);
  if (kind === 'jsonl') return lineRecords(name, text);
  if (kind !== 'json') {
    const { records, issues } = tableRecords(name, text);
    return { file: { name, records, keyed: false, kind: 'table' }, issues };
  }
  const parsed = parseJson(text);
  const empty: AnswerText = { name, records: [], keyed: false, kind };
  if (parsed.ok) return { file: { ...empty, ...jsonRecords(text) }, issues: [] };
  const message = `${name} is not valid JSON: ${quoted(parsed.reason)}. It is left out.`;
  return {
    file: empty,
    issues: [issue(name, ['error', 'damaged-file'], message, { line: parsed.line })],
  };
}

function lineRecords(name: string, text: string): { file: AnswerText; issues: Issue[] } {
  const log = issueLog(byFile);
  const records: JsonRecord[] = [];
  let line = 0;
  for (const source of text.split(text.includes('\n') ? '\n' : '\r')) {
    line++;
    if (source === '' || source.trim() === '') continue;
    const record = recordOfLine(source, line);
    if (record.reason !== undefined) log.add(badLine(name, line, record.reason));
    records.push(record);
  }
  return { file: { name, records, keyed: false, kind: 'jsonl' }, issues: log.all() };
}

function badLine(name: string, line: number, reason: string): Issue {
  const message = `The line is not a JSON object: ${quoted(reason)}; its row is left out.`;
  return issue(name, ['warning', 'bad-row'], message, { line });
}

function recordOfLine(source: string, line: number): JsonRecord & { reason?: string } {
  try {
    const value: unknown = JSON.parse(source);
    return isObject(value) ? { value, line } : { value: {}, line, reason: 'it holds no object' };
  } catch (thrown) {
    return { value: {}, line, reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/**
 * The rows of a list, or the members of an object: those of the list inside where an object wraps one (`{"data": [...]}`),
 * rows made of lists by name where it holds columns (`{"question": [...], "model_completion": [...]}`).
 */
function jsonRecords(text: string, most?: number): { records: JsonRecord[]; keyed: boolean } {
  const entries = jsonEntries(text, undefined, most);
  if (!entries.some(({ key }) => key !== ''))
    return { records: entries.map(recordOf), keyed: false };
  const wrapped = entries.find(({ value }) => Array.isArray(value) && value.some(isObject));
  if (wrapped !== undefined) {
    const inner = jsonEntries(text, wrapped as JsonRange, most);
    return { records: inner.map(recordOf), keyed: false };
  }
  const columns = entries.filter(({ value }) => Array.isArray(value));
  if (columns.length > 1) return { records: rowsOfColumns(columns), keyed: false };
  if (!entries.some(({ value }) => isObject(value)))
    return {
      records: [
        { value: Object.fromEntries(entries.map(({ key, value }) => [key, value])), line: 1 },
      ],
      keyed: false,
    };
  return { records: entries.map(recordOf), keyed: true };
}

function recordOf({ key, value, line }: JsonEntry): JsonRecord {
  return { key, value: isObject(value) ? value : {}, line };
}

function rowsOfColumns(columns: JsonEntry[]): JsonRecord[] {
  const lists = columns.map(({ key, value }): [string, unknown[]] => [key, value as unknown[]]);
  const count = Math.max(...lists.map(([, values]) => values.length));
  return Array.from({ length: count }, (_, row) => ({
    value: Object.fromEntries(lists.map(([key, values]) => [key, values[row]])),
    line: columns[0].line,
  }));
}

function tableRecords(name: string, text: string): { records: JsonRecord[]; issues: Issue[] } {
  const { table, headed, issues } = fitRows(name, parseDelimited(text));
  if (!headed) return { records: [], issues: [] };
  const records = table.rows.map((row, r): JsonRecord => {
    const hole = row.every((cell) => cell === '');
    const cells = hole
      ? []
      : table.columns.map((column, c): [string, string] => [column.trim(), row[c]]);
    return { value: Object.fromEntries(cells), line: table.lines[r] };
  });
  return { records, issues };
}
