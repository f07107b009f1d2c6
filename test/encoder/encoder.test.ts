import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EncodedTexts, ModelFolder, ReadingWish } from '../../src/core/encoder.ts';
import { dot, row } from '../../src/core/matrix.ts';
import { BUNDLED_MODEL } from '../../src/core/models.ts';
import { loadEncoder, type Encoder } from '../../src/encoder/encoder.ts';
import { REFERENCE_TEXTS } from '../../src/core/reference-texts.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { startHub } from '../helpers/hub.ts';
import { bundledFiles, CPU, memorySource } from '../helpers/models.ts';

let files: ModelFolder;
beforeAll(async () => {
  files = await bundledFiles();
});

function load(
  choice: { model: string; folder?: ModelFolder } & ReadingWish,
  hub?: string,
): Promise<Encoder> {
  const source = memorySource({ bundled: files, ...(hub === undefined ? {} : { hub }) });
  return loadEncoder(
    {
      choice: { device: 'native', dtype: 'fp32', ...choice },
      device: CPU,
      source,
      runtime: undefined,
    },
    unwatched,
  );
}

/** Rows in the order of the texts. */
function inOrder({ index, vectors }: EncodedTexts): Float32Array[] {
  const rows: Float32Array[] = [];
  index.forEach((place, r) => (rows[place] = row(vectors, r)));
  return rows;
}

/** Smallest cosine between the rows of two encodings of the same texts. */
function leastCosine(a: Float32Array[], b: Float32Array[]): number {
  expect(a.length).toBe(b.length);
  return Math.min(...a.map((values, i) => dot(values, b[i])));
}

const TEXTS = [
  ...REFERENCE_TEXTS,
  'Hi.',
  'A much longer sentence about boats '.repeat(6),
  'x',
  REFERENCE_TEXTS[3],
];

