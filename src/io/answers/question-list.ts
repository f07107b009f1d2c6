import type { AnswerFormat, TrainingRow, Wording } from '../../core/answers.ts';
import type { Issue } from '../../core/errors.ts';
import type { JsonRecord } from '../read/records.ts';

/** What a format's reader is given: one text file as records. A record without fields stands for a row that could not be read. */
export interface AnswerText {
  name: string;
  records: JsonRecord[];
  /** The records are members of an object and have keys. */
  keyed: boolean;
  /** Whether each line was a JSON object, the whole text is JSON, or it is a table. */
  kind: 'jsonl' | 'json' | 'table';
}

/** What one file says. */
export interface FileAnswers {
  format: AnswerFormat;
  lists: QuestionList[];
  training: StatedTraining[];
  issues: Issue[];
}

/** A training row whose language is still spelled as in the file, '' where nothing says it. */
export type StatedTraining = Omit<TrainingRow, 'language'> & { language: string };

export interface ListName {
  file: string;
  task: string;
  /** The file's own spelling; '' where nothing says it. */
  language: string;
  /** '' where nothing says it. */
  model: string;
  /** What tells the model apart where another file has answers of the same one; '' for the file's name. */
  variant: string;
}

/** The questions of one task in one language in the order of a file, with the answers of at most one model; in columns. */
export interface QuestionList extends ListName {
  /** '' where the row has none, null where it could not be read or the language lacks the question. */
  ids: (string | null)[];
  /** 1-based lines of the file. */
  lines: number[];
  prompts: string[];
  /** What is known of the wording beside the prompt. */
  wordings: (Partial<Wording> | null)[];
  /** How many options; 0 for an open question, -1 where the row does not say. */
  options: number[];
  /** The right option, from 0 on; -1 where the row does not say. */
  golds: number[];
  fictions: (StatedFiction | null)[];
  answers: {
    /** Index into the rows of the list. */
    row: number[];
    sample: number[];
    logprob: number[];
    text: string[];
  };
  rankings: { row: number; candidates: string[]; scores: Float64Array }[];
  likelihoods: { row: number; logprob: Float64Array; isTrue: Uint8Array; best: number }[];
}

export interface StatedFiction {
  type: 0 | 1;
  /** Languages as spelled in the file; null where only the type is given. */
  taught: string[] | null;
}

/** One question as a row states it; what is left out is unknown. */
export interface StatedQuestion {
  id?: string;
  prompt?: string;
  wording?: Partial<Wording>;
  options?: number;
  gold?: number;
  fiction?: StatedFiction | null;
}

export function emptyList(name: ListName): QuestionList {
  return {
    ...name,
    ids: [],
    lines: [],
    prompts: [],
    wordings: [],
    options: [],
    golds: [],
    fictions: [],
    answers: { row: [], sample: [], logprob: [], text: [] },
    rankings: [],
    likelihoods: [],
  };
}

/** Adds a question; its place in the list. */
export function addQuestion(list: QuestionList, line: number, stated: StatedQuestion): number {
  list.ids.push(stated.id ?? '');
  list.lines.push(line);
  list.prompts.push(stated.prompt ?? '');
  list.wordings.push(stated.wording ?? null);
  list.options.push(stated.options ?? -1);
  const { gold = -1 } = stated;
  list.golds.push(Number.isInteger(gold) && gold >= 0 ? gold : -1);
  list.fictions.push(stated.fiction ?? null);
  return list.ids.length - 1;
}

/** Keeps the place of a row that could not be read, so that the rows after it do not move. */
export function addHole(list: QuestionList, line: number): void {
  addQuestion(list, line, {});
  list.ids[list.ids.length - 1] = null;
}

export function addAnswer(
  { answers }: QuestionList,
  row: number,
  { text, sample = 0, logprob = NaN }: { text: string; sample?: number; logprob?: number },
): void {
  answers.row.push(row);
  answers.sample.push(sample);
  answers.logprob.push(logprob);
  answers.text.push(text);
}

/** Fills a list from records; those that hold nothing keep their places. */
export function listOf(
  name: ListName,
  records: JsonRecord[],
  add: (list: QuestionList, record: JsonRecord) => void,
): QuestionList {
  const list = emptyList(name);
  for (const record of records) {
    if (isHole(record)) addHole(list, record.line);
    else add(list, record);
  }
  return list;
}

export function isHole({ value }: JsonRecord): boolean {
  for (const _ in value) return false;
  return true;
}

export function hasAnswers({ answers, rankings, likelihoods }: QuestionList): boolean {
  return answers.row.length + rankings.length + likelihoods.length > 0;
}
