import { beforeAll, describe, expect, it } from 'vitest';
import { fitAdapter } from '../../src/adapters/fit-adapter.ts';
import { compareHeldOut } from '../../src/adapters/judge-adapter.ts';
import { leaveOneOut } from '../../src/adapters/leave-one-out.ts';
import type { Baseline } from '../../src/adapters/baseline.ts';
import type { FitSettings } from '../../src/core/adapter.ts';
import { LAB_MEASURES, type LabReport } from '../../src/core/lab.ts';
import { recommend } from '../../src/core/recommend.ts';
import { recommendationSentence, verdictOf } from '../../src/report/words/lab-words.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import {
  baselineOf,
  inputOf,
  measureOf,
  settingsOf,
  turnedCorpus,
  untouched,
} from '../helpers/lab.ts';

const turned = turnedCorpus({ facts: 300, turn: 0.5, noise: 0.8 });
let baseline: Baseline;
beforeAll(async () => void (baseline = await baselineOf(turned)));

const fitted = (settings: FitSettings, on = baseline): Promise<LabReport> =>
  fitAdapter(inputOf(on, settings), untouched);

describe('a fit on languages that are turned against each other', () => {
  let reports: LabReport[];
  beforeAll(async () => {
    reports = [];
    for (const method of ['centering', 'lir', 'procrustes', 'ridge'] as const)
      reports.push(await fitted(settingsOf(method)));
  }, 60_000);

  it('finds that Procrustes helps beyond centering, and recommends by validation facts', () => {
    const [centering, , procrustes] = reports;
    expect(measureOf(procrustes, 'mexa').test.interval![0]).toBeGreaterThan(0);
    expect(measureOf(procrustes, 'mexa').overCentering.interval![0]).toBeGreaterThan(0);
    expect(measureOf(procrustes, 'disparity').test.interval![1]).toBeLessThan(0);
    expect(verdictOf(procrustes, null).kind).toBe('helps');
    expect(measureOf(centering, 'mexa').overCentering).toMatchObject({
      difference: 0,
      interval: [0, 0],
    });
    const advice = recommend(reports)!;
    expect(['procrustes', 'ridge']).toContain(advice.candidates[advice.chosen].method);
    expect(recommendationSentence(advice)).toMatch(/is recommended/);
    expect(recommend(reports.slice(0, 1))!.candidates.map(({ method }) => method)).toEqual([
      'none',
      'centering',
    ]);
  });

  it('finds no held-out gain over centering on shuffled facts', () => {
    for (const { controls, settings } of reports) {
      const usesPairs = settings.method === 'procrustes' || settings.method === 'ridge';
      expect(controls.shuffled !== null, settings.method).toBe(usesPairs);
      if (controls.shuffled !== null)
        expect(controls.shuffled.interval![0], settings.method).toBeLessThanOrEqual(0);
      expect(controls.rotation.interval![1]).toBeLessThan(0);
      expect(controls.consistency).toBeGreaterThan(0.5);
    }
  });

  it('judges what compares the same facts alike: as a comparison of runs does', async () => {
    const [, , procrustes] = reports;
    const comparison = await compareHeldOut(procrustes.adapter, baseline, unwatched);
    expect(procrustes.heldOut.facts).toBe(comparison.corpus.facts.length);
    const { test } = measureOf(procrustes, 'strong');
    expect(comparison.scaler).toBe('given');
    expect(comparison.overall.strong.before.value).toBeCloseTo(test.before, 12);
    expectClose(comparison.overall.strong.interval!, test.interval!, 1e-12);
    const { variance } = comparison;
    const disparity = measureOf(procrustes, 'disparity').test;
    expect(1 - variance.after!.fact.value).toBeCloseTo(disparity.after, 12);
  });

  it('measures everything in every part, at one number of facts', () => {
    for (const { measures, validationScores, mexaAt, split } of reports) {
      expect(measures.map(({ id }) => id)).toEqual([...LAB_MEASURES]);
      expect(mexaAt).toBe(60);
      expect(validationScores).toHaveLength(split.validation.length);
      const mexa = measures.find(({ id }) => id === 'mexa')!;
      const mean = validationScores.reduce((a, b) => a + b, 0) / validationScores.length;
      expect(mean).toBeCloseTo(mexa.validation.after, 12);
      for (const { id, test, train } of measures)
        for (const value of [test.difference, train.before, train.after])
          expect(value, id).not.toBeNaN();
    }
  });

  it('tells a rotation that knows its training facts by heart from one that helps', async () => {
    const few = await baselineOf(turnedCorpus({ facts: 34, turn: 0.1, noise: 3 }));
    const report = await fitted(settingsOf('procrustes', { strength: 0 }), few);
    expect(verdictOf(report, null)).toMatchObject({ kind: 'overfits' });
    expect(verdictOf(report, null).sentence).toMatch(/on training facts and .* on held-out ones/);
  });
});

