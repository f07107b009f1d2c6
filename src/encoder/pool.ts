import { AnalyzerError } from '../core/errors.ts';
import { matrix, type Matrix } from '../core/matrix.ts';
import type { Pooling } from '../core/models.ts';
import type { ModelOutput } from './transformers.ts';

/**
 * One vector per text. For `mean` and `cls`, `data` is [rows, length, d]; else it is [rows, d] already.
 *
 * @param counts real tokens of each row; the tokens behind them are padding
 */
export function pool(output: ModelOutput, pooling: Pooling, counts: ArrayLike<number>): Matrix {
  const { data, dims } = output;
  const rows = dims[0];
  if (dims.length === 2) return matrix(rows, dims[1], new Float32Array(data));
  if (dims.length !== 3) {
    throw new AnalyzerError(
      'model/unusable',
      `The model answers with shape [${dims.join(', ')}], not [texts, tokens, d].`,
      {
        hint: 'Choose a sentence encoder.',
      },
    );
  }
  const [, length, d] = dims;
  const result = matrix(rows, d);
  for (let r = 0; r < rows; r++) {
    const tokens = pooling === 'cls' ? 1 : counts[r];
    const sum = new Float64Array(d);
    for (let t = 0; t < tokens; t++) {
      const start = (r * length + t) * d;
      for (let k = 0; k < d; k++) sum[k] += data[start + k];
    }
    for (let k = 0; k < d; k++) result.data[r * d + k] = sum[k] / tokens;
  }
  return result;
}

/** One matrix for each layer, [rows, d], from [rows, layers, d]. */
export function layersOf({ data, dims }: ModelOutput, d: number): Matrix[] {
  if (dims.length !== 3 || dims[2] !== d) {
    throw new AnalyzerError(
      'model/unusable',
      `The model answers layer_embeddings with shape [${dims.join(', ')}], not [texts, layers, ${d}].`,
      { hint: 'Choose another model, or export this one without that output.' },
    );
  }
  const [rows, count] = dims;
  return Array.from({ length: count }, (_, k) => {
    const layer = matrix(rows, d);
    for (let r = 0; r < rows; r++) {
      const start = (r * count + k) * d;
      layer.data.set(data.subarray(start, start + d), r * d);
    }
    return layer;
  });
}

/** The graph output a pooling reads; falls back where the graph lacks it, which the caller reports. */
export function outputFor(pooling: Pooling, names: string[]): string {
  const wanted: Record<Pooling, string[]> = {
    graph: ['sentence_embedding'],
    pooler: ['pooler_output', 'sentence_embedding', 'last_hidden_state', 'token_embeddings'],
    mean: ['last_hidden_state', 'token_embeddings', 'sentence_embedding'],
    cls: ['last_hidden_state', 'token_embeddings', 'sentence_embedding'],
  };
  const name = wanted[pooling].find((candidate) => names.includes(candidate));
  if (name !== undefined) return name;
  throw new AnalyzerError(
    'model/unusable',
    `The model has the outputs ${names.join(', ')}, none of which holds text vectors.`,
    {
      hint: 'Choose a sentence encoder with last_hidden_state or sentence_embedding.',
    },
  );
}
