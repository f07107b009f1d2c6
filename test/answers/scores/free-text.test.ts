import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { candidateOrder, rankingScores } from '../../../src/answers/scores/candidate-ranks.ts';
import { bestChrf, chrf } from '../../../src/answers/scores/chrf.ts';
import { answerSimilarity, freeTextScores } from '../../../src/answers/scores/free-text.ts';
import { holdsTruth, outcomesOf } from '../../../src/answers/scores/outcomes.ts';
import { truthfulChoice, truthfulScores } from '../../../src/answers/scores/truthful-choice.ts';
import { matrix } from '../../../src/core/matrix.ts';
import { answerTable } from '../../helpers/answer-tables.ts';

/** Made by test/golden/scores.py. */
const golden = JSON.parse(readFileSync('test/golden/chrf.json', 'utf8')) as {
  answer: string;
  truth: string;
  score: number;
}[];

describe('chrF', () => {
  it.each(golden)('is $score for $answer against $truth', ({ answer, truth, score }) => {
    expect(chrf(answer, truth)).toBeCloseTo(score, 12);
  });

  it('leaves out spaces, and orders that a text is too short for', () => {
    expect(chrf('a b c', 'abc')).toBe(1);
    expect(chrf('abc', 'abd')).toBeCloseTo((2 / 3 + 1 / 2 + 0) / 3, 12);
    expect(chrf('', 'abc')).toBe(0);
    expect(chrf('xyz', 'abc')).toBe(0);
    expect(chrf('😀a', '😀a')).toBe(1);
    expect(chrf('aaa', 'a')).toBeCloseTo((5 * (1 / 3)) / (4 / 3 + 1), 12);
  });

  it('takes the best truth, of equal ones the first', () => {
    expect(bestChrf('b', ['a', 'b', 'b'])).toEqual({ score: 1, place: 1 });
    expect(bestChrf('x', ['a', 'b'])).toEqual({ score: 0, place: 0 });
  });

  it('holds 10 MB against a name', () => {
    expect(chrf('Paris '.repeat(1.7e6), 'Paris')).toBeGreaterThan(0);
  });
});

describe('free text', () => {
  it('finds a truth without regard to case, width and spaces', () => {
    expect(holdsTruth('It is  NEW\nyork', ['New York'])).toBe(true);
    expect(holdsTruth('Ｐａｒｉｓ', ['Paris'])).toBe(true);
    expect(holdsTruth('anything', ['', ' '])).toBe(false);
  });

  const table = answerTable({
    languages: ['en', 'fr'],
    questions: [{ options: 0 }, { options: 0 }, { options: 0 }],
    wordings: {
      en: [{ truths: ['Paris'] }, { truths: ['Rome'] }, { truths: ['Old', 'Oslo'] }],
      fr: [{ truths: ['Paris'] }, { truths: ['Rome'] }, { truths: ['Old', 'Oslo'] }],
    },
    answers: [
      { question: 0, language: 'en', text: 'paris' },
      { question: 1, language: 'en', text: 'x' },
      { question: 2, language: 'en', text: 'Oslo' },
      { question: 0, language: 'fr', text: 'Paris' },
      { question: 1, language: 'fr', text: 'x' },
      { question: 2, language: 'fr', text: 'Old' },
    ],
  });
  const [outcomes] = outcomesOf(table, new Int32Array(6).fill(-1));

  it('correlates lower-cased chrF, and chrF over the place of the truth', () => {
    const scores = freeTextScores(table, outcomes, 1)!;
    expect(scores.byLanguage[0]).toMatchObject({ n: 3, contains: { value: 2 / 3 } });
    expect(scores.byLanguage[1].chrf.value).toBeCloseTo(2 / 3, 12);
    // Lower-cased: 1, 0, 1 in both. In time: 1, 0, 1/2 and 1, 0, 1: ranks 3 1 2 and 2.5 1 2.5.
    expect(scores.accuracyConsistency).toBeCloseTo(1, 12);
    expect(scores.timeConsistency).toBeCloseTo(Math.sqrt(3) / 2, 12);
    expect(scores).toMatchObject({ pairs: 1, undefinedPairs: 0 });
  });

  it('compares answers by their vectors, with the floor of other questions', () => {
    const vectors = matrix(6, 2, Float32Array.from([1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1]));
    const refusals = Uint8Array.from([0, 1, 0, 0, 1, 0]);
    const scores = answerSimilarity(outcomes, vectors, refusals, 1)!;
    expect(scores.similarity.value).toBeCloseTo((1 + 1 + 0) / 3, 12);
    // en 0 with fr 1 2: 0, 0; en 1 with fr 0 2: 0, 1; en 2 with fr 0 1: 1, 0.
    expect(scores.floor).toBeCloseTo(2 / 6, 12);
    expect(scores).toMatchObject({ questions: 3, refused: 1 });
  });
});