describe('an adapter that is trained', () => {
  it('is judged like the others, and its shuffled control does not help', async () => {
    const { context, reports: progress } = watched();
    const report = await fitAdapter(
      inputOf(baseline, settingsOf('shared-low-rank', { steps: 40 })),
      { ...context, finish: () => false },
    );
    expect(report.training!.curve.length).toBeGreaterThan(1);
    expect(report.controls.shuffled!.interval![0]).toBeLessThanOrEqual(0);
    expect(progress.some(({ partial }) => Array.isArray(partial))).toBe(true);
    expect(progress.at(-1)!.stage).toContain('control');
    expect(progress.at(-1)!.partial).toBeUndefined();
  });

  it('by preferences has their report on held-out pairs', async () => {
    const { preference } = await fitted(settingsOf('preference', { steps: 20 }));
    expect(preference!.test).toBeGreaterThan(0);
    expect(preference!.ranked.before).toBeGreaterThan(0);
  });

  it('is judged on languages that it never saw, by their own mean alone', async () => {
    const { context, reports: progress } = watched();
    for (const method of ['shared-low-rank', 'low-rank'] as const) {
      const found = await leaveOneOut(inputOf(baseline, settingsOf(method)), 20, context);
      expect(found.map(({ tag }) => tag)).toEqual(['en', 'de', 'ru']);
      found.forEach(({ language, before, centred, after, difference, interval }) => {
        expect(before).toBeCloseTo(baseline.raw.test.mexa.byLanguage[language].value, 12);
        expect(centred).toBeCloseTo(baseline.centred.mexa.byLanguage[language].value, 12);
        expect(difference).toBeCloseTo(after - centred, 12);
        expect(interval![0]).toBeLessThanOrEqual(difference);
        expect(interval![1]).toBeGreaterThanOrEqual(difference);
      });
    }
    expect((progress.at(-1)!.partial as unknown[]).length).toBe(3);
  });
});

