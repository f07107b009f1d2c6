import { expect, it } from 'vitest';
import { choiceGrid, questionAnswers } from '../../src/answers/question-answers.ts';
import { MOST_CHARACTERS, NOT_ANSWERED } from '../../src/core/question-answers.ts';
import { answerTable } from '../helpers/answer-tables.ts';

const table = answerTable({
  languages: ['en', 'de'],
  tasks: ['x_csqa', 'x_geo'],
  models: ['one', 'two'],
  questions: [
    { id: 'a', gold: 0 },
    { id: 'b', task: 1, gold: 2, options: 3 },
    { id: 'c', gold: 3 },
  ],
  answers: [
    { question: 0, language: 'de', text: 'A', model: 'one', sample: 1 },
    { question: 0, language: 'de', text: 'B', model: 'one' },
    { question: 0, language: 'en', text: 'A', model: 'one' },
    { question: 0, language: 'en', text: 'x'.repeat(MOST_CHARACTERS + 5), model: 'two' },
    { question: 1, language: 'en', text: 'C', model: 'one' },
    { question: 2, language: 'en', text: '?', model: 'one' },
  ],
});
const choices = Int32Array.of(0, 1, 0, -1, 2, -1);

it('a question has the answers of one model by language and sample, and votes that sum to the valid ones', () => {
  const { answers, votes, wordings } = questionAnswers(table, choices, { question: 0, model: 0 });
  expect(answers.map(({ language, sample, text }) => [language, sample, text])).toEqual([
    [0, 0, 'A'],
    [1, 0, 'B'],
    [1, 1, 'A'],
  ]);
  expect(votes).toEqual([2, 1, 0, 0]);
  expect(wordings).toHaveLength(2);
});

it('an answer that is too long to read is cut, and its length is kept', () => {
  const { answers } = questionAnswers(table, choices, { question: 0, model: 1 });
  expect(answers[0].text).toHaveLength(MOST_CHARACTERS);
  expect(answers[0].length).toBe(MOST_CHARACTERS + 5);
});

it('the grid of a task tells an invalid first answer from none at all', () => {
  const grid = choiceGrid(table, choices, { task: 0, model: 0 });
  expect(grid.questions.map(({ id, index }) => [id, index])).toEqual([
    ['a', 0],
    ['c', 2],
  ]);
  expect(Array.from(grid.choices)).toEqual([0, 1, -1, NOT_ANSWERED]);
});
