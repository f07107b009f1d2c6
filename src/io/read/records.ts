import type { Limits, Table } from './sheet.ts';

/** An object of a JSON list or line. */
export interface JsonRecord {
  /** The key under which the object stands, where it has one. */
  key?: string;
  value: Record<string, unknown>;
  /** 1-based. */
  line: number;
}

const DEEPEST = 3;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A table of records: one column for each name in the order of first appearance, nested names joined by a dot; keyed
 * records begin with their key as `id`. Null when the table would have too many cells.
 */
export function tableOfRecords(
  records: JsonRecord[],
  keyed: boolean,
  limits: Limits,
): Table | null {
  if (records.length > limits.rows) return null;
  const places = new Map<string, number>();
  const flat = records.map(({ value }) => flattened(value));
  for (const cells of flat) {
    for (const [name] of cells) if (!places.has(name)) places.set(name, places.size);
    if (places.size * records.length > limits.cells) return null;
  }
  const rows = flat.map((cells) => {
    const row = Array<string>(places.size).fill('');
    for (const [name, text] of cells) row[places.get(name) ?? 0] = text;
    return row;
  });
  const lines = records.map(({ line }) => line);
  if (!keyed) return { columns: [...places.keys()], rows, lines };
  return {
    columns: ['id', ...places.keys()],
    rows: rows.map((row, r) => [records[r].key ?? '', ...row]),
    lines,
  };
}

/** The texts of a record by name. Lists of texts are joined by ` | `; lists of anything else hold no text. */
function flattened(value: Record<string, unknown>): [name: string, text: string][] {
  const cells: [string, string][] = [];
  const visit = (part: Record<string, unknown>, prefix: string, depth: number): void => {
    for (const [key, inner] of Object.entries(part)) {
      const name = prefix + key;
      if (!isObject(inner)) cells.push([name, textOf(inner)]);
      else if (depth < DEEPEST) visit(inner, `${name}.`, depth + 1);
    }
  };
  visit(value, '', 1);
  return cells;
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string').join(' | ') : '';
}