describe('the bundled encoder', () => {
  let encoder: Encoder;
  let together: EncodedTexts;
  beforeAll(async () => {
    encoder = await load({ model: BUNDLED_MODEL });
    together = await encoder.embed(TEXTS, unwatched);
  });
  afterAll(() => encoder.dispose());

  it('gives the vectors that PyTorch gives', () => {
    const { parity, parityAgainst } = encoder.info.provenance;
    expect(parity).toBeLessThan(1e-4);
    expect(parityAgainst).toContain('PyTorch');
  });

  it('gives every text its place once, and a unit vector', () => {
    expect([...together.index].sort((a, b) => a - b)).toEqual(TEXTS.map((_, i) => i));
    for (const vector of inOrder(together)) expect(dot(vector, vector)).toBeCloseTo(1, 6);
  });

  it('gives unit vectors of the piece table and each layer, the last of them its own vectors', () => {
    expect(encoder.info.layers).toEqual(['table', 'layer 1', 'layer 2', 'layer 3']);
    expect(together.layers.map(({ rows, columns }) => [rows, columns])).toEqual(
      Array(4).fill([TEXTS.length, 256]),
    );
    for (let i = 0; i < TEXTS.length; i++) {
      const rows = together.layers.map((layer) => row(layer, i));
      for (const vector of rows) expect(dot(vector, vector)).toBeCloseTo(1, 6);
      expect(dot(rows[3], row(together.vectors, i))).toBeCloseTo(1, 6);
      expect(dot(rows[0], rows[3])).toBeLessThan(0.999);
    }
  });

  it('gives a text the same vector whatever it is batched with', async () => {
    const alone: Float32Array[] = [];
    for (const text of TEXTS) alone.push(inOrder(await encoder.embed([text], unwatched))[0]);
    expect(leastCosine(alone, inOrder(together))).toBeGreaterThanOrEqual(1 - 1e-6);
  });

  it('gives the same vectors whatever the order of the texts', async () => {
    const reversed = inOrder(await encoder.embed([...TEXTS].reverse(), unwatched)).reverse();
    expect(leastCosine(reversed, inOrder(together))).toBeGreaterThanOrEqual(1 - 1e-6);
  });

  it('repeats exactly', async () => {
    expect(await encoder.embed(TEXTS, unwatched)).toEqual(together);
  });

  it('encodes equal texts once and gives both the vector', async () => {
    const { context, reports } = watched();
    const { index } = await encoder.embed(['same', 'other', 'same'], context);
    expect(reports[0]).toMatchObject({ stage: 'Cutting texts into tokens', total: 2 });
    expect([...index].sort()).toEqual([0, 1, 2]);
    const rows = inOrder(together);
    expect(rows[3]).toEqual(rows[TEXTS.length - 1]);
  });

  it('tells different texts apart', () => {
    const rows = inOrder(together);
    expect(dot(rows[0], rows[1])).toBeLessThan(0.99);
  });

  it('counts and cuts texts that are longer than it reads', async () => {
    const { tokens, truncated } = await encoder.embed(['word '.repeat(200)], unwatched);
    expect([tokens[0], truncated[0]]).toEqual([128, 1]);
  });

  it('gives a text without a single token a vector too', async () => {
    const { vectors } = await encoder.embed([''], unwatched);
    expect(dot(row(vectors, 0), row(vectors, 0))).toBeCloseTo(1, 6);
  });

  it('has nothing to say about no texts', async () => {
    expect(await encoder.embed([], unwatched)).toMatchObject({
      index: new Int32Array(0),
      vectors: { rows: 0 },
    });
  });

  it('shows finished texts as they come; all parts make up the result', async () => {
    const { context, reports } = watched();
    const result = await encoder.embed(TEXTS, context);
    const parts = reports
      .filter(({ stage }) => stage === 'Encoding')
      .map(({ partial }) => partial as EncodedTexts);
    expect(parts.flatMap(({ index }) => [...index])).toEqual([...result.index]);
    expect(parts.flatMap(({ tokens }) => [...tokens])).toEqual([...result.tokens]);
    expect(reports.at(-1)).toMatchObject({ done: TEXTS.length, total: TEXTS.length });
  });

  it('stops before the next batch', async () => {
    const many = Array.from({ length: 600 }, (_, i) => `Fact number ${i} about the harbour`);
    const { context, reports } = watched(({ stage }) => stage === 'Encoding');
    await expect(encoder.embed(many, context)).rejects.toMatchObject({
      code: 'call/cancelled',
      message: 'Encoding was stopped.',
    });
    expect(reports.filter(({ stage }) => stage === 'Encoding')).toHaveLength(1);
  });
});

