import {
  ADAPTER_METHODS,
  type Adapter,
  type LanguageMap,
  type LinearMap,
} from '../../core/adapter.ts';
import { matrix, type Matrix } from '../../core/matrix.ts';
import { damaged, misshapen, oneOf, readShape, within, type Where } from './read-shape.ts';
import { isObject } from './records.ts';
import { quoted } from './sheet.ts';

/**
 * The maps of an adapter's file.
 *
 * @throws AnalyzerError `format/damaged`
 */
export function adapterOf(file: Record<string, unknown>, where: Where): Adapter {
  const { method, dimensions, languages, otherLanguages } = file;
  if (!isCount(dimensions))
    throw misshapen(dimensions, 'a whole number above 0', within(where, 'dimensions'));
  if (!Array.isArray(languages) || languages.length === 0)
    throw misshapen(languages, 'a list of languages', within(where, 'languages'));
  const stored = storedNumbers(file.matrices, where);
  const linearOf = linearMaps(dimensions, stored);
  const maps = languages.map((value: unknown, l): LanguageMap => {
    const place = within(within(where, 'languages'), l);
    const { tag } = readShape(value, { tag: 'text' }, place) as { tag: string };
    const { mean, linear } = value as Record<string, unknown>;
    return {
      tag,
      mean: mean === null ? null : stored(mean, [dimensions], within(place, 'mean')),
      linear: linearOf(linear, within(place, 'linear')),
    };
  });
  refuseTwice(maps, where);
  return {
    method: oneOf(method, ADAPTER_METHODS, within(where, 'method')),
    dimensions,
    languages: maps,
    otherLanguages:
      otherLanguages === null ? null : linearOf(otherLanguages, within(where, 'otherLanguages')),
  };
}

function refuseTwice(maps: LanguageMap[], where: Where): void {
  const tags = maps.map(({ tag }) => tag);
  const twice = tags.find((tag, l) => tags.indexOf(tag) < l);
  if (twice !== undefined) throw damaged(`it has two maps for ${twice}`, where);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}

/** Maps by what the file says of them: what is written alike is one object. */
function linearMaps(d: number, stored: StoredNumbers): (value: unknown, where: Where) => LinearMap {
  const known = new Map<string, LinearMap>();
  return (value, where) => {
    if (!isObject(value)) throw misshapen(value, 'a map', where);
    const key = JSON.stringify(value);
    const found = known.get(key) ?? linearMap(value, d, { stored, where });
    known.set(key, found);
    return found;
  };
}

function linearMap(
  value: Record<string, unknown>,
  d: number,
  { stored, where }: { stored: StoredNumbers; where: Where },
): LinearMap {
  const kinds = ['identity', 'remove', 'full', 'low-rank'] as const;
  const kind = oneOf(value.kind, kinds, within(where, 'kind'));
  const part = (name: string, rows: number | null, columns: number | null): Matrix => {
    const place = within(where, name);
    const shape = stored.shapeOf(value[name], place);
    const [r, c] = [rows ?? shape[0], columns ?? shape[1]];
    return matrix(r, c, stored(value[name], [r, c], place));
  };
  if (kind === 'identity') return { kind };
  if (kind === 'remove') return { kind, directions: part('directions', null, d) };
  if (kind === 'full') return { kind, weights: part('weights', d, d) };
  const down = part('down', d, null);
  return { kind, down, up: part('up', down.columns, d) };
}

interface StoredNumbers {
  /** The numbers of a name, the same object each time, where they have this shape. */
  (name: unknown, shape: number[], where: Where): Float32Array<ArrayBuffer>;
  shapeOf(name: unknown, where: Where): number[];
}

function storedNumbers(matrices: unknown, where: Where): StoredNumbers {
  if (!isObject(matrices)) throw misshapen(matrices, 'an object', within(where, 'matrices'));
  const known = new Map<string, Float32Array<ArrayBuffer>>();
  const entryOf = (name: unknown, place: Where): { shape: number[]; data: string } => {
    if (typeof name !== 'string') throw misshapen(name, 'the name of a matrix', place);
    if (!Object.hasOwn(matrices, name))
      throw damaged(
        `${place.path} names the matrix ${quoted(name)}, which it does not hold`,
        place,
      );
    const shape = { shape: ['number'], data: 'text' } as const;
    const entry = readShape(matrices[name], shape, within(within(where, 'matrices'), name));
    return entry as { shape: number[]; data: string };
  };
  const stored = (name: unknown, shape: number[], place: Where): Float32Array<ArrayBuffer> => {
    const entry = entryOf(name, place);
    if (entry.shape.join() !== shape.join() || !shape.every(isCount))
      throw damaged(
        `the matrix ${quoted(name as string)} of ${place.path} is [${entry.shape.join(', ')}], not [${shape.join(', ')}]`,
        where,
      );
    const numbers = known.get(name as string) ?? decoded(entry, name as string, where);
    known.set(name as string, numbers);
    return numbers;
  };
  return Object.assign(stored, {
    shapeOf: (name: unknown, place: Where) => entryOf(name, place).shape,
  });
}

function decoded(
  { shape, data }: { shape: number[]; data: string },
  name: string,
  where: Where,
): Float32Array<ArrayBuffer> {
  let text: string;
  try {
    text = atob(data);
  } catch {
    throw damaged(`the matrix ${quoted(name)} is not base64`, where);
  }
  const wanted = 4 * shape.reduce((product, size) => product * size, 1);
  if (text.length !== wanted)
    throw damaged(
      `the matrix ${quoted(name)} has ${text.length} bytes, but [${shape.join(', ')}] needs ${wanted}`,
      where,
    );
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const numbers = new Float32Array(bytes.buffer);
  const wrong = numbers.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return numbers;
  throw damaged(`the matrix ${quoted(name)} contains ${wrong}`, where);
}
