import { describe, expect, it } from 'vitest';
import { changeOf } from '../../src/adapters/change-of.ts';
import { measureMexa, measureVectors } from '../../src/adapters/measure-vectors.ts';
import type { EmbeddedCorpus } from '../../src/core/corpus.ts';
import type { LabMeasureId } from '../../src/core/lab.ts';
import { centredRows, meanRow, normalizeRows, row, takeRows } from '../../src/core/matrix.ts';
import { fitScaler } from '../../src/metrics/language-bias.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { lab, randomFacts } from '../helpers/golden.ts';
import { kernels } from '../helpers/lab.ts';

const complete = corpusOf(randomFacts.raw);
const withHoles = corpusOf(randomFacts.raw, (l, i) => (5 * l + 3 * i) % 7 > 0);

const measuringOf = ({ vectors }: EmbeddedCorpus, mexaAt = lab.mexaAt) => ({
  scaler: fitScaler(vectors),
  mexaAt,
  seed: 1,
  kernels,
  context: unwatched,
});

/** The change that lab.py makes: each language less its mean, moved towards the mean of all. */
function moved({ corpus, vectors }: EmbeddedCorpus): EmbeddedCorpus {
  const { language, fact } = corpus.renderings;
  const all = Int32Array.from(language.keys());
  const after = structuredClone(vectors);
  for (const l of corpus.languages.keys()) {
    const rows = all.filter((r) => language[r] === l);
    const own = takeRows(vectors, rows);
    const centred = centredRows(own, meanRow(own));
    rows.forEach((r, i) => row(after, r).set(row(centred, i)));
  }
  const centred = structuredClone(after);
  for (const f of corpus.facts.keys()) {
    const rows = all.filter((r) => fact[r] === f);
    const middle = meanRow(takeRows(centred, rows));
    for (const r of rows) row(after, r).forEach((_, k, own) => (own[k] += 0.5 * middle[k]));
  }
  return { corpus, vectors: normalizeRows(after) };
}

describe('measureVectors', () => {
  it.each([
    ['every text', complete, lab.complete],
    ['holes', withHoles, lab.withHoles],
  ])(
    'agrees with NumPy, differences and their intervals too, with %s',
    async (_, before, golden) => {
      const measuring = measuringOf(before);
      const states = [
        await measureVectors(before, measuring),
        await measureVectors(moved(before), measuring),
      ];
      for (const [name, wanted] of Object.entries(golden)) {
        const id = name as LabMeasureId;
        const change = changeOf(states[0].measures[id], states[1].measures[id], 1);
        expectClose([change.before, change.after], [wanted.before, wanted.after], 2e-5);
        if (!('low' in wanted)) continue;
        const [low, high] = change.interval!;
        const width = wanted.high - wanted.low;
        expect(Math.abs(low - wanted.low) / width, `${name} low ${low}`).toBeLessThan(0.12);
        expect(Math.abs(high - wanted.high) / width, `${name} high ${high}`).toBeLessThan(0.12);
      }
    },
  );

  it('says which pair of languages it is at, and ends when it is stopped there', async () => {
    const { context, reports } = watched(({ done }) => done === 3);
    const call = measureVectors(complete, { ...measuringOf(complete), context });
    await expect(call).rejects.toThrow(/stopped|cancelled/i);
    expect(reports.map(({ done, total }) => [done, total])).toEqual([
      [0, 10],
      [1, 10],
      [2, 10],
      [3, 10],
    ]);
  });

  it('finds no change of a state and itself', async () => {
    const scores = await measureVectors(withHoles, measuringOf(withHoles));
    for (const [id, measured] of Object.entries(scores.measures)) {
      const { difference, interval } = changeOf(measured, measured, 1);
      expect(difference, id).toBe(0);
      if (interval !== null) expect(interval, id).toEqual([0, 0]);
    }
  });

  it('gives each fact the mean over its pairs, and languages the mean with the others', async () => {
    const mexa = await measureMexa(complete, measuringOf(complete));
    const mean = (values: Iterable<number>): number => {
      const list = [...values];
      return list.reduce((sum, value) => sum + value, 0) / list.length;
    };
    expect(mean(mexa.byFact)).toBeCloseTo(mexa.overall.value, 12);
    expect(mean(mexa.byLanguage.map(({ value }) => value))).toBeCloseTo(mexa.overall.value, 12);
    expectClose(mexa.byFact, mexa.overall.parts!, 1e-12);
  });

  it('has no spread of two languages, and no shares of facts that no language shares with all', async () => {
    const two = corpusOf(randomCube({ languages: 2, facts: 30, dimensions: 8 }, 3));
    const { measures } = await measureVectors(two, measuringOf(two));
    expect(measures.democratization.value).toBeNaN();
    expect(measures.worst_language.value).toBeCloseTo(measures.mexa.value, 12);
    const apart = corpusOf(
      randomCube({ languages: 3, facts: 30, dimensions: 8 }, 3),
      (l, i) => i % 3 !== l,
    );
    const scattered = await measureVectors(apart, measuringOf(apart, 8));
    expect(scattered.measures.disparity.value).toBeNaN();
    expect(scattered.measures.mexa.value).toBeGreaterThan(0);
    const none = changeOf(scattered.measures.disparity, scattered.measures.disparity, 1);
    expect(none.interval).toBeNull();
  });

  it('measures copies of one language without a NaN in what is defined of them', async () => {
    const [rows] = randomCube({ languages: 1, facts: 30, dimensions: 8 }, 3);
    const copies = corpusOf([rows, rows, rows]);
    const { measures } = await measureVectors(copies, measuringOf(copies));
    expect(measures.disparity.value).toBeCloseTo(0, 6);
    expect(measures.mexa.value).toBe(1);
    expect(measures.democratization.value).toBe(1);
    expect(measures.neighbor_consistency.value).toBeCloseTo(1, 12);
  });
});
