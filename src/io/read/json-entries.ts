/** One member of an object or list of a JSON text, where it stands in the text. */
export interface JsonEntry extends JsonRange {
  /** '' for the elements of a list. */
  key: string;
  value: unknown;
}

/** A part of a text: [start, end), beginning in the given 1-based line. */
export interface JsonRange {
  start: number;
  end: number;
  line: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const NEWLINE = 10;

/**
 * The members of the outermost object or list of a valid JSON text, in the order of the text: `JSON.parse` alone would
 * sort keys that look like numbers, keep only the last of equal keys, and lose the lines. Given an entry of such a
 * result as the range, the members of its value. Of the first `most` members only, nothing behind them is looked at.
 */
export function jsonEntries(
  text: string,
  range: JsonRange = { start: 0, end: text.length, line: 1 },
  most = Infinity,
): JsonEntry[] {
  const { keyed, spans } = memberSpans(text, range, most);
  let { start: counted, line } = range;
  return spans.map(([start, end]) => {
    line += newlines(text, counted, start);
    counted = start;
    const member = text.slice(start, end);
    if (!keyed) return { key: '', value: JSON.parse(member) as unknown, start, end, line };
    const [[key, value]] = Object.entries(JSON.parse(`{${member}}`) as Record<string, unknown>);
    return { key, value, start, end, line };
  });
}

/** Half-open spans of the members at depth 1, without the space around them; `keyed` for an object. */
function memberSpans(
  text: string,
  { start, end }: JsonRange,
  most: number,
): { keyed: boolean; spans: [number, number][] } {
  const spans: [number, number][] = [];
  let keyed = false;
  let depth = 0;
  let from = start;
  const close = (to: number): void => {
    const span = trimmed(text, from, to);
    if (span[0] < span[1]) spans.push(span);
    from = to + 1;
  };
  for (let i = start; i < end && spans.length < most; i++) {
    const character = text[i];
    if (character === '"') i = endOfString(text, i);
    else if (character === '{' || character === '[') {
      if (++depth === 1) [keyed, from] = [character === '{', i + 1];
    } else if (character === '}' || character === ']') {
      if (--depth === 0) close(i);
    } else if (character === ',' && depth === 1) close(i);
  }
  return { keyed, spans };
}

/** Index of the quote that closes the string opened at `open`. */
function endOfString(text: string, open: number): number {
  let i = open + 1;
  while (i < text.length && text.charCodeAt(i) !== QUOTE)
    i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
  return i;
}

function trimmed(text: string, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && text.charCodeAt(start) <= 32) start++;
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  return [start, end];
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (text.charCodeAt(i) === NEWLINE) count++;
  return count;
}

export type ParsedJson = { ok: true; value: unknown } | { ok: false; line: number; reason: string };

/** The value of a JSON text, or where it stops being JSON (line 0 where the engine does not say). */
export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { ok: false, line: lineOf(text, reason), reason };
  }
}

function lineOf(text: string, reason: string): number {
  const line = /\bline (\d+)/.exec(reason);
  if (line !== null) return Number(line[1]);
  const position = /\bposition (\d+)/.exec(reason);
  if (position !== null) return newlines(text, 0, Number(position[1])) + 1;
  return /unexpected end/i.test(reason) ? newlines(text, 0, text.trimEnd().length) + 1 : 0;
}
