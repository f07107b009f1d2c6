import { describe, expect, it } from 'vitest';
import {
  monolingualConsistency,
  rotatedRows,
  shuffledFacts,
  shuffledPreferences,
} from '../../src/adapters/controls.ts';
import { cellRows } from '../../src/core/corpus.ts';
import { dot, row } from '../../src/core/matrix.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';
import { kernels } from '../helpers/lab.ts';
import { products } from '../helpers/pairs.ts';

const embedded = corpusOf(
  randomCube({ languages: 3, facts: 60, dimensions: 8 }, 1),
  (l, i) => (l + i) % 7 > 0,
);
const { fact, language } = embedded.corpus.renderings;
const train = Int32Array.from({ length: 40 }, (_, i) => i);
const validation = Int32Array.from({ length: 10 }, (_, i) => 40 + i);
const test = Int32Array.from({ length: 10 }, (_, i) => 50 + i);
const split = { train, validation, test, by: 'fact', hash: '' } as const;

describe('controls', () => {
  it('shuffle facts within language and part, and leave those that judge', () => {
    const { corpus } = shuffledFacts(embedded, split, 1);
    const after = corpus.renderings.fact;
    const partOf = (f: number): number => (f < 40 ? 0 : f < 50 ? 1 : 2);
    let moved = 0;
    after.forEach((f, r) => {
      expect(partOf(f)).toBe(partOf(fact[r]));
      if (partOf(f) === 2) expect(f).toBe(fact[r]);
      if (f !== fact[r]) moved++;
    });
    expect(moved).toBeGreaterThan(0.8 * 0.8 * fact.length);
    // The same texts in each language, each fact at most once.
    expect(cellRows(corpus).filter((r) => r >= 0)).toHaveLength(fact.length);
    expect(cellRows(corpus).map((r) => Number(r >= 0))).toEqual(
      cellRows(embedded.corpus).map((r) => Number(r >= 0)),
    );
  });

  it('leave no two texts of one training fact together', () => {
    for (const facts of [20, 60]) {
      const cube = randomCube({ languages: 5, facts, dimensions: 4 }, 1);
      const full = corpusOf(cube, (l, i) => facts === 20 || (l + 3 * i) % 4 > 0);
      const half = Int32Array.from({ length: facts / 2 }, (_, i) => i);
      const rest = half.map((i) => i + facts / 2);
      const parts = { ...split, train: half, validation: rest, test: Int32Array.of() };
      const { fact: original } = full.corpus.renderings;
      const { fact: after } = shuffledFacts(full, parts, 1).corpus.renderings;
      const pairs = new Set(Array.from(original, (f, r) => `${f} ${after[r]}`));
      expect(pairs.size).toBe(original.length);
    }
  });

  it('shuffle the chosen texts of pairs within their language', () => {
    const pairs = {
      source: 'votes' as const,
      vectors: embedded.vectors,
      language,
      query: Int32Array.from(fact.keys()),
      chosen: Int32Array.from(fact.keys()),
      rejected: Int32Array.from(fact.keys()),
      group: fact,
      noise: new Float32Array(fact.length),
    };
    const { chosen, rejected } = shuffledPreferences(pairs, 1);
    expect(chosen).not.toEqual(pairs.chosen);
    expect(rejected).toEqual(pairs.rejected);
    expect(Int32Array.from(chosen).sort()).toEqual(pairs.chosen);
    expect(chosen.every((r, p) => language[r] === language[p])).toBe(true);
  });

  it('turn each language by an orthogonal map of its own', async () => {
    const { vectors } = embedded;
    const turned = await rotatedRows(embedded, 1, products, () => Promise.resolve());
    const cosines = (x: typeof vectors, r: number, s: number): number => dot(row(x, r), row(x, s));
    let changed = 0;
    for (let r = 0; r < vectors.rows; r += 7) {
      for (let s = 0; s < r; s += 5) {
        const difference = Math.abs(cosines(turned, r, s) - cosines(vectors, r, s));
        if (language[r] === language[s]) expect(difference).toBeLessThan(1e-6);
        else if (difference > 0.01) changed++;
      }
    }
    expect(changed).toBeGreaterThan(20);
  });

  it('find neighbourhoods kept by a rotation, and lost by noise', async () => {
    const turned = await rotatedRows(embedded, 1, products, () => Promise.resolve());
    expect(await monolingualConsistency(embedded, turned, kernels)).toBeGreaterThan(0.99);
    const noise = corpusOf(
      randomCube({ languages: 3, facts: 60, dimensions: 8 }, 9),
      (l, i) => (l + i) % 7 > 0,
    );
    expect(await monolingualConsistency(embedded, noise.vectors, kernels)).toBeLessThan(0.4);
  });
});
