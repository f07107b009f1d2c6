import { expect, it } from 'vitest';
import { fieldNames } from '../../../src/io/answers/fields.ts';

it('takes a list of accepted answers beside a prediction for the right ones', () => {
  const names = ['id', 'lang', 'prediction', 'answers'];
  expect(fieldNames(names)).toMatchObject({ answer: 'prediction', gold: 'answers' });
});

it('takes an answer beside a response for the right one', () => {
  expect(fieldNames(['response', 'answer'])).toMatchObject({ answer: 'response', gold: 'answer' });
});
