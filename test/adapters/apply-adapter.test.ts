import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { applyAdapter, mapRows } from '../../src/adapters/apply-adapter.ts';
import type { Adapter, LinearMap } from '../../src/core/adapter.ts';
import { dot, matrix, meanRow, row, takeRows } from '../../src/core/matrix.ts';
import { readAdapter } from '../../src/io/read/from-adapter.ts';
import { toAdapter } from '../../src/io/write/to-adapter.ts';
import { centreLanguage } from '../../src/metrics/centering.ts';
import { corpusOf, matrixOf, randomCube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { adapters } from '../helpers/golden.ts';
import { products } from '../helpers/pairs.ts';
import { everyMap, randomMatrix, recordOf } from './adapter-records.ts';

const FILE = readFileSync('test/fixtures/adapters/every-map.json');
const embedded = corpusOf(randomCube({ languages: 2, facts: 12, dimensions: 4 }, 1));
const identity: LinearMap = { kind: 'identity' };

const centering = (tags: string[], otherLanguages: LinearMap | null): Adapter => ({
  method: 'centering',
  dimensions: 4,
  languages: tags.map((tag, i) => ({ tag, mean: randomMatrix(1, 4, i).data, linear: identity })),
  otherLanguages,
});

describe('mapRows', () => {
  const { languages } = readAdapter(FILE, 'every-map.json').adapter;

  it.each(languages)('agrees with NumPy, which read the same file: $tag', async (map) => {
    const mapped = await mapRows(map, matrixOf(adapters.rows), products);
    const expected = adapters.applied[map.tag as keyof typeof adapters.applied];
    expectClose(mapped.data, expected.flat(), 1e-6);
  });

  it('knows the file that is written today', () => {
    expect(toAdapter(recordOf())).toEqual(new Uint8Array(FILE));
  });

  it('gives unit rows, and leaves those that it was given', async () => {
    await fc.assert(
      // Seeds below 10 are those of the means: such a row would equal one.
      fc.asyncProperty(fc.integer({ min: 10 }), fc.nat(5), async (seed, which) => {
        const x = randomMatrix(5, 4, seed);
        const before = x.data.slice();
        const mapped = await mapRows(everyMap.languages[which], x, products);
        for (let i = 0; i < 5; i++) expect(dot(row(mapped, i), row(mapped, i))).toBeCloseTo(1, 5);
        expect(x.data).toEqual(before);
      }),
    );
  });

  it('gives NaN where nothing is left', async () => {
    const map = { tag: 'en', mean: Float32Array.of(1, 0), linear: identity };
    const mapped = await mapRows(
      map,
      matrixOf([
        [1, 0],
        [0, 1],
      ]),
      products,
    );
    expectClose(mapped.data, [NaN, NaN, -Math.SQRT1_2, Math.SQRT1_2], 1e-6);
  });
});

describe('applyAdapter', () => {
  it('maps each language by its tag, in whatever order the adapter has them', async () => {
    const adapter = centering(['de', 'en'], null);
    const { vectors, meansFromTexts } = await applyAdapter(adapter, embedded, products);
    expect(meansFromTexts).toEqual([]);
    const german = takeRows(
      embedded.vectors,
      Array.from({ length: 12 }, (_, i) => 12 + i),
    );
    const centred = centreLanguage(german, Float64Array.from(adapter.languages[0].mean!));
    expectClose(vectors.data.subarray(48), centred.data, 1e-6);
  });

  it('takes the mean of the texts at hand for a language that it was not fitted on', async () => {
    const adapter = centering(['en'], identity);
    const { vectors, meansFromTexts } = await applyAdapter(adapter, embedded, products);
    expect(meansFromTexts).toEqual(['de']);
    const german = takeRows(
      embedded.vectors,
      Array.from({ length: 12 }, (_, i) => 12 + i),
    );
    expectClose(vectors.data.subarray(48), centreLanguage(german, meanRow(german)).data, 1e-6);
  });

  it('refuses languages that it cannot map, and names those that it can', async () => {
    await expect(applyAdapter(centering(['en'], null), embedded, products)).rejects.toThrow(
      'The adapter has no map for de: it was fitted on en, each with a map of its own.',
    );
  });

  it('refuses vectors of other dimensions', async () => {
    const vectors = matrix(24, 3);
    await expect(
      applyAdapter(centering(['en', 'de'], null), { ...embedded, vectors }, products),
    ).rejects.toThrow('The adapter was fitted on vectors of 4 numbers, but these have 3.');
  });

  it('refuses texts of which nothing is left', async () => {
    const single = corpusOf(randomCube({ languages: 2, facts: 3, dimensions: 4 }, 2), (l, f) =>
      l === 0 ? true : f === 1,
    );
    await expect(applyAdapter(centering(['en'], identity), single, products)).rejects.toThrow(
      'The adapter leaves nothing of 1 of 4 vectors, first of fact f1 in de',
    );
  });
});
