import { describe, expect, it } from 'vitest';
import { recommend } from '../../src/core/recommend.ts';
import {
  heldOutSentence,
  recommendationSentence,
  verdictOf,
} from '../../src/report/words/lab-words.ts';
import { change, reportOf } from '../helpers/lab-reports.ts';

describe('verdictOf', () => {
  it('helps where W and MEXA improve and centering is not better, and says the numbers', () => {
    const { kind, sentence } = verdictOf(reportOf(), null);
    expect(kind).toBe('helps');
    expect(sentence).toContain('n = 60 facts, MEXA among 60');
    expect(sentence).toContain('0.500 before, 0.700 after (+0.200, 95 % +0.190 to +0.210)');
    expect(sentence).toContain('0.400 before, 0.300 after (−0.100, 95 % −0.110 to −0.090)');
    expect(sentence).toContain('Against centering alone MEXA is better (+0.100');
  });

  it('does not help where centering is as good, which is the baseline to beat', () => {
    const alike = { mexaOverCentering: change(0.7, 0.7), wOverCentering: change(0.3, 0.3) };
    expect(verdictOf(reportOf(alike), null)).toMatchObject({
      kind: 'no gain',
      sentence: expect.stringContaining('no gain over centering') as string,
    });
    expect(verdictOf(reportOf({ ...alike, method: 'centering' }), null).kind).toBe('helps');
    const behind = { ...alike, wOverCentering: change(0.2, 0.3) };
    expect(verdictOf(reportOf(behind), null).sentence).toContain('no gain over centering');
    const better = { ...alike, wOverCentering: change(0.31, 0.3) };
    expect(verdictOf(reportOf(better), null).kind).toBe('helps');
  });

  it('helps in part where beside centering one gets better and the other worse', () => {
    const { kind, sentence } = verdictOf(reportOf({ wOverCentering: change(0.2, 0.3) }), null);
    expect(kind).toBe('helps in part');
    expect(sentence).toMatch(/MEXA is better .*, W is worse/);
  });

  it('helps in part where one of the two may be chance or is worse, and says which', () => {
    const { kind, sentence } = verdictOf(reportOf({ w: change(0.4, 0.405) }), null);
    expect(kind).toBe('helps in part');
    expect(sentence).toContain('W does not change beyond chance, MEXA improves');
    expect(
      verdictOf(reportOf({ mexa: change(0.7, 0.65), train: { before: 0.5, after: 0.6 } }), null)
        .sentence,
    ).toContain('W improves, MEXA gets worse');
    const neither = {
      mexa: change(0.5, 0.501),
      w: change(0.4, 0.405),
      train: { before: 0.5, after: 0.5 },
    };
    expect(verdictOf(reportOf(neither), null).kind).toBe('no gain');
  });

  it('overfits where training facts run away from held-out ones by more than 0.2', () => {
    const overfitted = (after: number) =>
      verdictOf(reportOf({ train: { before: 0.5, after } }), null);
    expect(overfitted(0.95)).toMatchObject({ kind: 'overfits' });
    expect(overfitted(0.89)).toMatchObject({ kind: 'helps' });
    const apartBefore = reportOf({ train: { before: 0.75, after: 0.95 } });
    expect(verdictOf(apartBefore, null).kind).toBe('helps');
  });

  it('trades where neighbours within languages change or more false statements pass', () => {
    expect(verdictOf(reportOf({ consistency: 0.4 }), null)).toMatchObject({
      kind: 'trades',
      sentence: expect.stringContaining('RankC of before and after is 0.400') as string,
    });
    const passing = (before: number, after: number) =>
      verdictOf(reportOf(), { statements: 200, before, after }).kind;
    expect(passing(20, 60)).toBe('trades');
    expect(passing(20, 25)).toBe('helps');
    expect(passing(60, 20)).toBe('helps');
  });

  it('is not judged on fewer than 30 facts in all', () => {
    const report = reportOf();
    report.split.train = new Int32Array(25);
    expect(verdictOf(report, null).kind).toBe('not judged');
    report.split.train = new Int32Array(26);
    expect(verdictOf(report, null).kind).toBe('helps');
  });

  it('is not judged without intervals', () => {
    const w = { ...change(0.4, 0.3), interval: null };
    expect(verdictOf(reportOf({ w }), null)).toMatchObject({ kind: 'not judged' });
  });
});

describe('recommend', () => {
  const facts = (hits: number): number[] => Array.from({ length: 100 }, (_, i) => Number(i < hits));
  const fit = (method: 'centering' | 'procrustes' | 'ridge', hits: number) =>
    reportOf({ method, validation: facts(hits), validationBefore: facts(50) });

  it('takes the simplest that is not beyond chance below the best', () => {
    const reports = [fit('ridge', 81), fit('centering', 60), fit('procrustes', 80)];
    const advice = recommend(reports)!;
    expect(advice.candidates.map(({ method }) => method)).toEqual([
      'none',
      'centering',
      'procrustes',
      'ridge',
    ]);
    expect(advice.candidates[advice.chosen]).toMatchObject({ method: 'procrustes', report: 2 });
    expect(advice.candidates[advice.best]).toMatchObject({ method: 'ridge', interval: null });
    expect(recommendationSentence(advice)).toContain('it is the simplest');
    expect(recommendationSentence(advice)).toContain('0.800');
  });

  it('says beside the recommendation what held-out facts say', () => {
    const same = { before: 0.5, after: 0.5 };
    const still = { mexa: change(0.5, 0.5), w: change(0.4, 0.4), train: same };
    expect(heldOutSentence(reportOf(), null)).toBe(
      'Its verdict on held-out facts: helps; W improves, MEXA improves.',
    );
    expect(heldOutSentence(reportOf(still), null)).toMatch(/: no gain; W does not change beyond/);
  });

  it('takes none where none is better', () => {
    for (const hits of [40, 51]) {
      const advice = recommend([fit('ridge', hits)])!;
      expect(advice.candidates[advice.chosen].method).toBe('none');
      expect(recommendationSentence(advice)).toMatch(/^Nothing helps/);
    }
    expect(recommend([])).toBeNull();
  });

  it('looks at facts that all have a score for, and refuses other splits', () => {
    const holey = fit('ridge', 80);
    holey.validationScores[0] = NaN;
    expect(recommend([holey, fit('centering', 60)])!.facts).toBe(99);
    const other = { ...fit('ridge', 80), split: { ...holey.split, hash: 'two' } };
    expect(() => recommend([holey, other])).toThrow('other splits');
  });
});
