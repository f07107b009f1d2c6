import { isObject, textOf, type JsonRecord } from '../read/records.ts';
import { clikaPath } from './clika-path.ts';
import { listOfTexts, numberOf } from './fields.ts';
import {
  addQuestion,
  listOf,
  type AnswerText,
  type FileAnswers,
  type StatedQuestion,
} from './question-list.ts';

/** Whether rows are questions of the CLiKA release: x_csqa, x_copa, x_geo or x_name. */
export function isClikaItems([{ value }]: JsonRecord[]): boolean {
  return taskOf(value) !== null;
}

/** Reads the questions with their options and right answers. */
export function fromClikaItems({ name, records }: AnswerText): FileAnswers {
  const path = clikaPath(name);
  const first = records.find(({ value }) => taskOf(value) !== null)?.value ?? {};
  const task = path.task === '' ? (taskOf(first) ?? '') : path.task;
  const language = path.language === '' ? textOf(first.lang) : path.language;
  const list = listOf(
    { file: name, task, language, model: '', variant: '' },
    records,
    (target, { value, line }) => {
      addQuestion(target, line, { id: textOf(value.id), ...stated(value) });
    },
  );
  return { format: 'clika-items', lists: [list], training: [], issues: [] };
}

function taskOf(value: Record<string, unknown>): string | null {
  if (isObject(value.question) && 'stem' in value.question && 'choices' in value.question)
    return 'x_csqa';
  if ('premise' in value && 'choice1' in value && 'choice2' in value) return 'x_copa';
  return 'questions' in value && Array.isArray(value.answers) && 'label' in value ? 'x_geo' : null;
}

function stated(value: Record<string, unknown>): StatedQuestion {
  const { question, label } = value;
  if (isObject(question)) {
    const { labels, options } = choicesOf(question.choices);
    const wording = { question: textOf(question.stem), options };
    return { wording, options: options.length, gold: labels.indexOf(textOf(value.answerKey)) };
  }
  if ('premise' in value) {
    const options = [textOf(value.choice1), textOf(value.choice2)];
    const wording = { question: `${textOf(value.premise)} (${textOf(question)})`, options };
    return { wording, options: 2, gold: indexOf(label) };
  }
  const [asked = ''] = listOfTexts(value.questions, '\0');
  const options = listOfTexts(value.answers);
  return { wording: { question: asked, options }, options: options.length, gold: indexOf(label) };
}

/** `{label: [...], text: [...]}`, or a list of `{label, text}`. */
function choicesOf(choices: unknown): { labels: string[]; options: string[] } {
  if (isObject(choices))
    return { labels: listOfTexts(choices.label), options: listOfTexts(choices.text) };
  const list = Array.isArray(choices) ? choices.filter(isObject) : [];
  return {
    labels: list.map(({ label }) => textOf(label)),
    options: list.map(({ text }) => textOf(text)),
  };
}

function indexOf(label: unknown): number {
  const index = numberOf(label);
  return Number.isInteger(index) ? index : -1;
}
