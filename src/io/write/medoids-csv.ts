import type { AnswerTable } from '../../core/answers.ts';
import { medoidsOf, votesByQuestion, type Votes } from '../../core/votes.ts';
import { toCsv, type CsvCell } from './to-csv.ts';

const COLUMNS = ['task', 'question', 'model', 'language', 'sample', 'cluster', 'score', 'winner'];

/**
 * Every clustered answer with its score (mean cosine to answers in other languages less the floor); of each vote the
 * answer of the winning cluster with the highest score, the medoid, is marked 2, the others of that cluster 1.
 */
export function medoidsCsv({
  table,
  choices,
  confidence,
  election: { votes },
}: {
  table: AnswerTable;
  choices: Int32Array;
  confidence: Float64Array;
  election: { votes: Votes };
}): string {
  const { answers, questions, tasks, models, languages } = table;
  const rowOf = votesByQuestion(votes, questions.length);
  const rows = Int32Array.from(choices.keys()).filter((answer) => choices[answer] >= 0);
  const voteOf = (answer: number): number =>
    rowOf.get(answers.model[answer] * questions.length + answers.question[answer]) ?? -1;
  const medoids = medoidsOf(table, votes, { choices, scores: confidence });
  function* lines(): Generator<CsvCell[]> {
    yield [...COLUMNS, 'text'];
    for (const answer of rows) {
      const row = voteOf(answer);
      const { task, id } = questions[answers.question[answer]];
      const isWinner = row >= 0 && choices[answer] === votes.winner[row];
      yield [
        ...[tasks[task].name, id, models[answers.model[answer]]],
        ...[languages[answers.language[answer]].label, answers.sample[answer]],
        ...[choices[answer] + 1, confidence[answer]],
        ...[medoids[row] === answer ? 2 : Number(isWinner), answers.text[answer]],
      ];
    }
  }
  return toCsv(lines());
}
