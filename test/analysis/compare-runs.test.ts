import { describe, expect, it } from 'vitest';
import { comparePairs } from '../../src/analysis/compare-pairs.ts';
import { compareRuns, type RunsInput } from '../../src/analysis/compare-runs.ts';
import { treat } from '../../src/analysis/treat.ts';
import { chooseKernels } from '../../src/compute/choose-kernels.ts';
import { takeRenderings } from '../../src/core/common-corpus.ts';
import type { EmbeddedCorpus } from '../../src/core/corpus.ts';
import { row, takeRows } from '../../src/core/matrix.ts';
import { METRICS } from '../../src/core/metric-catalog.ts';
import type { EmbeddedRun, RunComparison } from '../../src/core/run-comparison.ts';
import { corpusOf, matrixOf, randomCube, type Cube } from '../helpers/corpora.ts';
import { products } from '../helpers/pairs.ts';

const { kernels } = await chooseKernels('wasm');
const quiet = { signal: new AbortController().signal, report: () => undefined };
const run = ({
  before,
  after,
  scaler = 'own',
}: {
  before: EmbeddedCorpus;
  after: EmbeddedCorpus;
  scaler?: RunsInput['scaler'];
}) =>
  compareRuns(
    { before: pictured(before), after: pictured(after), scaler, seed: 1 },
    kernels,
    quiet,
  );

/** With the first two numbers of each vector as its picture. */
function pictured({ corpus, vectors }: EmbeddedCorpus): EmbeddedRun {
  const points = Array.from({ length: vectors.rows }, (_, r) => [
    ...row(vectors, r).subarray(0, 2),
  ]);
  return { corpus, vectors, picture: matrixOf(points) };
}

const cubeOf = (noise: number, dimensions = 12): Cube =>
  randomCube({ languages: 3, facts: 60, dimensions }, 5, noise);
const clean = corpusOf(cubeOf(0.4));
const noisy = corpusOf(cubeOf(1.2));

function changeIn({ pairs }: RunComparison, id: 'mean_cosine' | 'mexa' | 'bias') {
  return pairs[0].changes[id].forth;
}

