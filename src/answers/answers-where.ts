import type { AnswerTable } from '../core/answers.ts';

/** The table with the answers alone of which a condition holds, by their row. */
export function answersWhere(table: AnswerTable, holds: (row: number) => boolean): AnswerTable {
  const { question, language, model, sample, logprob, text } = table.answers;
  const rows = Int32Array.from(question.keys()).filter(holds);
  const taken = (column: Int32Array): Int32Array => Int32Array.from(rows, (row) => column[row]);
  return {
    ...table,
    answers: {
      question: taken(question),
      language: taken(language),
      model: taken(model),
      sample: taken(sample),
      logprob: Float64Array.from(rows, (row) => logprob[row]),
      text: Array.from(rows, (row) => text[row]),
    },
  };
}

/** The table with the answers of one model to one task alone. */
export function answersOf(table: AnswerTable, task: number, model: number): AnswerTable {
  const { answers, questions } = table;
  return answersWhere(
    table,
    (row) => answers.model[row] === model && questions[answers.question[row]].task === task,
  );
}
