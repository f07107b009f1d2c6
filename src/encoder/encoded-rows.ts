import type { EncodedTexts } from '../core/encoder.ts';
import { matrix, takeRows, type Matrix } from '../core/matrix.ts';

/** The chosen rows, in that order, with a new index. */
export function pickRows(source: EncodedTexts, rows: number[], index: number[]): EncodedTexts {
  const numbers = (from: Int32Array): Int32Array => Int32Array.from(rows, (r) => from[r]);
  return {
    index: Int32Array.from(index),
    vectors: takeRows(source.vectors, rows),
    layers: source.layers.map((layer) => takeRows(layer, rows)),
    tokens: numbers(source.tokens),
    unknown: numbers(source.unknown),
    truncated: Uint8Array.from(rows, (r) => source.truncated[r]),
    kept: Uint8Array.from(rows, (r) => source.kept[r]),
  };
}

/** The rows of all, one below the other; those of one are not copied. */
export function concatenate(parts: EncodedTexts[]): EncodedTexts {
  if (parts.length === 1) return parts[0];
  const count = parts.reduce((sum, { index }) => sum + index.length, 0);
  const result: EncodedTexts = {
    index: new Int32Array(count),
    vectors: stacked(parts.map(({ vectors }) => vectors)),
    layers: (parts[0]?.layers ?? []).map((_, k) => stacked(parts.map(({ layers }) => layers[k]))),
    tokens: new Int32Array(count),
    unknown: new Int32Array(count),
    truncated: new Uint8Array(count),
    kept: new Uint8Array(count),
  };
  let offset = 0;
  for (const part of parts) {
    for (const name of ['index', 'tokens', 'unknown', 'truncated', 'kept'] as const)
      result[name].set(part[name], offset);
    offset += part.index.length;
  }
  return result;
}

function stacked(parts: Matrix[]): Matrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const result = matrix(rows, parts[0]?.columns ?? 0);
  let offset = 0;
  for (const { data } of parts) {
    result.data.set(data, offset);
    offset += data.length;
  }
  return result;
}
