import type { Question, Wording } from './answers.ts';

/** One question as one model answered it in every language. */
export interface QuestionAnswers {
  question: Question;
  /** One per language; null where the question is missing there. */
  wordings: (Wording | null)[];
  /** By language, then by sample. */
  answers: GivenAnswer[];
  /** Answers that chose each option, over all languages and samples. Empty for an open question. */
  votes: number[];
}

export interface GivenAnswer {
  language: number;
  sample: number;
  /** Its beginning, at most MOST_CHARACTERS; `length` says how long it is. */
  text: string;
  length: number;
  /** The option it was read as; -1 where none, or for an open question. */
  choice: number;
  /** Log-probability; NaN where the file has none. */
  logprob: number;
}

/** An answer may hold megabytes: a page shows as much as somebody reads. */
export const MOST_CHARACTERS = 20_000;

/** In place of a choice: the model gave no answer there. */
export const NOT_ANSWERED = -2;

/** What one model chose, question by question, in every language. */
export interface ChoiceGrid {
  task: number;
  model: number;
  /** Index into the table's questions, and its id. */
  questions: { index: number; id: string; gold: number; options: number }[];
  /** First sample's choice, row-major [questions, languages]; -1 invalid, NOT_ANSWERED. */
  choices: Int32Array;
}
