import { describe, expect, it } from 'vitest';
import { outputFor, pool } from '../../src/encoder/pool.ts';
import type { Pooling } from '../../src/core/models.ts';
import { matrixOf } from '../helpers/corpora.ts';

/** Two texts of up to three tokens with two numbers each; the last token of the first text is padding. */
const hidden = { data: Float32Array.of(1, 2, 3, 6, 99, 99, 4, 0, 2, 3, 0, 3), dims: [2, 3, 2] };

describe('pool', () => {
  it('mean: the mean of the real tokens, padding left out', () => {
    expect(pool(hidden, 'mean', [2, 3])).toEqual(
      matrixOf([
        [2, 4],
        [2, 2],
      ]),
    );
  });

  it('cls: the first token', () => {
    expect(pool(hidden, 'cls', [2, 3])).toEqual(
      matrixOf([
        [1, 2],
        [4, 0],
      ]),
    );
  });

  it.each<Pooling>(['graph', 'pooler', 'mean', 'cls'])(
    '%s: takes an answer of one vector per text as it is, copied',
    (pooling) => {
      const answer = { data: Float32Array.of(1, 2, 3, 4), dims: [2, 2] };
      const pooled = pool(answer, pooling, [1, 1]);
      expect(pooled).toEqual(
        matrixOf([
          [1, 2],
          [3, 4],
        ]),
      );
      expect(pooled.data.buffer).not.toBe(answer.data.buffer);
    },
  );

  it('refuses an answer of another shape', () => {
    const answer = { data: new Float32Array(8), dims: [2, 2, 2, 1] };
    expect(() => pool(answer, 'mean', [1, 1])).toThrow(
      expect.objectContaining({
        code: 'model/unusable',
        message: 'The model answers with shape [2, 2, 2, 1], not [texts, tokens, d].',
      }),
    );
  });
});

describe('outputFor', () => {
  it.each<[Pooling, string[], string]>([
    ['graph', ['last_hidden_state', 'sentence_embedding'], 'sentence_embedding'],
    ['pooler', ['last_hidden_state', 'pooler_output'], 'pooler_output'],
    ['pooler', ['last_hidden_state', 'sentence_embedding'], 'sentence_embedding'],
    ['pooler', ['last_hidden_state'], 'last_hidden_state'],
    ['mean', ['sentence_embedding', 'last_hidden_state'], 'last_hidden_state'],
    ['mean', ['token_embeddings', 'sentence_embedding'], 'token_embeddings'],
    ['mean', ['sentence_embedding'], 'sentence_embedding'],
    ['cls', ['pooler_output', 'last_hidden_state'], 'last_hidden_state'],
    ['cls', ['token_embeddings'], 'token_embeddings'],
  ])('%s pooling reads, of %j, %s', (pooling, names, output) => {
    expect(outputFor(pooling, names)).toBe(output);
  });

  it.each<[Pooling, string[]]>([
    ['mean', ['logits']],
    ['graph', ['last_hidden_state']],
  ])('refuses %s pooling of a graph that answers %j', (pooling, names) => {
    expect(() => outputFor(pooling, names)).toThrow(
      expect.objectContaining({
        code: 'model/unusable',
        message: `The model has the outputs ${names.join(', ')}, none of which holds text vectors.`,
      }),
    );
  });
});
