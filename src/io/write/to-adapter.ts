import {
  ADAPTER_FORMAT,
  ADAPTER_VERSION,
  type AdapterRecord,
  type LanguageMap,
  type LinearMap,
} from '../../core/adapter.ts';
import type { Matrix } from '../../core/matrix.ts';
import { toJson } from './to-json.ts';

/** How a file is applied, for whoever reads it. */
const HOW = {
  'f(x)': [
    'c = x - mean of the language; mean is null: c = x',
    'y = c (identity), c - (c Vᵀ) V (remove; V: directions), c W (full; W: weights) or c + (c B) A (low-rank; B: down, A: up)',
    'f(x) = y / |y|',
  ],
  x: 'a row, of length 1, that the encoder made',
  otherLanguages:
    'what follows once a language that is not listed has lost the mean of its texts at hand; null: none may be applied',
  matrices:
    'base64 of little-endian float32, row by row; those that languages share stand once, under the name of the first',
  numbers: 'NaN, Infinity and -Infinity are texts',
};

/** The file of an adapter: JSON, as `how` in it says. `readAdapter` gives the record back, bit by bit. */
export function toAdapter(record: AdapterRecord): Uint8Array {
  const { adapter, isogloss, strength, verdict } = record;
  const { matrices, nameOf } = namedMatrices();
  const languages = adapter.languages.map((map) => languageOf(map, nameOf));
  const { otherLanguages } = adapter;
  const other = otherLanguages && linearOf(otherLanguages, 'other', nameOf);
  const file = {
    format: ADAPTER_FORMAT,
    version: ADAPTER_VERSION,
    how: HOW,
    method: adapter.method,
    dimensions: adapter.dimensions,
    strength: plain(strength),
    settings: plain(record.settings),
    verdict,
    heldOut: plain(record.heldOut),
    split: plain(record.split),
    files: plain(record.files),
    encoder: plain(record.encoder),
    isogloss,
    languages,
    otherLanguages: other,
    matrices,
  };
  return new TextEncoder().encode(toJson(file));
}

interface Stored {
  shape: number[];
  data: string;
}

/** The name of a vector or matrix, which is stored when it is first named. */
type NameOf = (numbers: Float32Array, shape: number[], name: string) => string;

function namedMatrices(): { matrices: Record<string, Stored>; nameOf: NameOf } {
  const matrices: Record<string, Stored> = {};
  const names = new Map<Float32Array, string>();
  const nameOf: NameOf = (numbers, shape, name) => {
    const known = names.get(numbers);
    if (known !== undefined) return known;
    matrices[name] = { shape, data: base64(numbers) };
    names.set(numbers, name);
    return name;
  };
  return { matrices, nameOf };
}

function languageOf({ tag, mean, linear }: LanguageMap, nameOf: NameOf): unknown {
  return {
    tag,
    mean: mean && nameOf(mean, [mean.length], `${tag} mean`),
    linear: linearOf(linear, tag, nameOf),
  };
}

function linearOf(linear: LinearMap, owner: string, nameOf: NameOf): Record<string, string> {
  const { kind, ...parts } = linear;
  const entries = Object.entries<Matrix>(parts).map(([part, { rows, columns, data }]) => [
    part,
    nameOf(data, [rows, columns], `${owner} ${part}`),
  ]);
  return { kind, ...(Object.fromEntries(entries) as Record<string, string>) };
}

/** Bytes at a time that a call takes as arguments. */
const CHUNK = 8192;

function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK)
    parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  return btoa(parts.join(''));
}

/**
 * The same with fields in the order of their names, so that equal records are equal bytes, and with numbers that JSON has
 * no word for as texts.
 */
function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, part]) => [name, plain(part)]));
}
