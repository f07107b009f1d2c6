import { describe, expect, test } from 'vitest';
import { factPreferenceParts } from '../../../src/adapters/preference/fact-preferences.ts';
import { heldOutRows } from '../../../src/adapters/preference/held-out-rows.ts';
import { preferenceReport } from '../../../src/adapters/preference/preference-report.ts';
import {
  splitPreferences,
  type PreferenceParts,
} from '../../../src/adapters/preference/split-preferences.ts';
import { centredUnitRows } from '../../../src/adapters/training/batch.ts';
import { languageMeans } from '../../../src/adapters/training/train-adapter.ts';
import { createReference } from '../../../src/compute/reference.ts';
import { productsOf } from '../../../src/compute/kernels.ts';
import {
  FALSE_NEGATIVE_COSINE,
  PREFERENCE_DEFAULTS,
  TRAINING_DEFAULTS,
  type PreferencePairs,
} from '../../../src/core/adapter.ts';
import { dot, matrix, row, type Matrix } from '../../../src/core/matrix.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { corpusOf, gaussians, randomCube, rowsOf } from '../../helpers/corpora.ts';
import { training as golden } from '../../helpers/golden.ts';

const given = (values: number[], columns: number): Matrix =>
  matrix(values.length / columns, columns, Float32Array.from(values));

const products = productsOf(createReference());

const none = () => false;

describe('from facts', () => {
  const facts = Int32Array.from({ length: 40 }, (_, i) => i);
  const split = {
    train: facts.filter((i) => i < 24),
    validation: facts.filter((i) => i >= 24 && i < 32),
    test: facts.filter((i) => i >= 32),
  };
  const cube = randomCube({ languages: 3, facts: 40, dimensions: 8 }, 3);
  // Fact 1 is fact 0 once more, in all languages; the third language has no even fact.
  for (const rows of cube) rows[1] = rows[0];
  const embedded = corpusOf(cube, (language, fact) => language < 2 || fact % 2 === 1);
  const { fact, language } = embedded.corpus.renderings;
  const means = languageMeans(embedded, split.train);
  const centred = centredUnitRows(embedded.vectors, language, means);
  const partsOf = (seed: number): Promise<PreferenceParts> =>
    factPreferenceParts({ ...embedded, split }, centred, { random: seededRandom(seed), products });

  /** The rejected text as one would look for it, one candidate after the other. */
  function hardest(query: number, chosen: number, inLanguage: number, among: Int32Array): number {
    const cosine = (x: Matrix, a: number, b: number): number => dot(row(x, a), row(x, b));
    const right = language[chosen] === inLanguage ? chosen : query;
    return [...fact.keys()]
      .filter((r) => language[r] === inLanguage && among.includes(fact[r]))
      .filter((r) => fact[r] !== fact[query])
      .filter((r) => cosine(embedded.vectors, r, right) <= FALSE_NEGATIVE_COSINE)
      .sort((r, s) => cosine(centred, query, s) - cosine(centred, query, r))[0];
  }

  test('each rendering that has a translation asks for it once, against a wrong fact there and one at home', async () => {
    const { train } = await partsOf(1);
    const asked = new Map<number, number[]>();
    train.query.forEach((query, p) => {
      expect(fact[train.chosen[p]]).toBe(fact[query]);
      expect(language[train.chosen[p]]).not.toBe(language[query]);
      expect(train.group[p]).toBe(fact[query]);
      asked.set(query, [...(asked.get(query) ?? []), language[train.rejected[p]]]);
    });
    const renderings = [...fact].filter((f) => f < 24).length;
    expect(asked.size).toBe(renderings);
    asked.forEach((languages, query) => {
      expect(languages).toHaveLength(2);
      expect(languages[1]).toBe(language[query]);
      expect(languages[0]).not.toBe(language[query]);
    });
  });

  test('what is rejected is the nearest wrong fact of the same part, and never a duplicate', async () => {
    const parts = await partsOf(2);
    for (const name of ['train', 'validation', 'test'] as const) {
      const { query, chosen, rejected } = parts[name];
      rejected.forEach((r, p) => {
        expect(r).toBe(hardest(query[p], chosen[p], language[r], split[name]));
        expect([fact[r], fact[query[p]]].sort()).not.toEqual([0, 1]);
      });
    }
  });

  test('test queries choose among all test facts in the language they ask', async () => {
    const { test: judged, candidates } = await partsOf(1);
    candidates.forEach((rows, p) => {
      expect([...rows]).toContain(judged.chosen[p]);
      const asked = language[judged.chosen[p]];
      const all = [...fact.keys()].filter((r) => fact[r] >= 32 && language[r] === asked);
      expect([...rows].sort((a, b) => a - b)).toEqual(all);
    });
  });

  test('the same seed asks the same languages', async () => {
    expect(await partsOf(4)).toEqual(await partsOf(4));
    expect((await partsOf(5)).train.chosen).not.toEqual((await partsOf(4)).train.chosen);
  });
});

