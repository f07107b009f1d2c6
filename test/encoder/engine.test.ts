import { describe, expect, it } from 'vitest';
import { runBatch, tokenizeAll } from '../../src/encoder/engine.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { paperEngine } from '../helpers/models.ts';

describe('tokenizeAll', () => {
  it('puts the model’s prefix before every text', () => {
    expect(tokenizeAll(paperEngine({ prefix: 'q: ' }), ['A', 'B']).ids).toEqual([
      [113, 58, 65],
      [113, 58, 66],
    ]);
  });

  it('cuts texts to what the model reads, marks them, and counts unknown tokens among what is left', () => {
    const { ids, truncated, unknown } = tokenizeAll(paperEngine({ maxTokens: 3 }), [
      'AAA',
      'A~A~~',
      '~',
    ]);
    expect(ids).toEqual([[65, 65, 65], [65, 1, 65], [1]]);
    expect([...truncated]).toEqual([0, 1, 0]);
    expect([...unknown]).toEqual([0, 1, 1]);
  });

  it('gives a text without tokens the unknown token, so that it has a vector', () => {
    expect(tokenizeAll(paperEngine(), ['', '  ']).ids).toEqual([[1], [1]]);
  });
});

describe('runBatch', () => {
  it('pads with the pad token behind the text, and masks it', async () => {
    const engine = paperEngine();
    await runBatch(engine, [[65, 66, 67], [68]], { texts: [1, 0], length: 4 });
    expect(engine.batches).toEqual([
      {
        ids: BigInt64Array.of(68n, 0n, 0n, 0n, 65n, 66n, 67n, 0n),
        mask: BigInt64Array.of(1n, 0n, 0n, 0n, 1n, 1n, 1n, 0n),
        rows: 2,
        length: 4,
      },
    ]);
  });

  it('gives unit vectors: the mean of the real tokens, scaled', async () => {
    const engine = paperEngine({ tokenVector: (token) => (token === 0 ? [1e6, 1e6] : [token, 3]) });
    const { vectors } = await runBatch(engine, [[2, 6], [4]], { texts: [0, 1], length: 2 });
    expectClose(vectors.data, [0.8, 0.6, 0.8, 0.6], 1e-7);
  });

  it.each([
    [NaN, 'Row 1 of the model’s output contains NaN.'],
    [-Infinity, 'Row 1 of the model’s output contains -Infinity.'],
  ])('refuses %d and names the row', async (bad, sentence) => {
    const engine = paperEngine({ tokenVector: (token) => [token === 66 ? bad : token, 1] });
    await expect(
      runBatch(engine, [[65], [66], [67]], { texts: [0, 1, 2], length: 1 }),
    ).rejects.toMatchObject({
      code: 'numeric/not-finite',
      message: sentence,
      detail: { row: 1 },
    });
  });

  it('gives unit vectors of every layer, and zeros where a layer gives zeros', async () => {
    const rows = [
      [3, 4, 0],
      [0, 2, 0],
      [0, 0, 0],
      [-5, 0, 0],
    ];
    const engine = paperEngine({ layers: rows });
    const { layers } = await runBatch(engine, [[65], [66]], { texts: [0, 1], length: 1 });
    expect(layers.map(({ data }) => [...data])).toEqual([
      [Math.fround(0.6), Math.fround(0.8), 0, 0, 0, 0],
      [0, 1, 0, -1, 0, 0],
    ]);
    const broken = paperEngine({
      layers: [
        [1, 0, 0],
        [NaN, 0, 0],
      ],
    });
    await expect(runBatch(broken, [[65]], { texts: [0], length: 1 })).rejects.toThrow(
      'Row 0 of the model’s layer 1 contains NaN.',
    );
  });

  it('gives no layers where the graph has none', async () => {
    const { layers } = await runBatch(paperEngine(), [[65]], { texts: [0], length: 1 });
    expect(layers).toEqual([]);
  });

  it('refuses a vector of length 0', async () => {
    const engine = paperEngine({ tokenVector: () => [0, 0] });
    await expect(runBatch(engine, [[65]], { texts: [0], length: 1 })).rejects.toThrow(
      'Row 0 of the model’s output has length 0.',
    );
  });
});
