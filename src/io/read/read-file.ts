import { answersFormat } from '../answers/detect-answers.ts';
import { decodeText } from './decode-text.ts';
import { ACCEPTED, binaryKind, markupKind, textFormat } from './detect.ts';
import { fromBmlama, isBmlama } from './from-bmlama.ts';
import { fromFacts, isFacts } from './from-facts.ts';
import { fromCsv, isTable, parseDelimited } from './from-csv.ts';
import { fromJson, fromJsonl } from './from-json.ts';
import { fromLines } from './from-lines.ts';
import {
  counted,
  issue,
  refused,
  splitPath,
  type FileResult,
  type Limits,
  type NamedBytes,
} from './sheet.ts';

const DOCUMENTATION = /^(readme|licen[cs]e|copying|changelog)\b|\.(md|rst|bib)$/i;

/**
 * Reads one file that is no archive, by its content. Whatever is wrong with it becomes an issue; a defect of ours
 * while reading it does too, so that one file never takes the others with it.
 */
export function readFile(file: NamedBytes, limits: Limits): FileResult {
  try {
    return readBytes(file, limits);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return refused(
      'damaged-file',
      file.name,
      `${file.name} could not be read (${reason}); it is left out.`,
    );
  }
}

function readBytes({ name, bytes }: NamedBytes, limits: Limits): FileResult {
  if (splitPath(name).base.startsWith('.')) return ignored(name, 'is a hidden file');
  if (bytes.length === 0)
    return refused('damaged-file', name, `${name} is empty (0 bytes); it is left out.`);
  const kind = binaryKind(bytes);
  if (kind !== null) return unknown(name, kind);
  const decoded = decodeText(bytes);
  if (decoded.text !== null) return readText(name, decoded.text, limits);
  const where = decoded.line === 0 ? '' : ` in line ${decoded.line.toLocaleString('en')}`;
  const message = `${name} holds bytes${where} that are not valid ${decoded.encoding.toUpperCase()}; save it as UTF-8. It is left out.`;
  return refused('bad-encoding', name, message, decoded.line);
}

function readText(name: string, text: string, limits: Limits): FileResult {
  if (text.trim() === '')
    return refused('damaged-file', name, `${name} holds nothing but blank space; it is left out.`);
  if (text.slice(0, 8192).includes('\0')) return unknown(name, 'binary data');
  const markup = markupKind(text);
  if (markup !== null) return unknown(name, markup);
  const answers = answersFormat(name, text);
  if (answers !== null && answers !== 'bmlama')
    return ignored(
      name,
      'holds answers of models, or what models are trained on, and no facts: it is read on the side of the answers, not here',
    );
  const format = textFormat(name, text, isTable);
  if (format === 'json') return fromJson(name, text, limits);
  const lines = lineCount(text);
  if (lines > limits.rows) return tooManyRows(name, lines, limits.rows);
  if (format === 'jsonl') return fromJsonl(name, text, limits);
  if (format === 'lines') {
    if (isDocumentation(name)) return ignored(name, 'documents other files');
    return { sheet: fromLines(name, text), issues: [] };
  }
  const delimited = parseDelimited(text);
  if (isFacts(delimited)) return fromFacts(name, delimited);
  return isBmlama(delimited) ? fromBmlama(name, delimited) : fromCsv(name, delimited);
}

function isDocumentation(name: string): boolean {
  return DOCUMENTATION.test(splitPath(name).base);
}

function lineCount(text: string): number {
  let count = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
}

function unknown(name: string, kind: string): FileResult {
  return refused('unknown-format', name, `${name} is ${kind}. ${ACCEPTED}`);
}

function ignored(name: string, reason: string): FileResult {
  return {
    sheet: null,
    issues: [issue(name, ['note', 'ignored'], `${name} ${reason}; it is left out.`)],
  };
}

function tooManyRows(name: string, lines: number, limit: number): FileResult {
  const message = `${name} has ${counted(lines, 'line')}; at most ${limit.toLocaleString('en')} are read. Split the file.`;
  return refused('too-large', name, message);
}
