import type { Issue } from './errors.ts';
import type { Language } from './language.ts';

/**
 * What models answered to the same questions in many languages, and what models are trained on. Where a name ends in
 * "index", or a field is called by the singular, it counts from 0 into the list of that name.
 */
export interface AnswerTable {
  tasks: Task[];
  models: string[];
  languages: Language[];
  questions: Question[];
  /** Row-major [questions, languages]; null where a question is missing in a language. */
  wordings: (Wording | null)[];
  answers: AnswerColumns;
  rankings: CandidateRanking[];
  likelihoods: AnswerLikelihoods[];
  training: TrainingRow[];
}

export interface Task {
  /** As in the files: 'x_csqa'; '' where files name none. */
  name: string;
  /** Questions by whose places, not ids, files were aligned: true where ids are missing or differ between languages. */
  byPlace: boolean;
}

/** One question in all languages. */
export interface Question {
  task: number;
  id: string;
  /** How many options it has; 0 for an open question. */
  options: number;
  /** The right option, from 0 on; -1 where none is known, or for an open question. */
  gold: number;
  /** Of a question about fictional facts; else null. */
  fiction: Fiction | null;
}

/** A fact that no model can know from elsewhere, after the CLiKA release. */
export interface Fiction {
  /** 0: its relation was taught in English and in the language; 1: in English only. */
  type: 0 | 1;
  /** Indices of the languages it was taught in, where rows say so; they then decide for each language instead of `type`. */
  taught?: number[];
}

/** A question in one language. */
export interface Wording {
  /** What the model was given, '' where unknown. */
  prompt: string;
  /** What stood before it as instruction, '' where none did. */
  instruction: string;
  /** The question alone, without options and examples; '' where it is not known apart from the prompt. */
  question: string;
  /** Texts of the options in order; empty where they are not known, or the question is open. */
  options: string[];
  /** Answers that count as right, in the order of the file; empty where none are known. */
  truths: string[];
}

/** The answers, one row each, in columns of equal length. */
export interface AnswerColumns {
  question: Int32Array;
  language: Int32Array;
  model: Int32Array;
  /** 0, 1, ... where a model was asked several times. */
  sample: Int32Array;
  /** Log-probability of the answer as a whole; NaN where the file has none. */
  logprob: Float64Array;
  text: string[];
}

/** What a model thinks of each candidate answer of a question, in one language. */
export interface CandidateRanking {
  question: number;
  language: number;
  model: number;
  candidates: string[];
  /** One for each candidate, higher is liked better. */
  scores: Float64Array;
}

/** Summed log-probabilities of the reference answers of a question, after TruthfulQA. */
export interface AnswerLikelihoods {
  question: number;
  language: number;
  model: number;
  logprob: Float64Array;
  /** 1 for a true answer. */
  isTrue: Uint8Array;
  /** Index of the best answer; -1 where none is marked. */
  best: number;
}

/** A row that a model is trained on. Without a rejected answer it is an instruction with its output. */
export interface TrainingRow {
  file: string;
  /** 1-based line of the file. */
  line: number;
  /** 1-based place in the file's list: a list may stand in one line. Absent in tables that were not read from files. */
  row?: number | undefined;
  /** Language that the file's name or the row says; -1 where neither does. */
  language: number;
  /** What the file's name says; '' where it says nothing. */
  split: 'train' | 'test' | '';
  instruction: string;
  input: string;
  chosen: string;
  rejected: string | null;
}

export const ANSWER_FORMATS = [
  'clika-answers',
  'clika-items',
  'clika-fictional',
  'calm-samples',
  'predictions',
  'preferences',
  'instructions',
  'truthfulqa',
  'free-text',
  'answer-rows',
  'candidate-scores',
  'likelihoods',
  'bmlama',
] as const;
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

/** How one file was understood. */
export interface AnswerFile {
  name: string;
  bytes: number;
  /** Of the file as it was dropped; '' for a member of an archive. */
  sha256: string;
  format: AnswerFormat;
  task: string;
  /** '' where the file holds many or none. */
  model: string;
  /** The file's own spelling; '' where it holds many or none. */
  language: string;
  rows: number;
}

/** What was read, without the table itself, which stays where it was read. */
export interface AnswersSummary {
  tasks: Task[];
  models: string[];
  languages: Language[];
  files: AnswerFile[];
  issues: Issue[];
  counts: {
    questions: number;
    answers: number;
    rankings: number;
    likelihoods: number;
    training: number;
  };
}

/** Of a reader that holds nothing. */
export const NO_SUMMARY: AnswersSummary = {
  tasks: [],
  models: [],
  languages: [],
  files: [],
  issues: [],
  counts: { questions: 0, answers: 0, rankings: 0, likelihoods: 0, training: 0 },
};

/** The question in a language; null where it is missing there. */
export function wordingOf(
  { wordings, languages }: AnswerTable,
  question: number,
  language: number,
): Wording | null {
  return wordings[question * languages.length + language];
}

/** The pivot unless one is chosen: English, else the first language; -1 without any. */
export function usualPivot(languages: readonly Language[]): number {
  const english = languages.findIndex(({ tag }) => tag === 'en');
  return english < 0 && languages.length > 0 ? 0 : english;
}

/** 'A' for option 0; 'AA' follows 'Z'. */
export function letterOf(option: number): string {
  const last = String.fromCharCode(65 + (option % 26));
  return option < 26 ? last : letterOf(Math.floor(option / 26) - 1) + last;
}