describe('the bundled encoder as a dropped folder', () => {
  it('gives the same vectors, its pooling found in the graph', async () => {
    const [bundled, dropped] = [
      await load({ model: BUNDLED_MODEL }),
      await load({ model: 'mine', folder: files }),
    ];
    const [a, b] = [await bundled.embed(TEXTS, unwatched), await dropped.embed(TEXTS, unwatched)];
    expect(b).toEqual(a);
    const { provenance, notices } = dropped.info;
    expect(provenance).toMatchObject({
      id: 'mine',
      revision: 'folder',
      pooling: 'graph',
      maxTokens: 128,
    });
    expect(provenance.parity).toBeLessThan(1e-4);
    expect(notices).toEqual([
      'mine is not in the list of known encoders: graph pooling and no prefix are assumed.',
    ]);
    await bundled.dispose();
    await dropped.dispose();
  });

  it('tells how well it reads each language where its folder says so', async () => {
    const { 'trust.json': _, ...bare } = files;
    const trust = {
      measure: 'share found',
      candidates: 1000,
      reference: 'en',
      languages: { th: { sentences: 100, found: 34 } },
    };
    const stored = new TextEncoder().encode(JSON.stringify(trust));
    for (const [folder, expected] of [
      [{ ...bare, 'trust.json': stored }, trust],
      [bare, null],
    ] as const) {
      const encoder = await load({ model: 'mine', folder });
      await encoder.dispose();
      expect(encoder.info.trust).toEqual(expected);
    }
  });

  it('is refused, with the number, when its reference vectors are not its own', async () => {
    const reference = JSON.parse(new TextDecoder().decode(files['reference.json'])) as {
      vectors: number[][];
    };
    // Two texts exchanged: as far off as those texts are from each other.
    const [first, second] = reference.vectors;
    const difference = 1 - dot(first, second);
    reference.vectors.splice(0, 2, second, first);
    const folder = {
      ...files,
      'reference.json': new TextEncoder().encode(JSON.stringify(reference)),
    };
    await expect(load({ model: 'mine', folder })).rejects.toMatchObject({
      code: 'model/disagrees',
      message: `On CPU the encoder differs from its reference vectors by ${difference.toPrecision(2)} (1 - cosine, allowed 0.0001).`,
    });
  });

  it('is refused with a sentence when its graph is none', async () => {
    const folder = { ...files, 'onnx/model.onnx': new TextEncoder().encode('no graph') };
    const error: unknown = await load({ model: 'mine', folder }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'model/unusable' });
    expect(String(error)).toContain('The model mine could not be started on native: ');
  });
});

describe('a known encoder of the hub whose graph is another', () => {
  it.each([
    ['Xenova/LaBSE', 'pooler', '', 0],
    ['Xenova/multilingual-e5-small', 'mean', 'query: ', 2],
  ])(
    '%s: says that its own sentence_embedding takes the place of %s pooling, and puts "%s" before texts',
    async (model, pooling, prefix, least) => {
      const hub = await startHub(model, files, 'a'.repeat(40));
      const encoder = await load({ model }, hub.url);
      await hub.close();
      const plain = await load({ model: BUNDLED_MODEL });
      const [own, bare] = [
        await encoder.embed(['water'], unwatched),
        await plain.embed(['water'], unwatched),
      ];
      const prefixed = await plain.embed([`${prefix}water`], unwatched);
      await encoder.dispose();
      await plain.dispose();
      expect(encoder.info.provenance).toMatchObject({ pooling: 'graph', prefix });
      expect(encoder.info.notices).toContain(
        `The graph has no output for ${pooling} pooling; its own sentence_embedding is used.`,
      );
      expect(own.vectors).toEqual(prefixed.vectors);
      expect(own.tokens[0] - bare.tokens[0]).toBeGreaterThanOrEqual(least);
    },
  );
});

describe('a reading that is not the card’s', () => {
  it('puts another prefix before every text, says so, and checks the model by its own reading', async () => {
    const [own, prefixed] = [
      await load({ model: BUNDLED_MODEL }),
      await load({ model: BUNDLED_MODEL, prefix: 'query: ' }),
    ];
    const wanted = await own.embed(['query: a boat'], unwatched);
    const got = await prefixed.embed(['a boat'], unwatched);
    expect(leastCosine(inOrder(got), inOrder(wanted))).toBeGreaterThan(0.99999);
    const { provenance, notices } = prefixed.info;
    expect(provenance.prefix).toBe('query: ');
    expect(provenance.parity).toBe(own.info.provenance.parity);
    expect(notices.at(-1)).toMatch(/^Texts are read with graph pooling and the prefix "query: "/);
    expect(own.info.notices).toEqual([]);
    await Promise.all([own.dispose(), prefixed.dispose()]);
  });

  it('says where the graph does not allow the pooling', async () => {
    const encoder = await load({ model: BUNDLED_MODEL, pooling: 'mean' });
    expect(encoder.info.provenance.pooling).toBe('graph');
    expect(encoder.info.notices).toEqual([
      'The graph has no output for mean pooling; its own sentence_embedding is used.',
    ]);
    await encoder.dispose();
  });
});
