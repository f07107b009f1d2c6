import type { AnswerTable, Question, Task, Wording } from '../../core/answers.ts';
import type { Issue } from '../../core/errors.ts';
import { toLanguage, type Language } from '../../core/language.ts';
import { unitIssues, type UnitFindings } from './answer-issues.ts';
import { distinctModels } from './distinct-models.ts';
import { joinLists, type JoinedLists } from './join-lists.ts';
import { parseOptions } from './option-lines.ts';
import type { FileAnswers, QuestionList } from './question-list.ts';

/** Of files whose language nothing says. */
const UNNAMED_LANGUAGE: Language = {
  tag: 'und',
  label: 'und',
  name: 'Language not named',
  script: '',
  direction: 'ltr',
  known: false,
};
export const UNNAMED_MODEL = 'unnamed';

export interface AssembledAnswers {
  table: AnswerTable;
  issues: Issue[];
}

/** Numbers names in the order of their first appearance. */
interface Register<T> {
  all: T[];
  indexOf(name: string): number;
}

/** One table of all that files say, and what does not fit together. */
export function assembleAnswers(files: FileAnswers[]): AssembledAnswers {
  const { lists, issues } = distinctModels(files.flatMap((file) => file.lists));
  const languages = languageRegister();
  const models = register((name) => (name === '' ? UNNAMED_MODEL : name));
  const joined = [...tasksOf(lists)].map(([name, own]) => ({ name, ...joinLists(own) }));
  for (const { lists: own } of joined) for (const { list } of own) languages.indexOf(list.language);
  const training = files
    .flatMap((file) => file.training)
    .map((row) => ({
      ...row,
      language: row.language === '' ? -1 : languages.indexOf(row.language),
    }));
  const table = tableOf(joined, languages, models);
  const findings: UnitFindings = { joined, languageOf: (label) => languages.indexOf(label) };
  return {
    table: { ...table, training },
    issues: [...issues, ...joined.flatMap((task) => task.issues), ...unitIssues(table, findings)],
  };
}

function tasksOf(lists: QuestionList[]): Map<string, QuestionList[]> {
  const tasks = new Map<string, QuestionList[]>();
  for (const list of lists) {
    const own = tasks.get(list.task);
    if (own === undefined) tasks.set(list.task, [list]);
    else own.push(list);
  }
  return tasks;
}

function register(spelled: (name: string) => string): Register<string> {
  const places = new Map<string, number>();
  return {
    all: [],
    indexOf(name) {
      const spelling = spelled(name);
      const known = places.get(spelling) ?? this.all.push(spelling) - 1;
      places.set(spelling, known);
      return known;
    },
  };
}

function languageRegister(): Register<Language> {
  const byLabel = new Map<string, number>();
  const byTag = new Map<string, number>();
  return {
    all: [],
    indexOf(label) {
      const known = byLabel.get(label);
      if (known !== undefined) return known;
      const language = label === '' ? UNNAMED_LANGUAGE : toLanguage(label);
      const index = byTag.get(language.tag) ?? this.all.push(language) - 1;
      byTag.set(language.tag, index);
      byLabel.set(label, index);
      return index;
    },
  };
}

export type JoinedTask = JoinedLists & { name: string };

/** Where the questions of a task begin among all. */
function offsets(joined: JoinedTask[]): number[] {
  let next = 0;
  return joined.map(({ ids }) => (next += ids.length) - ids.length);
}

function tableOf(
  joined: JoinedTask[],
  languages: Register<Language>,
  models: Register<string>,
): AnswerTable {
  const starts = offsets(joined);
  const tasks = joined.map(({ name, byPlace }): Task => ({ name, byPlace }));
  const wordings = wordingGrid(joined, starts, languages);
  const questions = joined.flatMap((task, t) =>
    questionsOf(task, t, { wordings, start: starts[t], languages }),
  );
  const units = joined.flatMap(({ lists }, t) =>
    lists.map((unit) => ({ ...unit, start: starts[t] })),
  );
  const count = units.reduce((sum, { list }) => sum + answersIn(list), 0);
  const answers = {
    question: new Int32Array(count),
    language: new Int32Array(count),
    model: new Int32Array(count),
    sample: new Int32Array(count),
    logprob: new Float64Array(count),
    text: new Array<string>(count),
  };
  let next = 0;
  const rankings: AnswerTable['rankings'] = [];
  const likelihoods: AnswerTable['likelihoods'] = [];
  for (const { list, question, start } of units) {
    const language = languages.indexOf(list.language);
    const { row, sample, logprob, text } = list.answers;
    if (answersIn(list) + list.rankings.length + list.likelihoods.length === 0) continue;
    const model = models.indexOf(list.model);
    for (let a = 0; a < row.length; a++) {
      answers.question[next] = start + question[row[a]];
      answers.language[next] = language;
      answers.model[next] = model;
      answers.sample[next] = sample[a];
      answers.logprob[next] = logprob[a];
      answers.text[next++] = text[a];
    }
    const at = (place: number) => ({ question: start + question[place], language, model });
    for (const { row: place, ...ranking } of list.rankings)
      rankings.push({ ...at(place), ...ranking });
    for (const { row: place, ...given } of list.likelihoods)
      likelihoods.push({ ...at(place), ...given });
  }
  return {
    tasks,
    models: models.all,
    languages: languages.all,
    questions,
    wordings,
    answers,
    rankings,
    likelihoods,
    training: [],
  };
}