describe('compareRuns', () => {
  it('finds what each run has by itself, and the difference between them', async () => {
    const comparison = await run({ before: clean, after: noisy });
    const [before, after] = [
      await comparePairs({ ...clean, seed: 1 }, kernels, quiet),
      await comparePairs({ ...noisy, seed: 1 }, kernels, quiet),
    ];
    comparison.pairs.forEach(({ changes }, i) => {
      for (const { id } of METRICS) {
        for (const way of ['forth', 'back'] as const) {
          const change = changes[id][way];
          expect(change.before).toEqual(before.pairs[i].scores[id][way]);
          expect(change.after).toEqual(after.pairs[i].scores[id][way]);
          const difference = change.after.value - change.before.value;
          expect(change.difference).toBe(difference);
        }
      }
    });
    expect(comparison.byLanguage[1].mexa.after).toEqual(after.languageScores[1].mexa);
    expect(comparison.variance.before).toEqual(before.variance);
  });

  it('finds noise to be worse beyond doubt, with an interval narrower than two unpaired runs would have', async () => {
    const comparison = await run({ before: clean, after: noisy });
    const { difference, interval, p, adjusted, before, after } = changeIn(
      comparison,
      'mean_cosine',
    );
    expect(interval![0]).toBeLessThan(difference);
    expect(interval![1]).toBeGreaterThan(difference);
    expect(interval![1]).toBeLessThan(0);
    expect(p).toBeLessThan(0.01);
    expect(adjusted).toBeGreaterThanOrEqual(p);
    const width = ([low, high]: readonly [number, number]): number => high - low;
    expect(width(interval!)).toBeLessThan(
      Math.hypot(width(before.interval!), width(after.interval!)) * 1.2,
    );
    expect(comparison.byLanguage[0].mean_cosine.interval![1]).toBeLessThan(0);
    const { overall } = comparison;
    const mean =
      comparison.pairs.reduce((sum, { changes }) => sum + changes.mexa.forth.difference, 0) / 3;
    expect(overall.mexa.difference).toBeCloseTo(mean, 12);
    expect(overall.mexa.interval![1]).toBeLessThan(0);
    expect(overall.mexa.interval![0]).toBeLessThan(mean);
  });

  it('finds no difference between a run and itself', async () => {
    const comparison = await run({ before: clean, after: clean, scaler: 'before' });
    for (const { changes } of comparison.pairs) {
      for (const { id, family } of METRICS) {
        const { difference, interval, p } = changes[id].forth;
        if (Number.isNaN(difference)) continue;
        expect(difference, id).toBe(0);
        if (family !== 'Hubness') expect([interval, p], id).toEqual([[0, 0], 1]);
      }
    }
    expect(comparison.notices).toEqual([]);
    expect(comparison.pictures!.misfit).toBeLessThan(1e-12);
  });

  it('does not take a change of one fact for more than it is', async () => {
    const changed = structuredClone(clean);
    const [own, other] = [row(changed.vectors, 60), row(changed.vectors, 61)];
    own.set(other.map((value) => -value));
    const { pairs, overall } = await run({ before: clean, after: changed });
    const { difference, p, interval } = pairs[0].changes.mexa.forth;
    expect(difference).toBeCloseTo(-1 / 60, 12);
    expect(p).toBeGreaterThan(0.5);
    expect(interval![1]).toBe(0);
    expect(pairs[1].changes.mexa.forth).toMatchObject({ difference: 0, p: 1 });
    expect(overall.mexa.interval![1]).toBe(0);
  });

  it('compares what both runs have, and says how much that is', async () => {
    const rows = Int32Array.from(noisy.corpus.renderings.text.keys()).filter((r) => r % 60 < 30);
    const part: EmbeddedCorpus = {
      corpus: takeRenderings(noisy.corpus, rows),
      vectors: takeRows(noisy.vectors, rows),
    };
    const comparison = await run({ before: clean, after: part });
    expect(comparison.pairs.map(({ n }) => n)).toEqual([30, 30, 30]);
    expect(comparison.pictures!.before.rows).toBe(90);
    expect(comparison.notices[0]).toContain('on the 30 facts, 3 languages and 90 texts that both');
  });

  it('compares runs of other lengths of vectors, each z-scored by itself', async () => {
    const longer = corpusOf(cubeOf(0.4, 20));
    const comparison = await run({ before: clean, after: longer });
    expect(changeIn(comparison, 'bias').difference).not.toBeNaN();
    await expect(run({ before: clean, after: longer, scaler: 'before' })).rejects.toThrow(
      'vectors of 12 and 20 numbers lie in no common space',
    );
  });

  it('measures the bias of a treated run with the z-scores of the untreated one', async () => {
    const after = await treat(clean, { kind: 'centering' }, products);
    const own = await run({ before: clean, after });
    const shared = await run({ before: clean, after, scaler: 'before' });
    expect(changeIn(shared, 'bias').before).toEqual(changeIn(own, 'bias').before);
    expect(changeIn(shared, 'bias').after.value).not.toBe(changeIn(own, 'bias').after.value);
    expect(changeIn(shared, 'mexa')).toEqual(changeIn(own, 'mexa'));
  });

  it('takes means over the pairs in which both runs have the metric', async () => {
    const cube = cubeOf(0.4);
    cube[2] = cube[2].map((vector) => vector.map((value, k) => (k === 0 ? -60 : 0) + value));
    cube[0].forEach((vector) => (vector[0] += 60));
    cube[1].forEach((vector) => (vector[0] += 60));
    const { pairs, byLanguage, overall } = await run({ before: clean, after: corpusOf(cube) });
    const [both, onlyBefore] = pairs.map(({ changes }) => changes.margin_ratio.forth);
    expect(onlyBefore.before.value).not.toBeNaN();
    expect(onlyBefore.after.value).toBeNaN();
    expect(byLanguage[0].margin_ratio.before.value).toBe(both.before.value);
    expect(byLanguage[0].margin_ratio.difference).toBe(both.difference);
    expect(byLanguage[2].margin_ratio.before.value).toBeNaN();
    expect(overall.margin_ratio.difference).toBe(both.difference);
  });

  it('warns of few facts', async () => {
    const few = corpusOf(cubeOf(0.4).map((facts) => facts.slice(0, 3)));
    const { notices, pairs } = await run({ before: few, after: clean });
    expect(notices[0]).toMatch('All pairs of languages share fewer than 20 facts (the fewest 3)');
    for (const { changes } of pairs)
      for (const { id } of METRICS) expect(changes[id].forth.adjusted).not.toBeLessThan(0.25);
  });

  it('counts texts that differ under one id', async () => {
    const other = structuredClone(clean);
    other.corpus.renderings.text[7] = 'something else';
    const { notices } = await run({ before: clean, after: other });
    expect(notices[0]).toMatch(/^1 of 180 texts are not the same/);
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort();
    const [before, after] = [pictured(clean), pictured(noisy)];
    const input: RunsInput = { before, after, scaler: 'own', seed: 1 };
    await expect(compareRuns(input, kernels, { signal, report: () => undefined })).rejects.toThrow(
      'The comparison of the runs was stopped.',
    );
  });
});
