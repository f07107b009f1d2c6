import type { AnswerTable } from '../core/answers.ts';
import {
  MOST_CHARACTERS,
  NOT_ANSWERED,
  type ChoiceGrid,
  type GivenAnswer,
  type QuestionAnswers,
} from '../core/question-answers.ts';

/** @param choices of every answer, -1 where invalid */
export function questionAnswers(
  table: AnswerTable,
  choices: Int32Array,
  { question, model }: { question: number; model: number },
): QuestionAnswers {
  const own = table.questions[question];
  const rows = rowsOf(table, (row) => table.answers.question[row] === question, model);
  const answers = rows.map((row) => givenAnswer(table, choices, row)).sort(inOrder);
  const L = table.languages.length;
  return {
    question: own,
    wordings: table.wordings.slice(question * L, (question + 1) * L),
    answers,
    votes: Array.from(
      { length: own.options },
      (_, option) => answers.filter(({ choice }) => choice === option).length,
    ),
  };
}

/** @param choices of every answer, -1 where invalid */
export function choiceGrid(
  table: AnswerTable,
  choices: Int32Array,
  { task, model }: { task: number; model: number },
): ChoiceGrid {
  const questions = table.questions.flatMap(({ task: own, id, gold, options }, index) =>
    own === task ? [{ index, id, gold, options }] : [],
  );
  const rowOf = new Int32Array(table.questions.length).fill(-1);
  questions.forEach(({ index }, row) => (rowOf[index] = row));
  const L = table.languages.length;
  const grid = new Int32Array(questions.length * L).fill(NOT_ANSWERED);
  const { question, language, sample } = table.answers;
  for (const row of rowsOf(table, (r) => rowOf[question[r]] >= 0 && sample[r] === 0, model))
    grid[rowOf[question[row]] * L + language[row]] = choices[row];
  return { task, model, questions, choices: grid };
}

function rowsOf(
  { answers }: AnswerTable,
  isWanted: (row: number) => boolean,
  model: number,
): number[] {
  const rows: number[] = [];
  for (let row = 0; row < answers.text.length; row++)
    if (answers.model[row] === model && isWanted(row)) rows.push(row);
  return rows;
}

function givenAnswer({ answers }: AnswerTable, choices: Int32Array, row: number): GivenAnswer {
  const text = answers.text[row];
  return {
    language: answers.language[row],
    sample: answers.sample[row],
    text: text.slice(0, MOST_CHARACTERS),
    length: text.length,
    choice: choices[row],
    logprob: answers.logprob[row],
  };
}

function inOrder(a: GivenAnswer, b: GivenAnswer): number {
  return a.language - b.language || a.sample - b.sample;
}
