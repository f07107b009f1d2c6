import { AnalyzerError } from '../../core/errors.ts';
import { isObject } from './records.ts';
import { quoted } from './sheet.ts';

/**
 * What a value of a JSON file has to be: a word for a plain value, a list of one entry for lists of such, an object for
 * its fields. Numbers that JSON has no word for are the texts NaN, Infinity and -Infinity.
 */
export type Shape =
  | 'text'
  | 'flag'
  | 'number'
  | 'number or null'
  | 'texts by name'
  | readonly [Shape]
  | { readonly [field: string]: Shape };

const SPELLED = ['NaN', 'Infinity', '-Infinity'];

/**
 * The value, with nothing but the fields of the shape.
 *
 * @param where names the value in a refusal: `settings.seed of FILE`
 * @throws AnalyzerError `format/damaged` where it has another shape
 */
export function readShape(value: unknown, shape: Shape, where: Where): unknown {
  if (shape === 'number or null' && value === null) return null;
  if (typeof shape === 'string') return plainValue(value, shape, where);
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) throw misshapen(value, 'a list', where);
    return value.map((entry, i) =>
      readShape(entry, (shape as readonly [Shape])[0], within(where, i)),
    );
  }
  if (!isObject(value)) throw misshapen(value, 'an object', where);
  const fields = Object.entries(shape as Record<string, Shape>);
  return Object.fromEntries(
    fields.map(([name, inner]) => [name, readShape(value[name], inner, within(where, name))]),
  );
}

/** A place in a file. */
export interface Where {
  file: string;
  path: string;
}

export function within({ file, path }: Where, part: string | number): Where {
  if (typeof part === 'number') return { file, path: `${path}[${part}]` };
  return { file, path: path === '' ? part : `${path}.${part}` };
}

function plainValue(value: unknown, word: string, where: Where): unknown {
  if (word === 'text' && typeof value === 'string') return value;
  if (word === 'flag' && typeof value === 'boolean') return value;
  if (word.startsWith('number')) {
    if (typeof value === 'number') return value;
    if (typeof value === 'string' && SPELLED.includes(value)) return Number(value);
  }
  const isTexts = isObject(value) && Object.values(value).every((text) => typeof text === 'string');
  if (word === 'texts by name' && isTexts) return value;
  throw misshapen(value, word === 'texts by name' ? word : `a ${word}`, where);
}

/** @throws AnalyzerError `format/damaged` for another word */
export function oneOf<T extends string>(value: unknown, words: readonly T[], where: Where): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw misshapen(value, `one of ${words.join(', ')}`, where);
  return found;
}

/** `FILE is damaged: PATH is VALUE, not WANTED.` */
export function misshapen(value: unknown, wanted: string, where: Where): AnalyzerError {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const shown = value === undefined ? 'missing' : quoted(text);
  return damaged(`${where.path} is ${shown}, not ${wanted}`, where);
}

export function damaged(why: string, { file }: Where): AnalyzerError {
  return new AnalyzerError('format/damaged', `${file} is damaged: ${why}.`, {
    hint: 'Write it anew, or take a copy that is whole.',
  });
}