/** Three texts for each question, its own in each of two languages and a wrong one. */
function answerPairs(groups: number): PreferencePairs {
  const rows = Array.from({ length: groups }, (_, g) => [3 * g, 3 * g + 1, 3 * g + 2]);
  return {
    source: 'votes',
    vectors: rowsOf(gaussians(seededRandom(1), 3 * groups, 4)),
    language: Int32Array.from({ length: 3 * groups }, (_, r) => (r % 3 === 0 ? 0 : 1)),
    query: Int32Array.from(rows, ([query]) => query),
    chosen: Int32Array.from(rows, ([, chosen]) => chosen),
    rejected: Int32Array.from(rows, ([, , rejected]) => rejected),
    group: Int32Array.from(rows, (_, g) => g),
    noise: new Float32Array(groups).fill(0.1),
  };
}

describe('from answers', () => {
  test('questions stay in one part, in shares of 60, 20 and 20 %', () => {
    const one = answerPairs(20);
    const twice = (column: Int32Array): Int32Array => Int32Array.from([...column, ...column]);
    const pairs = {
      ...one,
      query: twice(one.query),
      chosen: twice(one.chosen),
      rejected: twice(one.rejected),
      group: twice(one.group),
      noise: new Float32Array(40),
    };
    const {
      train,
      validation,
      test: judged,
      leftOut,
    } = splitPreferences(pairs, one.vectors, 1, none);
    const groups = [train, validation, judged].map(({ group }) => new Set(group));
    expect(groups.map(({ size }) => size)).toEqual([12, 4, 4]);
    expect(new Set(groups.flatMap((set) => [...set])).size).toBe(20);
    expect([train, validation, judged].map(({ query }) => query.length)).toEqual([24, 8, 8]);
    expect(leftOut).toEqual([]);
  });

  test('pairs without a mean and those with a single candidate are left out and counted', () => {
    const pairs = answerPairs(12);
    const centred = matrix(36, 4, pairs.vectors.data.slice());
    centred.data.fill(NaN, 4 * 3, 4 * 4);
    pairs.language[8] = 0;
    pairs.language[11] = 0;
    const { train, validation, test: judged, leftOut } = splitPreferences(pairs, centred, 1, none);
    const kept = [train, validation, judged].flatMap(({ group }) => [...group]);
    expect(kept.sort((a, b) => a - b)).toEqual([0, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(leftOut).toEqual([
      { reason: 'a text is in a language without training facts', pairs: 1 },
      { reason: 'the query has a single candidate', pairs: 2 },
    ]);
  });

  test('a question that is a held-out fact is judged by, never learned from', () => {
    const pairs = answerPairs(20);
    const held = pairs.query.slice(0, 7);
    const parts = splitPreferences(pairs, pairs.vectors, 1, (r) => held.includes(r));
    const learned = [...parts.train.query, ...parts.validation.query];
    expect(learned.filter((r) => held.includes(r))).toEqual([]);
    expect([...held].every((r) => parts.test.query.includes(r))).toBe(true);
    expect(parts.candidates).toHaveLength(parts.test.query.length);
    expect(learned.length).toBeGreaterThan(0);
  });

  test('texts of validation and test facts are found again, in their language alone', async () => {
    const corpus = corpusOf(randomCube({ languages: 2, facts: 6, dimensions: 8 }, 3));
    const split = { validation: Int32Array.of(4), test: Int32Array.of(1) };
    const { language, fact } = corpus.corpus.renderings;
    const found = await heldOutRows({ ...corpus, split }, { ...corpus, language }, products);
    const all = Array.from(fact.keys());
    expect([...found].sort((a, b) => a - b)).toEqual(all.filter((r) => [1, 4].includes(fact[r])));
    const elsewhere = language.map((l) => 1 - l);
    expect(
      await heldOutRows({ ...corpus, split }, { ...corpus, language: elsewhere }, products),
    ).toEqual(new Set());
  });

  test('too few questions are refused', () => {
    const pairs = answerPairs(4);
    expect(() => splitPreferences(pairs, pairs.vectors, 1, none)).toThrow(
      'The preference pairs are of 4 questions that are no held-out facts, once 0 pairs are left out; training, stopping and judging need 5.',
    );
  });
});

describe('report', () => {
  const { judged, d, rank, beta, temperature } = golden;
  const sets = judged.sets.map((rows) => Int32Array.from(rows));
  const column = (k: number): Int32Array => Int32Array.from(judged.pairs, (pair) => pair[k]);
  const pairs: PreferencePairs = {
    source: 'facts',
    vectors: given(judged.centred, d),
    language: new Int32Array(10),
    query: column(0),
    chosen: column(1),
    rejected: column(2),
    group: column(3),
    noise: new Float32Array(judged.pairs.length),
  };
  const parts: PreferenceParts = {
    train: pairs,
    validation: pairs,
    test: pairs,
    candidates: judged.pairs.map((pair) => sets[pair[4]]),
    centred: pairs.vectors,
    leftOut: [],
  };
  const settings = {
    training: { ...TRAINING_DEFAULTS, temperature },
    preference: { ...PREFERENCE_DEFAULTS, beta },
    seed: 1,
  };
  const map = (up: number[]) => ({
    kind: 'low-rank' as const,
    down: given(judged.down, rank),
    up: given(up, d),
  });

  test('ranking, rewards and divergence are those of NumPy', () => {
    const report = preferenceReport(parts, map(judged.up), settings);
    expect(report.ranked.before).toBeCloseTo(judged.before, 10);
    expect(report.ranked.after).toBeCloseTo(judged.after, 10);
    expect(report.rewardAccuracy).toBeCloseTo(judged.accuracy, 10);
    expect(report.rewardMargin).toBeCloseTo(judged.margin, 6);
    expect(report.divergence).toBeCloseTo(judged.divergence, 6);
    expect(report.candidates).toBe(3);
    const [low, high] = report.ranked.interval!;
    expect(low).toBeLessThanOrEqual(report.ranked.difference);
    expect(high).toBeGreaterThanOrEqual(report.ranked.difference);
  });

  test('the reference itself changes nothing', () => {
    const report = preferenceReport(parts, map(judged.up.map(() => 0)), settings);
    expect(report.ranked).toMatchObject({ difference: 0, interval: [0, 0] });
    expect(report.rewardAccuracy).toBe(0);
    expect(report.rewardMargin).toBeCloseTo(0, 7);
    expect(report.divergence).toBeCloseTo(0, 7);
  });

  test('pairs of one group have no interval', () => {
    const alone = { ...pairs, group: new Int32Array(judged.pairs.length) };
    const report = preferenceReport({ ...parts, test: alone }, map(judged.up), settings);
    expect(report.ranked.interval).toBeNull();
  });
});
