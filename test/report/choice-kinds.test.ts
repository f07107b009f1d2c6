import { expect, it } from 'vitest';
import { NOT_ANSWERED, type ChoiceGrid } from '../../src/core/question-answers.ts';
import { countChoices, gridSentence, isOfKind } from '../../src/report/words/choice-kinds.ts';

const grid: ChoiceGrid = {
  task: 0,
  model: 0,
  questions: [0, 1, 2, 3].map((index) => ({ index, id: String(index), gold: 0, options: 4 })),
  // prettier-ignore
  choices: Int32Array.of(
    0, 0, 0, 0,
    0, 1, 1, -1,
    2, 2, 2, NOT_ANSWERED,
    NOT_ANSWERED, NOT_ANSWERED, NOT_ANSWERED, NOT_ANSWERED,
  ),
};
const counts = grid.questions.map((_, row) => countChoices(grid, row, 4));

it('counts only languages that answered, and wrong options apart', () => {
  expect(counts[1]).toEqual({ known: true, answered: 4, right: 1, invalid: 1, sharedWrong: 2 });
  expect(counts[2]).toEqual({ known: true, answered: 3, right: 0, invalid: 0, sharedWrong: 3 });
});

it('sorts questions into kinds, one without answers into none', () => {
  const kinds = (['everywhere', 'nowhere', 'island', 'shared-wrong', 'invalid'] as const).map(
    (kind) => counts.flatMap((own, row) => (isOfKind(own, kind) ? [row] : [])),
  );
  expect(kinds).toEqual([[0], [2], [1], [1, 2], [1]]);
});

it('says the counts of answered questions', () => {
  expect(gridSentence(counts, true)).toBe(
    '3 answered questions: 1 right in every language, 1 in none, 1 in exactly one',
  );
});
