import { wordingOf, type AnswerTable } from '../../core/answers.ts';

/** What one model answered to one task, of several samples the first. Matrices are row-major [questions, languages]. */
export interface Outcomes {
  task: number;
  model: number;
  /** Indices into the table, ascending: what has an answer in any language. */
  questions: Int32Array;
  /** Indices into the table, ascending. */
  languages: number[];
  /** Row of the answer, -1 where there is none. */
  row: Int32Array;
  /** The option chosen; -1 where the answer is invalid or missing, or the question is open. */
  choice: Int32Array;
  /** 1 right, 0 wrong, -1 where there is no answer or no right one is known. */
  right: Int8Array;
}

/**
 * The answers by task and model, in that order.
 *
 * @param choices option of each answer, -1 where invalid; see `parseChoices`
 */
export function outcomesOf(table: AnswerTable, choices: Int32Array): Outcomes[] {
  return rowsByTaskAndModel(table).map(({ task, model, rows }) => {
    const { question, language, sample } = table.answers;
    const questions = Int32Array.from(new Set(rows.map((r) => question[r]))).sort();
    const languages = Array.from(new Set(rows.map((r) => language[r]))).sort((a, b) => a - b);
    const questionAt = new Map(Array.from(questions, (q, i) => [q, i]));
    const languageAt = new Map(languages.map((l, i) => [l, i]));
    const row = new Int32Array(questions.length * languages.length).fill(-1);
    for (const r of rows) {
      const e = questionAt.get(question[r])! * languages.length + languageAt.get(language[r])!;
      if (row[e] < 0 || sample[r] < sample[row[e]]) row[e] = r;
    }
    const choice = row.map((r) => (r < 0 ? -1 : choices[r]));
    const right = Int8Array.from(row, (r) => (r < 0 ? -1 : rightness(table, r, choices[r])));
    return { task, model, questions, languages, row, choice, right };
  });
}

function rowsByTaskAndModel({ answers, questions, models }: AnswerTable) {
  const groups = new Map<number, number[]>();
  answers.question.forEach((q, r) => {
    const key = questions[q].task * models.length + answers.model[r];
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [r]);
    else known.push(r);
  });
  return Array.from(groups.keys())
    .sort((a, b) => a - b)
    .map((key) => ({
      task: Math.floor(key / models.length),
      model: key % models.length,
      rows: Int32Array.from(groups.get(key)!),
    }));
}

/** Of an answer by its row: 1 right, 0 wrong, -1 unknown. A fictional fact is held letter by letter, as the release of CLiKA does. */
export function rightness(table: AnswerTable, row: number, choice: number): number {
  const { question, language, text } = table.answers;
  const { options, gold, fiction } = table.questions[question[row]];
  if (options > 0) return gold < 0 ? -1 : Number(choice === gold);
  const truths = wordingOf(table, question[row], language[row])?.truths ?? [];
  if (truths.length === 0) return -1;
  if (fiction === null) return Number(holdsTruth(text[row], truths));
  return Number(truths.some((truth) => truth !== '' && text[row].includes(truth)));
}

/** Whether an answer holds one of the truths, without regard to case, width and spaces. */
export function holdsTruth(answer: string, truths: readonly string[]): boolean {
  const text = even(answer);
  return truths.map(even).some((truth) => truth !== '' && text.includes(truth));
}

function even(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Questions of a list [questions, L] as a column: entry of language l for each question. */
export function columnOf<T extends Int8Array | Int32Array>(values: T, L: number, l: number): T {
  return values.filter((_, e) => e % L === l) as T;
}
