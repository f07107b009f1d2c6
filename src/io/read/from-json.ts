import { labelOfColumn, labelOfFile } from './file-label.ts';
import { fromMkqa, isMkqa } from './from-mkqa.ts';
import { fromXquad, isXquad } from './from-xquad.ts';
import { byFile, issueLog } from './issue-log.ts';
import { jsonEntries, parseJson, type JsonEntry } from './json-entries.ts';
import { isObject, tableOfRecords, type JsonRecord } from './records.ts';
import { ACCEPTED } from './detect.ts';
import { sheetOfTable } from './sheet-of-table.ts';
import { issue, quoted, refused, type FileResult, type Limits } from './sheet.ts';

const SHAPES =
  'It is neither a list of rows nor an object of facts keyed by id or of texts keyed by language. ' +
  ACCEPTED;

/** Reads a JSON text: facts by id, texts by language, a list of wide or long rows, or SQuAD's layout. */
export function fromJson(file: string, text: string, limits: Limits): FileResult {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    return refused(
      'damaged-file',
      file,
      `${file} is not valid JSON: ${quoted(parsed.reason)}.`,
      parsed.line,
    );
  }
  if (isXquad(parsed.value)) return { sheet: fromXquad(file, text, parsed.value), issues: [] };
  const shape = shapeOf(text, parsed.value);
  if (shape === null)
    return refused('unknown-format', file, `${file} holds JSON of an unknown shape. ${SHAPES}`);
  return fromRecords(file, shape, limits);
}

/** Reads JSON Lines: an object on each line. A line that is none is reported, and keeps its place. */
export function fromJsonl(file: string, text: string, limits: Limits): FileResult {
  const log = issueLog(byFile);
  const records = text.split(/\r\n|\n|\r/).flatMap((source, i): JsonRecord[] => {
    if (source.trim() === '') return [];
    const parsed = parseJson(source);
    if (parsed.ok && isObject(parsed.value)) return [{ value: parsed.value, line: i + 1 }];
    const reason = parsed.ok ? 'it holds no object' : parsed.reason;
    log.add(
      issue(file, ['warning', 'bad-row'], `The row is not a JSON object: ${quoted(reason)}.`, {
        line: i + 1,
      }),
    );
    return [{ value: {}, line: i + 1 }];
  });
  const read = isMkqa(records)
    ? { sheet: fromMkqa(file, records), issues: [] }
    : fromRecords(file, { records, keyed: false }, limits);
  return { sheet: read.sheet, issues: [...log.all(), ...read.issues] };
}

interface Shape {
  records: JsonRecord[];
  /** The records have a key, which is the id of their fact. */
  keyed: boolean;
}

function fromRecords(file: string, { records, keyed }: Shape, limits: Limits): FileResult {
  const table = tableOfRecords(records, keyed, limits);
  if (table === null) {
    return refused(
      'too-large',
      file,
      `${file} has more columns and rows than fit into memory; split the file.`,
    );
  }
  const sheet = sheetOfTable(file, table, { headed: true, fileLabel: labelOfFile(file) });
  return { sheet: keyed ? { ...sheet, format: 'json-by-language' } : sheet, issues: [] };
}

function shapeOf(text: string, root: unknown): Shape | null {
  if (!isObject(root) && !Array.isArray(root)) return null;
  const entries = jsonEntries(text);
  if (Array.isArray(root)) return shapeOfList(entries);
  const wrapped = entries.find(({ value }) => Array.isArray(value) && value.some(isObject));
  if (wrapped !== undefined) return shapeOfList(jsonEntries(text, wrapped));
  const objects = entries.filter(({ value }) => isObject(value));
  const lists = entries.filter(({ value }) => Array.isArray(value));
  const byLanguage = entries.length > 0 && entries.every(({ key }) => namesLanguage(key));
  if (lists.length === entries.length && byLanguage) return transposed(text, lists);
  if (objects.length * 2 > entries.length) {
    const facts =
      byLanguage &&
      !objects.some(({ value }) => isObject(value) && Object.keys(value).every(namesLanguage));
    return facts ? transposed(text, objects) : { records: objects.map(recordOf), keyed: true };
  }
  const single = entries.some(({ value }) => typeof value === 'string');
  return single && lists.length === 0
    ? { records: [{ value: root, line: 1 }], keyed: false }
    : null;
}

function namesLanguage(key: string): boolean {
  return labelOfColumn(key) !== null;
}

function shapeOfList(entries: JsonEntry[]): Shape | null {
  if (entries.every(({ value }) => typeof value === 'string')) {
    const records = entries.map(({ value, line }) => ({ value: { text: value }, line }));
    return records.length === 0 ? null : { records, keyed: false };
  }
  const records = entries.map(recordOf);
  return entries.some(({ value }) => isObject(value)) ? { records, keyed: false } : null;
}

function recordOf({ key, value, line }: JsonEntry): JsonRecord {
  return { key, value: isObject(value) ? value : {}, line };
}

/** From texts by language and then by id (or by place in a list) to records by id. */
function transposed(text: string, languages: JsonEntry[]): Shape {
  const records = new Map<string, JsonRecord & { key: string }>();
  for (const language of languages) {
    jsonEntries(text, language).forEach(({ key: id, value, line }, place) => {
      const key = id === '' ? String(place + 1) : id;
      const record = records.get(key) ?? {
        key,
        value: Object.create(null) as Record<string, unknown>,
        line,
      };
      records.set(key, record);
      record.value[language.key] = value;
    });
  }
  return { records: [...records.values()], keyed: true };
}
