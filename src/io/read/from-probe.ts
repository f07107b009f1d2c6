import { AnalyzerError } from '../../core/errors.ts';
import type { BiasByLayer } from '../../core/layers.ts';
import { isObject } from './records.ts';
import { quoted } from './sheet.ts';

/** Whether a file begins as a probe does: a layer that holds a number, or none, for a pair of languages. */
export function isProbe(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 500));
  return /^\uFEFF?\s*\{\s*"layer[^"]*"\s*:\s*\{\s*"[^"]+_[^"]+"\s*:\s*(-?\d|null)/i.test(start);
}

/**
 * Reads the probe of FaMSS: `{ "layer_0": { "en_fr": 0.53, ... }, ... }`, language bias B of language pairs by layer.
 * Layers stand in the natural order of their names.
 *
 * @throws AnalyzerError `format/damaged`, `format/unknown` when it is no such file
 */
export function fromProbe(text: string, file: string): BiasByLayer {
  const probe = parsed(text, file);
  if (!isObject(probe) || Object.keys(probe).length === 0 || !Object.values(probe).every(isObject))
    throw unknown(`${file} is no object of layers that hold language pairs.`);
  const { compare } = new Intl.Collator('en', { numeric: true });
  const layers = Object.keys(probe).sort(compare);
  const scores = layers.map((layer) => probe[layer] as Record<string, unknown>);
  const keys = [...new Set(scores.flatMap((pairs) => Object.keys(pairs)))];
  const known = new Set(keys);
  return {
    layers,
    pairs: keys.map((key) => ({
      ...languagesOf(key, known, file),
      bias: scores.map((pairs, k) => biasOf(pairs[key], `${layers[k]} ${key}`, file)),
    })),
  };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${file} is not valid JSON.`;
    throw new AnalyzerError('format/damaged', message, { hint: 'Write the probe anew.', cause });
  }
}

/** Names may hold underscores (`eng_Latn_deu_Latn`): the cut whose reverse is a pair too, else the one in the middle. */
function languagesOf(key: string, known: Set<string>, file: string): { a: string; b: string } {
  const parts = key.split('_');
  const cuts = parts.slice(1).map((_, i) => ({
    a: parts.slice(0, i + 1).join('_'),
    b: parts.slice(i + 1).join('_'),
  }));
  const mirrored = cuts.filter(({ a, b }) => known.has(`${b}_${a}`));
  const middle = parts.length % 2 === 0 ? cuts[parts.length / 2 - 1] : undefined;
  const found = mirrored.length === 1 ? mirrored[0] : middle;
  if (found !== undefined) return found;
  throw unknown(`${file} has the key ${quoted(key)}, which names no two languages.`);
}

function biasOf(value: unknown, where: string, file: string): number {
  if (value === null || value === undefined) return NaN;
  if (typeof value === 'number') return value;
  throw unknown(`${file} holds ${quoted(JSON.stringify(value))} for ${where}, not a number.`);
}

function unknown(sentence: string): AnalyzerError {
  return new AnalyzerError('format/unknown', sentence, {
    hint: 'A probe reads { "layer_0": { "en_fr": 0.53 } }.',
  });
}
