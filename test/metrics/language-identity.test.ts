import { describe, expect, it } from 'vitest';
import { matrix, meanRow, type Matrix } from '../../src/core/matrix.ts';
import { wilson } from '../../src/core/statistics.ts';
import { centreLanguage } from '../../src/metrics/centering.ts';
import type { LanguageProbe } from '../../src/core/report.ts';
import { languageProbe } from '../../src/metrics/language-identity.ts';
import { randomCube, rowsOf, type Cube } from '../helpers/corpora.ts';
import { products } from '../helpers/pairs.ts';

/** Language by language. */
function keysOf(L: number, facts: number): { fact: Int32Array; language: Int32Array } {
  return {
    fact: Int32Array.from({ length: L * facts }, (_, r) => r % facts),
    language: Int32Array.from({ length: L * facts }, (_, r) => Math.floor(r / facts)),
  };
}

function probe(cube: Cube, seed = 1): Promise<LanguageProbe> {
  return languageProbe(rowsOf(cube.flat()), keysOf(cube.length, cube[0].length), products, seed);
}

const shape = { languages: 4, facts: 60, dimensions: 12 };

describe('languageProbe', () => {
  it('finds languages that stand apart, and nothing where labels are shuffled within facts', async () => {
    const { accuracy, shuffled, chance } = await probe(randomCube(shape, 3, 0.1));
    expect(accuracy.value).toBeGreaterThan(0.5);
    expect(shuffled.value).toBeLessThan(0.35);
    expect(shuffled.value).toBeGreaterThan(0.15);
    expect(chance).toBe(0.25);
    expect(accuracy.interval![0]).toBeLessThan(accuracy.value);
    expect(shuffled.interval![1]).toBeGreaterThan(shuffled.value);
  });

  it('is near chance, or below, for languages that are copies', async () => {
    const [rows] = randomCube({ ...shape, languages: 1 }, 3);
    const { accuracy } = await probe([rows, rows, rows]);
    expect(accuracy.value).toBeLessThanOrEqual(0.4);
  });

  it('falls to chance when languages that differ in their means are centred', async () => {
    const cube = randomCube(shape, 3, 0.1);
    const centred = cube.map((rows) => rowsOf(rows)).map((x) => centreLanguage(x, meanRow(x)));
    const all = matrix(240, 12, Float32Array.from(centred.flatMap(({ data }) => Array.from(data))));
    const { accuracy } = await languageProbe(all, keysOf(4, 60), products, 1);
    expect(accuracy.value).toBeLessThan(0.4);
  });

  it('is perfect where languages have places of their own, also with more dimensions than facts', async () => {
    const cube = randomCube({ languages: 3, facts: 8, dimensions: 40 }, 2, 0).map((rows, l) =>
      rows.map((vector) => vector.map((value, k) => value + (k === l ? 30 : 0))),
    );
    const { accuracy } = await probe(cube);
    // The interval counts 8 facts, not 24 texts.
    expect(accuracy).toEqual({ value: 1, interval: wilson(8, 8) });
  });

  it('does not learn a fact from its other renderings: noise of each fact alone says nothing', async () => {
    // One language's rendering equals the fact's other ones; a probe that saw them would know whose is left.
    const [rows] = randomCube({ languages: 1, facts: 40, dimensions: 60 }, 9);
    const { accuracy, chance } = await probe([rows, rows]);
    expect(accuracy.value).toBe(chance);
  });

  it('repeats with the seed', async () => {
    const cube = randomCube(shape, 5, 1);
    expect(await probe(cube, 7)).toEqual(await probe(cube, 7));
    expect(await probe(cube, 8)).not.toEqual(await probe(cube, 7));
  });

  it('has the most frequent language for chance when renderings are missing', async () => {
    const cube = randomCube({ languages: 2, facts: 10, dimensions: 4 }, 1);
    const rows = rowsOf([...cube[0], ...cube[1].slice(0, 5)]);
    const keys = keysOf(2, 10);
    const { chance } = await languageProbe(
      rows,
      { fact: keys.fact.slice(0, 15), language: keys.language.slice(0, 15) },
      products,
      1,
    );
    expect(chance).toBeCloseTo(10 / 15, 12);
  });

  const none: LanguageProbe = {
    accuracy: { value: NaN, interval: null },
    shuffled: { value: NaN, interval: null },
    chance: NaN,
  };

  it.each([1, 2, 3, 4])('is not defined for %i facts', async (facts) => {
    expect(await probe(randomCube({ ...shape, facts }, 1))).toEqual(none);
  });

  it('is not defined for one language, and where all vectors are equal', async () => {
    expect(await probe(randomCube({ ...shape, languages: 1 }, 1))).toEqual(none);
    const same: Matrix = rowsOf(Array.from({ length: 20 }, () => [0.1, 0.2, 0.7]));
    expect(await languageProbe(same, keysOf(2, 10), products, 1)).toEqual(none);
  });
});
