import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { polarFactor } from '../../src/adapters/closed-form/polar.ts';
import { spectralNorm } from '../../src/adapters/closed-form/spectral-norm.ts';
import { applyAdapter } from '../../src/adapters/apply-adapter.ts';
import type { ClosedFormMethod } from '../../src/adapters/closed-form/closed-form.ts';
import { fitClosedForm, type ClosedFormFit } from '../../src/adapters/fit-closed-form.ts';
import { createReference } from '../../src/compute/reference.ts';
import type { FitSettings } from '../../src/core/adapter.ts';
import {
  dot,
  matrix,
  meanRow,
  row,
  takeRows,
  transpose,
  type Matrix,
} from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { leadingDirections } from '../../src/metrics/centering.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import {
  corpusOf,
  gaussians,
  matrixOf,
  randomCube,
  type EmbeddedCorpus,
} from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { adapters } from '../helpers/golden.ts';
import { products } from '../helpers/pairs.ts';
import { fitSettings } from './adapter-records.ts';

const kernels = createReference();
const golden = corpusOf(adapters.cube, (l, f) => adapters.present[l][f] === 1);
const allFacts = ({ corpus }: EmbeddedCorpus): Int32Array => Int32Array.from(corpus.facts.keys());

function fit(
  embedded: EmbeddedCorpus,
  wishes: Partial<FitSettings> & { method: ClosedFormMethod },
  facts = allFacts(embedded),
): Promise<ClosedFormFit> {
  const material = { ...embedded, facts, by: 'fact' as const, kernels };
  return fitClosedForm(material, fitSettings(wishes), unwatched);
}

/** W of each language; null for the identity. */
const weightsOf = ({ adapter }: ClosedFormFit): (Matrix | null)[] =>
  adapter.languages.map(({ linear }) => (linear.kind === 'full' ? linear.weights : null));

async function distanceFromOrthogonal(w: Matrix): Promise<number> {
  const squares = await products(transpose(w), transpose(w));
  return Math.max(
    ...squares.data.map((value, e) => Math.abs(value - Number(e % (w.columns + 1) === 0))),
  );
}

describe('spectralNorm', () => {
  it('is the largest singular value, also where the second is near', () => {
    const stretched = matrixOf([
      [0, -3, 0],
      [2.99, 0, 0],
      [0, 0, 1],
    ]);
    expect(spectralNorm(stretched)).toBeCloseTo(3, 6);
  });

  it('is 0 of zeros', () => {
    expect(spectralNorm(matrix(3, 3))).toBe(0);
  });
});

describe('polarFactor', () => {
  it('is orthogonal and leaves a symmetric, positive rest, whatever the scale', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 2, max: 12 }), async (seed, d) => {
        const raw = matrixOf(gaussians(seededRandom(seed), d, d));
        for (let k = 0; k < d; k++) raw.data[k * d + k] += 2 * d;
        const scale = 1 / (spectralNorm(raw) * 1.01);
        const m = matrix(
          d,
          d,
          raw.data.map((value) => value * scale),
        );
        const q = await polarFactor(m, 0.1, products);
        expect(await distanceFromOrthogonal(q)).toBeLessThan(1e-5);
        const rest = await products(transpose(q), transpose(m));
        expectClose(rest.data, transpose(rest).data, 1e-5);
        for (let k = 0; k < d; k++) expect(rest.data[k * d + k]).toBeGreaterThan(0);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses what has more than one', async () => {
    await expect(polarFactor(matrix(2, 2), 0.1, products)).rejects.toThrow(
      'No rotation was found in 120 steps',
    );
  });
});

