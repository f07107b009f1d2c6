import { textOf, type JsonRecord } from '../read/records.ts';
import { splitPath } from '../read/sheet.ts';
import { fileWords } from './file-words.ts';
import {
  addAnswer,
  addQuestion,
  listOf,
  type AnswerText,
  type FileAnswers,
} from './question-list.ts';

const TAG = /\[\[(continent|city|type):([^\]]*)\]\]/g;
const PREDICTED = ['predict', 'prediction', 'res', 'output', 'response'];
const TEST = /(?:^|_)(test|translate)_?([a-z]{2})(?:_|\.|$)/i;

/** Whether rows are tests of fictional facts: answers end with tags, or the file is one of the translation tests. */
export function isClikaFictional(name: string, records: JsonRecord[]): boolean {
  const [{ value }] = records;
  if (!('prompt' in value && 'answer' in value)) return false;
  const tagged = records.some(({ value: { answer } }) => textOf(answer).includes('[[type:'));
  return tagged || TEST.exec(splitPath(name).base)?.[1].toLowerCase() === 'translate';
}

/**
 * Reads tests of facts that were made up (tasks `fictional` and `fictional_translate`), with a model's answers where rows
 * have them. The continent of the tags counts as right; in a translation, the answer itself.
 */
export function fromClikaFictional({ name, records }: AnswerText): FileAnswers {
  const { folder, base } = splitPath(name);
  const test = TEST.exec(base);
  const words = fileWords(name);
  const translates = test?.[1].toLowerCase() === 'translate' || /translate/i.test(folder);
  const predicted = PREDICTED.find((key) => records.some(({ value }) => key in value));
  const list = {
    file: name,
    task: translates ? 'fictional_translate' : 'fictional',
    language: test?.[2] ?? words.language,
    model:
      predicted === undefined ? '' : modelOf(base.slice(0, test?.index ?? 0), folder, words.model),
    variant: '',
  };
  const read = listOf(list, records, (target, { value, line }) => {
    const { truth, type } = tagsOf(textOf(value.answer));
    const row = addQuestion(target, line, {
      prompt: [value.prompt, value.input]
        .map(textOf)
        .filter((part) => part !== '')
        .join('\n'),
      wording: { question: textOf(value.prompt), truths: truth === '' ? [] : [truth] },
      options: 0,
      fiction: type === null ? null : { type, taught: null },
    });
    if (predicted !== undefined) addAnswer(target, row, { text: textOf(value[predicted]) });
  });
  return { format: 'clika-fictional', lists: [read], training: [], issues: [] };
}

/** The model before `test<L>` in the file's name, else the nearest folder that is none of the release's. */
function modelOf(before: string, folder: string, otherwise: string): string {
  if (before !== '') return before;
  const own = folder
    .split('/')
    .filter((part) => part !== '' && !/^(target|translate|test|tests|fictional|data)$/i.test(part));
  return own.pop() ?? otherwise;
}

function tagsOf(answer: string): { truth: string; type: 0 | 1 | null } {
  const tags = new Map([...answer.matchAll(TAG)].map(([, key, value]) => [key, value.trim()]));
  const truth = tags.get('continent') ?? answer.replace(TAG, '').trim();
  const type = tags.get('type');
  return { truth, type: type === '0' ? 0 : type === '1' ? 1 : null };
}
