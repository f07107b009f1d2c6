import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParallelCorpus } from '../../src/core/corpus.ts';
import { AnalyzerError } from '../../src/core/errors.ts';
import { toLanguage } from '../../src/core/language.ts';
import { fitVectors } from '../../src/io/read/fit-vectors.ts';
import { readVectors, type GivenVectors } from '../../src/io/read/given-vectors.ts';
import { toNpy } from '../../src/io/write/to-npy.ts';
import { named } from './reading.ts';

/** Files that NumPy, pyarrow and safetensors wrote, by make.py beside them. */
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/vectors', name)));

/** What make.py calls `wanted`. [4, 3] */
const WANTED = [1, -2, 0.5, 0.25, 3, -0.125, 4, 0, 1.5, -1, 8, 2];

function read(
  name: string,
  bytes = fixture(name),
  beside: Record<string, string | Uint8Array> = {},
): Promise<GivenVectors> {
  const files = new Map(named(beside).map((file) => [file.name, file.bytes]));
  return readVectors({ name, bytes }, (base) => files.get(base) ?? null);
}

async function refusal(name: string, bytes = fixture(name)): Promise<string> {
  try {
    await read(name, bytes);
  } catch (thrown) {
    if (thrown instanceof AnalyzerError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'read';
}

/** Facts q1 and q2 in English and German, fact by fact. */
const CORPUS: ParallelCorpus = {
  facts: ['q1', 'q2'].map((id) => ({ id, topic: '' })),
  languages: ['en', 'de'].map(toLanguage),
  files: [],
  renderings: {
    text: ['a', 'b', 'c', 'd'],
    fact: Int32Array.of(0, 0, 1, 1),
    language: Int32Array.of(0, 1, 0, 1),
    file: new Int32Array(4),
    line: new Int32Array(4),
  },
};

/** Unit rows of a [rows, 3] list of numbers. */
function units(numbers: number[]): number[] {
  return numbers.map((value, e) => {
    const start = e - (e % 3);
    return Math.fround(value / Math.hypot(...numbers.slice(start, start + 3)));
  });
}

describe('readVectors', () => {
  it.each([
    'half.npy',
    'big-endian.npy',
    'fortran.npy',
    'one.safetensors',
    'named.parquet',
    'rows.parquet',
    'fixed-half.parquet',
  ])('reads %s as it was written', async (name) => {
    const { vectors, layers } = await read(name);
    expect(vectors.shape).toEqual([4, 3]);
    expect([...vectors.data]).toEqual(WANTED);
    expect(layers).toEqual([]);
  });

  it('hashes the file', async () => {
    // sha256sum test/fixtures/vectors/half.npy
    expect((await read('half.npy')).files).toEqual({ 'half.npy': HALF_SHA256 });
  });

  it('takes the names of rows from the columns of a Parquet file, where both are there', async () => {
    expect((await read('named.parquet')).rows).toEqual([
      { fact: 'q1', language: 'en' },
      { fact: 'q2', language: 'en' },
      { fact: 'q1', language: 'de' },
      { fact: 'q2', language: 'de' },
    ]);
    expect((await read('rows.parquet')).rows).toBeNull();
  });

  it('takes several tensors for layers, in the natural order of their names; the last is compared', async () => {
    const { vectors, layers } = await read('layers.safetensors');
    expect(layers.map(({ name }) => name)).toEqual(['layer.0', 'layer.2', 'layer.10']);
    expect([...layers[1].data]).toEqual(WANTED.map((value) => value + 2));
    expect(vectors).toBe(layers[2]);
  });

  it('takes four dimensions for facts, languages, layers, numbers', async () => {
    const { layers, vectors } = await read('fortran-cube.npy');
    expect(layers.map(({ name, shape }) => [name, ...shape])).toEqual([
      ['layer_0', 2, 2, 3],
      ['layer_1', 2, 2, 3],
      ['layer_2', 2, 2, 3],
    ]);
    const [first, second] = [WANTED.slice(0, 3), WANTED.slice(3, 6)];
    const ofLayer = (k: number): number[] =>
      [first, first.map((v) => v + 8), second, second.map((v) => v + 8)]
        .flat()
        .map((v) => v + 16 * k);
    expect(layers.map(({ data }) => [...data])).toEqual([0, 1, 2].map(ofLayer));
    expect(vectors).toBe(layers[2]);
  });

  it('takes three dimensions for layers where rows have names, else for facts and languages', async () => {
    const bytes = toNpy(
      Float32Array.from({ length: 8 }, (_, e) => e),
      [2, 2, 2],
    );
    const rows = 'fact,language\nq1,en\nq2,en\n';
    const { layers } = await read('x.npy', bytes, { 'rows.csv': rows });
    expect(layers.map(({ data }) => [...data])).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ]);
    expect((await read('x.npy', bytes)).layers).toEqual([]);
  });

  it.each([
    ['objects.npy', 'format/unknown: objects.npy holds pickled Python objects (type |O)'],
    ['zstd.parquet', 'format/unknown: zstd.parquet is packed with ZSTD, which is not supported.'],
    [
      'two.parquet',
      'format/unknown: two.parquet has several columns of lists of floats, "x", "y".',
    ],
    ['texts.parquet', 'texts.parquet has no column of lists of floats among "fact", "language".'],
    ['ragged.parquet', 'format/damaged: ragged.parquet has 2 numbers in row 1 but 1 in row 0.'],
  ])('refuses %s', async (name, sentence) => {
    expect(await refusal(name)).toContain(sentence);
  });

  it.each([
    ['v.pkl', Uint8Array.of(0x80, 4, 0x95), 'format/unknown: v.pkl is pickled Python'],
    [
      'v.pt',
      Uint8Array.of(1, 2, 3),
      'format/unknown: v.pt is pickled Python, which is never loaded.',
    ],
    ['v.bin', Uint8Array.of(1, 2, 3), 'format/unknown: v.bin holds no vectors'],
    ['v.npy', toNpy(new Float32Array(4), [4]), 'embeddings/mismatch: v.npy has the shape [4];'],
    [
      'v.npy',
      toNpy(new Float32Array(0), [4, 0]),
      'embeddings/mismatch: v.npy has the shape [4, 0];',
    ],
  ])('refuses %s of %j', async (name, bytes, sentence) => {
    expect(await refusal(name, bytes)).toContain(sentence);
  });

  it('refuses a row index of another length', async () => {
    await expect(
      read('half.npy', fixture('half.npy'), { 'rows.csv': 'fact,language\nq1,en\n' }),
    ).rejects.toThrow('rows.csv names 1 rows but the vectors are [4, 3].');
  });

  it.each(['layers.safetensors', 'half.npy', 'named.parquet', 'rows.parquet'])(
    'reads %s or refuses it with a sentence, whatever bytes are changed in it',
    async (name) => {
      const bytes = fixture(name);
      const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
      await fc.assert(
        fc.asyncProperty(
          fc.array(change, { maxLength: 4 }),
          fc.nat(2 * bytes.length),
          async (changes, end) => {
            const changed = bytes.slice(0, end);
            for (const [at, value] of changes) if (at < changed.length) changed[at] = value;
            expect(await refusal(name, changed)).toMatch(/^(read$|format\/|embeddings\/)/);
          },
        ),
        { numRuns: 300 },
      );
    },
  );

  it('ends with a refusal where a Parquet schema has one child less', async () => {
    const bytes = fixture('named.parquet');
    bytes[348] = 1;
    expect(await refusal('x.parquet', bytes)).toMatch(/^format\//);
  });

  it.each(['named.parquet', 'rows.parquet'])(
    'refuses %s with a sentence wherever it is cut off',
    async (name) => {
      const bytes = fixture(name);
      for (let end = 0; end < bytes.length; end += 7)
        expect(await refusal(name, bytes.slice(0, end))).toMatch(/^format\//);
    },
  );
});

describe('a safetensors header', () => {
  const file = (header: unknown, values = 16): Uint8Array => {
    const text = new TextEncoder().encode(JSON.stringify(header));
    const bytes = new Uint8Array(8 + text.length + values);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    return bytes;
  };
  const tensor = (data_offsets: unknown, dtype = 'F32', shape: unknown = [2, 2]) => ({
    dtype,
    shape,
    data_offsets,
  });

  it.each([
    [
      'an end behind the file',
      { a: tensor([16, 32]) },
      'has 16 bytes of values but its tensor "a" ends at 32',
    ],
    [
      'tensors that overlap',
      { a: tensor([0, 16]), b: tensor([8, 24]) },
      'has tensors that overlap, "b" among them',
    ],
    [
      'a shape that needs more',
      { a: tensor([0, 16], 'F32', [1e9, 4]) },
      'gives its tensor "a" 16 bytes but its shape [1000000000, 4] of F32 needs 16000000000',
    ],
    [
      'negative offsets',
      { a: tensor([-16, 0]) },
      'does not say type, shape and place of its tensor "a"',
    ],
    ['no offsets', { a: { dtype: 'F32', shape: [2, 2] } }, 'does not say type, shape and place'],
    [
      'integers',
      { a: tensor([0, 16], 'I32') },
      'holds the tensor "a" of type I32; F16, BF16, F32, F64 are read',
    ],
    ['a type named like a method', { a: tensor([0, 16], 'toString') }, 'of type toString'],
  ])('with %s is refused', async (_, header, sentence) => {
    expect(await refusal('x.safetensors', file(header))).toContain(sentence);
  });

  it('that is no JSON, or longer than the file, is refused', async () => {
    const bytes = file({ a: tensor([0, 16]) });
    bytes[9] = 0x7b;
    expect(await refusal('x.safetensors', bytes)).toContain('has a header that is no JSON object');
    bytes[0] = 250;
    expect(await refusal('x.safetensors', bytes)).toContain('is cut off inside its header');
  });

  it('may name bfloat16, the upper half of a float32', async () => {
    const bytes = file({ a: tensor([0, 8], 'BF16') }, 8);
    // torch.tensor([1, -2, 3.140625, 1e-3]).bfloat16().view(torch.int16)
    new Uint16Array(bytes.buffer.slice(-8)).forEach((_, i) =>
      new DataView(bytes.buffer, bytes.length - 8).setUint16(
        2 * i,
        [0x3f80, 0xc000, 0x4049, 0x3a83][i],
        true,
      ),
    );
    const { vectors } = await read('x.safetensors', bytes);
    expect([...vectors.data]).toEqual([1, -2, 3.140625, Math.fround(0.00099945068359375)]);
  });
});

describe('fitVectors', () => {
  it('finds the rows of the texts by name, and leaves out those of others', async () => {
    const given = await read('named.parquet');
    const { vectors, notices, model } = fitVectors(given, CORPUS);
    const [q1en, q2en, q1de, q2de] = [0, 3, 6, 9].map((start) => WANTED.slice(start, start + 3));
    const unnamed = { ...given, rows: given.rows!.slice(0, 3) };
    expect(() => fitVectors(unnamed, CORPUS)).toThrow('No row names fact q2 in de.');
    expect([...vectors.data]).toEqual(units([...q1en, ...q1de, ...q2en, ...q2de]));
    expect(notices[0]).toContain('rows matched by name');
    expect(model).toMatchObject({ id: 'vectors given', dimensions: 3 });
    const fewer = {
      ...CORPUS,
      renderings: {
        ...CORPUS.renderings,
        text: ['a', 'b', 'c'],
        fact: Int32Array.of(0, 0, 1),
        language: Int32Array.of(0, 1, 0),
      },
    };
    expect(fitVectors(await read('named.parquet'), fewer).notices[1]).toBe(
      '1 row of named.parquet belong to no text of the files and were left out.',
    );
  });

  it('finds them by place in facts and languages', async () => {
    const { layers, vectors } = fitVectors(await read('fortran-cube.npy'), CORPUS);
    const [first, second] = [WANTED.slice(0, 3), WANTED.slice(3, 6)];
    const cells = [first, first.map((v) => v + 8), second, second.map((v) => v + 8)].flat();
    expect([...layers!.vectors[0].data]).toEqual(units(cells));
    expect([...vectors.data]).toEqual(units(cells.map((v) => v + 32)));
    const one = { ...CORPUS, languages: CORPUS.languages.slice(0, 1) };
    await expect(read('fortran-cube.npy').then((given) => fitVectors(given, one))).rejects.toThrow(
      'fortran-cube.npy has vectors of 2 facts in 2 languages but the files hold 2 facts in 1 language.',
    );
  });

  it('names the row of the file that is no vector, and lets zeros pass below the last layer', async () => {
    const rows = 'fact,language\nq2,de\nq1,en\nq1,de\nq2,en\n';
    const layer = (row: number, value: number): number[] =>
      Array.from({ length: 8 }, (_, e) => (Math.floor(e / 2) === row ? value : 1));
    const given = (first: number[], last: number[]): Promise<GivenVectors> =>
      read('x.npy', toNpy(Float32Array.from([...first, ...last]), [2, 4, 2]), { 'rows.csv': rows });
    const { layers } = fitVectors(await given(layer(3, 0), layer(9, 0)), CORPUS);
    expect([...layers!.vectors[0].data].slice(4, 6)).toEqual([0, 0]);
    const broken = await given(layer(9, 0), layer(0, NaN));
    expect(() => fitVectors(broken, CORPUS)).toThrow('Row 0 of x.npy contains NaN.');
    const empty = await given(layer(9, 0), layer(2, 0));
    expect(() => fitVectors(empty, CORPUS)).toThrow('Row 2 of x.npy has length 0.');
    const infinite = await given(layer(1, Infinity), layer(9, 0));
    expect(() => fitVectors(infinite, CORPUS)).toThrow(
      'Row 1 of x.npy, layer_0, contains Infinity.',
    );
  });

  it('refuses rows that name a text twice, and rows in reading order that are too few', async () => {
    const given = await read('named.parquet');
    given.rows![1] = given.rows![0];
    expect(() => fitVectors(given, CORPUS)).toThrow('Two rows name fact q1 in en.');
    const few = await read('x.npy', toNpy(Float32Array.of(1, 2), [1, 2]));
    expect(() => fitVectors(few, CORPUS)).toThrow('x.npy has 1 rows but the files hold 4 texts.');
  });
});

const HALF_SHA256 = 'b71ab0dc1bf255c4f6e6933a63758de0c95c69cdbb1b179c5a8db5566d550027';
