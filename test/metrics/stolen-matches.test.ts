import { expect, it } from 'vitest';
import type { PairReport } from '../../src/core/report.ts';
import { stolenFromFact, stolenInPair } from '../../src/metrics/stolen-matches.ts';
import { duplicateSentence, stolenSentence } from '../../src/report/words/page-words.ts';

/** Facts 4, 5 and 6 of languages 0 and 1; cosines by fact. */
const pair = {
  a: 0,
  b: 1,
  facts: Int32Array.of(4, 5, 6),
  matched: Float32Array.of(0.5, 0.5, 0.5),
  rivalInB: { cosine: Float32Array.of(0.75, 0.25, 0.5), fact: Int32Array.of(5, 4, 4) },
  rivalInA: { cosine: Float32Array.of(0.25, 1, 0.75), fact: Int32Array.of(6, 6, 5) },
} as PairReport;

it('a match is stolen where a rival is nearer, not where it ties; largest lead first', () => {
  expect(stolenInPair(pair, 0)).toEqual([{ from: 0, to: 1, fact: 4, thief: 5, lead: 0.25 }]);
  expect(
    stolenInPair(pair, 1).map(({ from, to, fact, thief, lead }) => [from, to, fact, thief, lead]),
  ).toEqual([
    [1, 0, 5, 6, 0.5],
    [1, 0, 6, 5, 0.25],
  ]);
});

it('a fact has two directions in each pair that states it, and none without a rival', () => {
  expect(stolenFromFact([pair], 6)).toEqual({
    directions: 2,
    stolen: [{ from: 1, to: 0, fact: 6, thief: 5, lead: 0.25 }],
  });
  expect(stolenFromFact([pair], 7)).toEqual({ directions: 0, stolen: [] });
  const alone = { cosine: Float32Array.of(NaN), fact: Int32Array.of(-1) };
  const single = { ...pair, facts: Int32Array.of(4), rivalInA: alone, rivalInB: alone };
  expect(stolenFromFact([single], 4).directions).toBe(0);
});

it('the sentence counts directions and names who steals most often', () => {
  const ids = ['q0', 'q1', 'q2', 'q3', 'q4'];
  const of = (...thieves: number[]) =>
    stolenSentence({ directions: 12, stolen: thieves.map((thief) => ({ thief })) }, ids);
  expect(of()).toMatch(/^In none of 12 directions/);
  expect(of(1, 1, 2)).toMatch(/^In 3 of 12 directions .*: most often fact q1 \(twice\)\.$/);
  expect(of(1, 2)).toMatch(/most often fact q1 and q2 \(once each\)\.$/);
  expect(of(0, 1, 2, 3)).toMatch(/4 different facts, none more than once\.$/);
});

it('names the facts that cannot be told apart from one, each once', () => {
  const ids = ['q0', 'q1', 'q2', 'q3'];
  expect(
    duplicateSentence(
      [
        [0, 1],
        [0, 1, 2],
        [2, 3],
      ],
      0,
      ids,
    ),
  ).toContain('fact q1, q2 in');
  expect(duplicateSentence([[2, 3]], 0, ids)).toBe('');
});