describe('what cannot be fitted or judged is said in a sentence', () => {
  const few = corpusOf(randomCube({ languages: 2, facts: 20, dimensions: 6 }, 1));

  it('few facts: centering and LIR only', async () => {
    const small = await baselineOf(few);
    expect(small.notices.join(' ')).toContain('There are 20 facts');
    await expect(fitted(settingsOf('ridge'), small)).rejects.toThrow('needs 30 facts');
    const report = await fitted(settingsOf('centering'), small);
    expect(report.measures.map(({ id }) => id)).toEqual([...LAB_MEASURES]);
    expect(verdictOf(report, null).sentence).toMatch(/^Centering/);
    await expect(baselineOf(corpusOf(few2(4)))).rejects.toThrow('Two facts each are needed');
  });

  const few2 = (facts: number) => randomCube({ languages: 2, facts, dimensions: 6 }, 1);

  it('one language, settings out of range, no shared part, no language to leave out', async () => {
    const one = corpusOf(few2(40), (l) => l === 0);
    await expect(baselineOf(one)).rejects.toThrow('needs two languages');
    const two = await baselineOf(corpusOf(few2(60)));
    const settings = settingsOf('shared-low-rank', { rank: 7 });
    await expect(fitted(settings, two)).rejects.toThrow('rank');
    await expect(fitted(settingsOf('low-rank', { learningRate: 0 }), two)).rejects.toThrow(
      'learning rate',
    );
    const missing = { ...settingsOf('ridge'), target: 'xx' };
    await expect(fitted(missing, two)).rejects.toThrow('xx');
    const votes = settingsOf('preference', { rank: 2 });
    votes.preference = { ...votes.preference, source: 'votes' };
    await expect(fitted(votes, two)).rejects.toThrow('no preference pairs from votes');
    const input = inputOf(two, settingsOf('ridge'));
    await expect(leaveOneOut(input, 5, unwatched)).rejects.toThrow('nothing that languages share');
    const low = inputOf(two, settingsOf('low-rank', { rank: 2 }));
    await expect(leaveOneOut(low, 5, unwatched)).rejects.toThrow('no pair left to train on');
  });

  it('a number that is none is an error, not a language without texts', async () => {
    const broken = corpusOf(few2(60));
    broken.vectors.data[7] = NaN;
    await expect(baselineOf(broken)).rejects.toThrow(/Row \d+ of the vectors contains NaN/);
  });

  it('holes, a language of one text, a language without test facts', async () => {
    const cube = randomCube({ languages: 4, facts: 120, dimensions: 8 }, 2);
    const scarce = await baselineOf(
      corpusOf(cube, (l, i) => (l === 3 ? i === 7 : (l + i) % 5 > 0)),
    );
    expect(scarce.notices.join(' ')).toContain('Hindi is left out');
    const pair = await baselineOf(corpusOf(cube, (l, i) => (l === 0 ? i === 7 : l < 3)));
    const { settings } = await fitted(settingsOf('ridge', { strength: 1 }), pair);
    expect(settings.target).toBe('de');
    const report = await fitted(settingsOf('procrustes', { strength: 0.3 }), scarce);
    expect(measureOf(report, 'mexa').test.difference).not.toBeNaN();
    expect(report.adapter.languages.map(({ tag }) => tag)).toEqual(['en', 'de', 'ru']);
    const trained = await fitted(settingsOf('low-rank', { steps: 20 }), scarce);
    expect(trained.adapter.languages.map(({ tag }) => tag)).toEqual(['en', 'de', 'ru']);
    const { train } = scarce.split;
    const unseen = await baselineOf(corpusOf(cube, (l, i) => l < 3 || train.includes(i)));
    expect(unseen.notices.join(' ')).toMatch(/Hindi/);
    const judged = await fitted(settingsOf('centering'), unseen);
    expect(judged.measures).toHaveLength(LAB_MEASURES.length);
  });

  it('identical languages have nothing to gain', async () => {
    const [rows] = randomCube({ languages: 1, facts: 60, dimensions: 8 }, 2);
    const same = await baselineOf(corpusOf([rows, rows, rows]));
    const report = await fitted(settingsOf('procrustes', { strength: 0.1 }), same);
    expect(measureOf(report, 'mexa').test).toMatchObject({ before: 1, after: 1, interval: [0, 0] });
    expect(verdictOf(report, null).kind).toBe('no gain');
  });
});

describe('a fit on one pair of languages', () => {
  it('maps one onto the other, not both past each other, and finds a planted rotation', async () => {
    const pair = await baselineOf(turnedCorpus({ facts: 300, turn: 1, noise: 0.5 }, 2));
    for (const method of ['procrustes', 'ridge'] as const) {
      const { settings, adapter, measures, notices } = await fitted(settingsOf(method), pair);
      const [target, other] = adapter.languages;
      expect([settings.target, target.linear.kind, other.linear.kind]).toEqual([
        target.tag,
        'identity',
        'full',
      ]);
      expect(notices.join(' ')).toMatch(/Of two languages .* the target is/);
      const mexa = measures.find(({ id }) => id === 'mexa')!;
      expect(mexa.overCentering.difference, method).toBeGreaterThan(0.3);
    }
  });
});