describe('fitClosedForm', () => {
  it.each(adapters.fits)(
    'agrees with SciPy on facts with holes: $method onto $target at strength $strength',
    async ({ method, target, strength, maps }) => {
      const found = await fit(golden, {
        method: method as 'procrustes' | 'ridge',
        target: target === 'centroid' ? 'centroid' : 'de',
        strength,
      });
      weightsOf(found).forEach((weights, l) => {
        const expected = maps[l];
        if (expected === null) expect(found.adapter.languages[l].linear.kind).toBe('identity');
        else expectClose(weights!.data, expected, 1e-5);
      });
    },
  );

  it('takes each mean from the training facts alone', async () => {
    const facts = Int32Array.of(3, 1, 7, 12);
    const embedded = corpusOf(randomCube({ languages: 2, facts: 40, dimensions: 5 }, 1));
    const { adapter, strength, choice } = await fit(embedded, { method: 'centering' }, facts);
    expect([strength, choice]).toEqual([null, null]);
    const german = takeRows(
      embedded.vectors,
      facts.map((fact) => 40 + fact),
    );
    expectClose(adapter.languages[1].mean!, meanRow(german), 1e-7);
    expect(adapter.otherLanguages).toEqual({ kind: 'identity' });
  });

  it('takes away the leading directions of rows that are not centred', async () => {
    const embedded = corpusOf(randomCube({ languages: 2, facts: 20, dimensions: 10 }, 2));
    const { adapter } = await fit(embedded, { method: 'lir', strength: 2 });
    const english = takeRows(embedded.vectors, [...Array(20).keys()]);
    const { mean, linear } = adapter.languages[0];
    const directions = await leadingDirections(english, 2, products);
    expect([mean, linear]).toEqual([null, { kind: 'remove', directions }]);
  });

  it('gives every language a rotation, also with fewer facts than dimensions and no ridge', async () => {
    const wide = corpusOf(randomCube({ languages: 3, facts: 30, dimensions: 48 }, 3));
    for (const strength of [0, 0.1]) {
      for (const weights of weightsOf(await fit(wide, { method: 'procrustes', strength })))
        expect(await distanceFromOrthogonal(weights!)).toBeLessThan(1e-5);
    }
  });

  it.each(['procrustes', 'ridge'] as const)(
    'leaves identical languages, and constant dimensions, as they are: %s',
    async (method) => {
      const [rows] = randomCube({ languages: 1, facts: 40, dimensions: 6 }, 4);
      // Rows of one length keep the last dimension constant at length 1.
      const constant = rows.map((values) => {
        const length = Math.hypot(...values.slice(1));
        return [...values.slice(1).map((value) => value / length), 1];
      });
      for (const strength of [0, 0.3]) {
        const maps = weightsOf(await fit(corpusOf([constant, constant]), { method, strength }));
        for (const { data } of maps as Matrix[])
          expectClose(
            data,
            data.map((_, e) => Number(e % 7 === 0)),
            2e-5,
          );
      }
    },
  );

  it('recovers a planted rotation', async () => {
    const random = seededRandom(5);
    const rows = gaussians(random, 60, 4);
    const angle = 1;
    const turned = rows.map(([a, b, c, d]) => [
      a * Math.cos(angle) - b * Math.sin(angle),
      a * Math.sin(angle) + b * Math.cos(angle),
      d,
      -c,
    ]);
    const planted = corpusOf([rows, turned]);
    const found = await fit(planted, { method: 'procrustes', target: 'en', strength: 0 });
    const [s, c] = [Math.sin(angle), Math.cos(angle)];
    expectClose(
      weightsOf(found)[1]!.data,
      [c, -s, 0, 0, s, c, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0],
      1e-5,
    );
    const { vectors } = await applyAdapter(found.adapter, planted, products);
    for (let i = 0; i < 60; i++)
      expect(dot(row(vectors, i), row(vectors, 60 + i))).toBeGreaterThan(0.9999);
  });
});

