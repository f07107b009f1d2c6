import {
  type AnswerTable,
  type Question,
  type TrainingRow,
  type Wording,
} from '../../src/core/answers.ts';
import { toLanguage } from '../../src/core/language.ts';

export interface AnswerSpec {
  /** Index of the question. */
  question: number;
  language: string;
  text: string;
  model?: string;
  sample?: number;
  logprob?: number;
}

export interface TableSpec {
  languages: string[];
  /** Task 0, four options and no gold unless said. */
  questions: Partial<Question>[];
  answers?: AnswerSpec[];
  tasks?: string[];
  models?: string[];
  /** By language label, one for each question, null for a hole. What is left out is empty. */
  wordings?: Record<string, (Partial<Wording> | null)[]>;
  training?: TrainingRow[];
}

const BLANK: Wording = { prompt: '', instruction: '', question: '', options: [], truths: [] };

/** A table of answers as a reader would give it. Every question is there in every language unless wordings say otherwise. */
export function answerTable(spec: TableSpec): AnswerTable {
  const { languages, questions, answers = [], tasks = ['task'], models = ['model'] } = spec;
  const wordings = questions.flatMap((_, q) =>
    languages.map((label) => {
      const wording = spec.wordings?.[label]?.[q];
      return wording === null ? null : { ...BLANK, ...wording };
    }),
  );
  return {
    tasks: tasks.map((name) => ({ name, byPlace: false })),
    models,
    languages: languages.map(toLanguage),
    questions: questions.map((question, q) => ({
      task: 0,
      id: String(q),
      options: 4,
      gold: -1,
      fiction: null,
      ...question,
    })),
    wordings,
    answers: {
      question: Int32Array.from(answers, ({ question }) => question),
      language: Int32Array.from(answers, ({ language }) => languages.indexOf(language)),
      model: Int32Array.from(answers, ({ model }) => models.indexOf(model ?? models[0])),
      sample: Int32Array.from(answers, ({ sample }) => sample ?? 0),
      logprob: Float64Array.from(answers, ({ logprob }) => logprob ?? NaN),
      text: answers.map(({ text }) => text),
    },
    rankings: [],
    likelihoods: [],
    training: spec.training ?? [],
  };
}
