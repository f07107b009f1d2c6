import { describe, expect, it } from 'vitest';
import type { GivenAnswer, QuestionAnswers } from '../../src/core/question-answers.ts';
import { questionSentence } from '../../src/report/words/answer-words.ts';

function answered(gold: number, choices: [language: number, choice: number][]): QuestionAnswers {
  const answers = choices.map(([language, choice], sample): GivenAnswer => ({
    language,
    sample,
    text: '',
    length: 0,
    choice,
    logprob: NaN,
  }));
  const votes = [0, 1, 2].map((option) => choices.filter(([, own]) => own === option).length);
  const question = { task: 0, id: 'q', options: 3, gold, fiction: null };
  return { question, wordings: [], answers, votes };
}

describe('the sentence of a question', () => {
  it('counts languages and votes apart, an invalid answer in neither', () => {
    const given = answered(1, [
      [0, 1],
      [0, 0],
      [1, 1],
      [2, -1],
    ]);
    expect(questionSentence(given)).toBe(
      'Right in 2 of 3 languages, in 2 of 4 answers. The vote elects B, which is right, with 2 of 3 valid answers.',
    );
  });
  it('names a tie instead of a winner', () => {
    const given = answered(2, [
      [0, 0],
      [1, 1],
    ]);
    expect(questionSentence(given)).toBe(
      'Right in 0 of 2 languages. The vote is tied between A and B, with 1 of 2 valid answers each.',
    );
  });
  it('says nothing about right and wrong where the right option is not known', () => {
    expect(questionSentence(answered(-1, [[0, 2]]))).toBe(
      'Answered in 1 language; no right option is known. The vote elects C, with 1 of 1 valid answer.',
    );
  });
});