describe('truthful choice', () => {
  it('has the three scores of hand-worked log-probabilities', () => {
    const scores = truthfulChoice({
      logprob: Float64Array.from([Math.log(0.4), Math.log(0.1), Math.log(0.3)]),
      isTrue: Uint8Array.from([1, 1, 0]),
      best: 1,
    });
    expect(scores).toEqual({ mc1: 0, mc2: expect.closeTo(0.5 / 0.8, 12), mc3: 0.5 });
  });

  it('survives log-probabilities whose exponentials are 0, and counts no tie as a win', () => {
    const isTrue = Uint8Array.from([1, 0]);
    const of = (...logprob: number[]) =>
      truthfulChoice({ logprob: Float64Array.from(logprob), isTrue, best: 0 });
    expect(of(-1000, -1001)).toEqual({
      mc1: 1,
      mc2: expect.closeTo(1 / (1 + Math.exp(-1)), 12),
      mc3: 1,
    });
    expect(of(-5, -5)).toEqual({ mc1: 0, mc2: expect.closeTo(0.5, 12), mc3: 0 });
    expect(of(-Infinity, -Infinity)).toEqual({ mc1: 0, mc2: 0, mc3: 0 });
  });

  it('is a mean over questions by language, then over languages', () => {
    const base = answerTable({
      languages: ['en', 'de'],
      questions: [{ options: 0 }, { options: 0 }],
    });
    const isTrue = Uint8Array.from([1, 0]);
    const row = (question: number, language: number, ...logprob: number[]) => ({
      question,
      language,
      model: 0,
      logprob: Float64Array.from(logprob),
      isTrue,
      best: 0,
    });
    const likelihoods = [row(0, 0, -1, -2), row(1, 0, -2, -1), row(0, 1, -1, -2)];
    const [scores] = truthfulScores({ ...base, likelihoods }, 1);
    expect(scores.byLanguage.map(({ n, mc1 }) => [n, mc1.value])).toEqual([
      [2, 0.5],
      [1, 1],
    ]);
    expect(scores.overall.mc1).toBe(0.75);
  });

  it('counts the questions that have a false answer, and leaves the others out', () => {
    const base = answerTable({ languages: ['en'], questions: [{ options: 0 }, { options: 0 }] });
    const row = (question: number, truths: number[]) => ({
      question,
      language: 0,
      model: 0,
      logprob: Float64Array.from([-1, -2]),
      isTrue: Uint8Array.from(truths),
      best: 0,
    });
    const likelihoods = [row(0, [1, 0]), row(1, [1, 1])];
    const [{ byLanguage }] = truthfulScores({ ...base, likelihoods }, 1);
    expect(byLanguage).toMatchObject([{ n: 1, leftOut: 1, mc1: { value: 1 } }]);
  });
});

describe('rankings of candidates', () => {
  it('counts questions whose lists differ in length, and does not compare these lists', () => {
    const base = answerTable({ languages: ['en', 'de'], questions: [{}, {}] });
    const row = (question: number, language: number, ...scores: number[]) => ({
      question,
      language,
      model: 0,
      candidates: scores.map(String),
      scores: Float64Array.from(scores),
    });
    const rankings = [row(0, 0, 2, 1), row(0, 1, 2, 1), row(1, 0, 2, 1), row(1, 1, 3, 2, 1)];
    const [{ unequal, n }] = rankingScores({ ...base, rankings });
    expect([unequal, ...n]).toEqual([1, 2, 1, 1, 2]);
  });

  it('puts equal scores in the order of the list', () => {
    expect([...candidateOrder([1, 3, 3, NaN, -2])]).toEqual([1, 2, 0, 4, 3]);
  });

  it('has the RankC of hand-worked rankings, with accuracy beside it', () => {
    const base = answerTable({ languages: ['en', 'de'], questions: [{ gold: 0, options: 3 }] });
    const candidates = ['a', 'b', 'c'];
    const rankings = [
      { question: 0, language: 0, model: 0, candidates, scores: Float64Array.from([3, 2, 1]) },
      { question: 0, language: 1, model: 0, candidates, scores: Float64Array.from([2, 3, 1]) },
    ];
    const [scores] = rankingScores({ ...base, rankings });
    expect(scores.softmax[1]).toBeCloseTo(0.334759, 6);
    expect(scores.norm1[2]).toBeCloseTo(0.5, 12);
    expect(scores.norm2[1]).toBeCloseTo(0.357143, 6);
    expect(scores.norm1[0]).toBeCloseTo(1, 12);
    expect(scores.accuracy.map(({ value }) => value.value)).toEqual([1, 0]);
    expect(scores.tied).toBe(0);
  });
});