function answersIn({ answers }: QuestionList): number {
  return answers.row.length;
}

/** What all lists say of each question in each language: of each part the first that says it. Row-major [questions, languages]. */
function wordingGrid(
  joined: JoinedTask[],
  starts: number[],
  languages: Register<Language>,
): (Wording | null)[] {
  const width = languages.all.length;
  const total = joined.reduce((sum, { ids }) => sum + ids.length, 0);
  const grid = new Array<Wording | null>(total * width).fill(null);
  joined.forEach(({ lists }, t) => {
    for (const { list, question } of lists) {
      const language = languages.indexOf(list.language);
      question.forEach((q, row) => {
        if (q === -1) return;
        const at = (starts[t] + q) * width + language;
        const known = (grid[at] ??= {
          prompt: '',
          instruction: '',
          question: '',
          options: [],
          truths: [],
        });
        if (known.prompt === '') known.prompt = list.prompts[row];
        const stated = list.wordings[row];
        if (stated !== null) complete(known, stated);
      });
    }
  });
  for (const wording of grid) if (wording !== null) addParsedOptions(wording);
  return grid;
}

function complete(known: Wording, stated: Partial<Wording>): void {
  if (known.instruction === '') known.instruction = stated.instruction ?? '';
  if (known.question === '') known.question = stated.question ?? '';
  if (known.options.length === 0) known.options = stated.options ?? [];
  if (known.truths.length === 0) known.truths = stated.truths ?? [];
}

/** Options and question as the prompt lists them, where no file gives them by themselves. */
function addParsedOptions(wording: Wording): void {
  if (wording.prompt === '' || wording.options.length > 0 || wording.truths.length > 0) return;
  const { question, options } = parseOptions(wording.prompt);
  if (options.length === 0) return;
  wording.options = options;
  if (wording.question === '') wording.question = question;
}

function questionsOf(
  { ids, lists }: JoinedTask,
  task: number,
  {
    wordings,
    start,
    languages,
  }: { wordings: (Wording | null)[]; start: number; languages: Register<Language> },
): Question[] {
  const questions = ids.map((id): Question => ({ task, id, options: -1, gold: -1, fiction: null }));
  for (const { list, question } of lists) {
    question.forEach((q, row) => {
      if (q === -1) return;
      const known = questions[q];
      if (list.options[row] > known.options) known.options = list.options[row];
      if (known.gold === -1) known.gold = list.golds[row];
      const fiction = list.fictions[row];
      if (fiction !== null)
        known.fiction ??= { type: fiction.type, ...taughtIn(fiction.taught, languages) };
    });
  }
  const width = languages.all.length;
  setOptionCounts(questions, (q) =>
    wordings.slice((start + q) * width, (start + q + 1) * width).filter((cell) => cell !== null),
  );
  return questions;
}

/**
 * How many options each question has: as many as any row or wording gives it; where none does, none for a question with
 * true answers, else as many as the largest label of the task needs.
 */
function setOptionCounts(questions: Question[], wordingsOf: (q: number) => Wording[]): void {
  const stated = questions.map(({ options }, q) =>
    Math.max(options, ...wordingsOf(q).map((wording) => wording.options.length)),
  );
  const largest = questions.reduce(
    (most, { gold }, q) => (stated[q] <= 0 || gold < stated[q] ? Math.max(most, gold + 1) : most),
    0,
  );
  questions.forEach((question, q) => {
    const truths = wordingsOf(q).some((wording) => wording.truths.length > 0);
    const open = question.gold === -1 && (question.options === 0 || truths);
    question.options = stated[q] > 0 ? stated[q] : open ? 0 : largest;
  });
}

/** Languages in which nothing was read do not count. */
function taughtIn(labels: string[] | null, { all }: Register<Language>): { taught?: number[] } {
  if (labels === null) return {};
  const tags = labels.map((label) => toLanguage(label).tag);
  return { taught: all.flatMap(({ tag }, l) => (tags.includes(tag) ? [l] : [])) };
}
