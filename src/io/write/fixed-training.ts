import type { TrainingRow } from '../../core/answers.ts';
import { AnalyzerError } from '../../core/errors.ts';
import { isObject } from '../read/records.ts';

/** Names that files of training rows give their parts, the first that a row has. */
const NAMES = {
  instruction: ['instruction', 'prompt'],
  input: ['input', 'prompt'],
  chosen: [
    'chosen',
    'prefered_output',
    'preferred_output',
    'output',
    'completion',
    'answer',
    'response',
  ],
  rejected: ['rejected', 'rejected_output'],
} as const;
type Part = keyof typeof NAMES;

/** A row as it was read, and mended; null where it is removed. */
export interface MendedRow {
  before: TrainingRow;
  after: TrainingRow | null;
}

/**
 * A JSON list or JSONL of training rows with the mended ones in place, in the file's own shape: other fields, rows that
 * were not understood, and conversations stay.
 *
 * @param rows of this file, in its order
 * @throws AnalyzerError `format/damaged` where a row is not found again
 */
export function fixedTraining(name: string, content: string, rows: readonly MendedRow[]): string {
  const text = content.replace(/^\ufeff/, '');
  const isList = text.trimStart().startsWith('[');
  const entries = isList ? (JSON.parse(text) as unknown[]) : linesOf(text);
  let next = 0;
  const kept = entries.flatMap((entry) => {
    const row = rows.at(next);
    if (row === undefined || !isObject(entry) || !holds(entry, row.before)) return [entry];
    next++;
    return row.after === null ? [] : [mendedEntry(entry, row.before, row.after)];
  });
  if (next < rows.length) throw notFound(name, rows[next].before);
  if (isList) return `${JSON.stringify(kept, null, 2)}\n`;
  return kept
    .map((entry) => `${typeof entry === 'string' ? entry : JSON.stringify(entry)}\n`)
    .join('');
}

/** Lines of JSONL as objects; one that is none stays as it is. */
function linesOf(text: string): unknown[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line): unknown => {
      try {
        return JSON.parse(line);
      } catch {
        return line;
      }
    });
}

function notFound(name: string, { line }: TrainingRow): AnalyzerError {
  return new AnalyzerError(
    'format/damaged',
    `The row in line ${line} of ${name} was not found again in the file, which cannot be written mended.`,
    {
      hint: 'Give the files as JSON lists or JSONL, not in archives, and leave them as they are meanwhile.',
    },
  );
}

function holds(entry: Record<string, unknown>, row: TrainingRow): boolean {
  return (['chosen', 'rejected'] as const).every(
    (part) => row[part] === null || replaced(valueOf(entry, part), row[part], '') !== null,
  );
}

function keyOf(entry: Record<string, unknown>, part: Part): string | undefined {
  return NAMES[part].find((key) => key in entry);
}

function valueOf(entry: Record<string, unknown>, part: Part): unknown {
  return entry[keyOf(entry, part) ?? ''];
}

function mendedEntry(
  entry: Record<string, unknown>,
  before: TrainingRow,
  after: TrainingRow,
): Record<string, unknown> {
  const mended = { ...entry };
  for (const part of ['instruction', 'input', 'chosen', 'rejected'] as const) {
    const [old, now] = [before[part], after[part]];
    const key = keyOf(entry, part);
    if (old === now || old === null || now === null || key === undefined) continue;
    mended[key] = replaced(mended[key], old, now) ?? mended[key];
  }
  return mended;
}

/** A text, or the last message that says it, replaced; null where neither is there. */
function replaced(value: unknown, old: string, now: string): unknown {
  if (typeof value === 'string') return value === old ? now : null;
  if (!Array.isArray(value)) return null;
  const messages: unknown[] = value;
  const at = messages.findLastIndex((message) => isObject(message) && message.content === old);
  return at < 0
    ? null
    : messages.map((message, i) =>
        i === at && isObject(message) ? { ...message, content: now } : message,
      );
}
