import type { AnswerTable } from '../../src/core/answers.ts';
import { answerTable } from './answer-tables.ts';

/** Letters by language, one string for each question: 'AB-' is three samples, the last of them invalid; '' is none. */
export function lettered(
  letters: Record<string, string[]>,
  gold: number[] = [],
): { table: AnswerTable; choices: Int32Array } {
  const languages = Object.keys(letters);
  const answers = languages.flatMap((language) =>
    letters[language].flatMap((samples, question) =>
      Array.from(samples, (text, sample) => ({ question, language, text, sample })),
    ),
  );
  const questions = letters[languages[0]].map((_, q) => ({ gold: gold[q] ?? -1, options: 5 }));
  const table = answerTable({ languages, questions, answers });
  const choices = Int32Array.from(table.answers.text, (text) => 'ABCDEFGHIJ'.indexOf(text));
  return { table, choices };
}