describe('the strength', () => {
  const embedded = corpusOf(randomCube({ languages: 3, facts: 60, dimensions: 8 }, 6));

  it('is chosen on five folds, the same for the same seed', async () => {
    const [one, again] = [
      await fit(embedded, { method: 'procrustes' }),
      await fit(embedded, { method: 'procrustes' }),
    ];
    expect(again).toEqual(one);
    expect(one.choice).toMatchObject({ folds: 5, chosen: one.strength });
    expect(one.choice!.tried.map(({ strength }) => strength)).toEqual([
      Infinity,
      1,
      0.3,
      0.1,
      0.03,
      0,
    ]);
    const best = Math.max(...one.choice!.tried.map(({ score }) => score));
    expect(one.choice!.tried.find(({ score }) => score === best)!.strength).toBe(one.strength);
  });

  it('is centering where languages differ in nothing else, being the simplest of equals', async () => {
    const [rows] = randomCube({ languages: 1, facts: 60, dimensions: 8 }, 7);
    const found = await fit(corpusOf([rows, rows]), { method: 'ridge' });
    expect(found.strength).toBe(Infinity);
    expect(found.adapter.languages[0].linear).toEqual({ kind: 'identity' });
  });

  it('follows a planted rotation', async () => {
    const rows = gaussians(seededRandom(8), 60, 6);
    const swapped = rows.map(([a, b, c, d, e, f]) => [b, a, d, c, f, e]);
    const found = await fit(corpusOf([rows, swapped]), { method: 'procrustes', target: 'en' });
    const { tried } = found.choice!;
    expect(found.strength).toBeLessThan(Infinity);
    expect(tried.find(({ strength }) => strength === 0)!.score).toBe(1);
    expect(tried[0].score).toBeLessThan(0.2);
  });

  it('is the default where there are too few facts to choose', async () => {
    const facts = Int32Array.from({ length: 39 }, (_, i) => i);
    const found = await fit(embedded, { method: 'ridge' }, facts);
    expect(found).toMatchObject({ strength: 0.3, choice: { folds: 0, tried: [] } });
    expect(await fit(embedded, { method: 'lir' }, facts)).toMatchObject({ strength: 1 });
  });

  it('is chosen with topics kept together, and not at all where there is one topic', async () => {
    const facts = embedded.corpus.facts.map(({ id }) => ({ id, topic: 'one' }));
    const material = {
      corpus: { ...embedded.corpus, facts },
      vectors: embedded.vectors,
      facts: allFacts(embedded),
      by: 'topic' as const,
      kernels,
    };
    const found = await fitClosedForm(material, fitSettings({ method: 'lir' }), unwatched);
    expect(found.choice!.folds).toBe(0);
  });

  it('is chosen also where a language is missing from folds', async () => {
    const sparse = corpusOf(
      randomCube({ languages: 3, facts: 60, dimensions: 8 }, 9),
      (l, f) => l < 2 || f === 5,
    );
    const { choice } = await fit(sparse, { method: 'procrustes' });
    for (const { score } of choice!.tried) expect(score).toBeGreaterThan(0);
  });

  it('counts fits, and stops when asked', async () => {
    const { context, reports } = watched(({ done }) => done === 2);
    const material = { ...embedded, facts: allFacts(embedded), by: 'fact' as const, kernels };
    await expect(
      fitClosedForm(material, fitSettings({ method: 'ridge' }), context),
    ).rejects.toThrow('The fit was stopped.');
    expect(reports.at(-1)).toMatchObject({ done: 2, total: 30 });
  });
});

describe('what no map can be fitted on', () => {
  const small = corpusOf(randomCube({ languages: 2, facts: 29, dimensions: 4 }, 10));
  const apart = corpusOf(
    randomCube({ languages: 2, facts: 60, dimensions: 4 }, 11),
    (l, f) => f < 30 === (l === 0),
  );

  it.each<[what: string, work: () => Promise<unknown>, sentence: string]>([
    [
      'too few facts',
      () => fit(small, { method: 'procrustes' }),
      'A map of each language needs 30 facts, but there are 29.',
    ],
    [
      'languages that share no fact',
      () => fit(apart, { method: 'ridge' }),
      'No training fact is both in any other language and in en, de.',
    ],
    [
      'a language without training facts',
      () => fit(apart, { method: 'centering' }, Int32Array.of(1, 2, 3)),
      'None of the 3 training facts has a text in de.',
    ],
    [
      'a target that is not there',
      () => fit(golden, { method: 'ridge', target: 'fr' }),
      'The target language fr has no texts.',
    ],
    [
      'a ridge below 0',
      () => fit(golden, { method: 'ridge', strength: -1 }),
      'The strength -1 is not a number not below 0.',
    ],
    [
      'half a direction',
      () => fit(golden, { method: 'lir', strength: 1.5 }),
      'The strength 1.5 is not a whole number of 1 to 8.',
    ],
  ])('is refused: %s', async (_, work, sentence) => {
    await expect(work()).rejects.toThrow(sentence);
  });

  it('is centred all the same with few facts', async () => {
    expect((await fit(small, { method: 'centering' })).adapter.languages).toHaveLength(2);
  });
});
