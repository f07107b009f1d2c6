import { isObject, textOf, type JsonRecord } from '../read/records.ts';
import { splitPath } from '../read/sheet.ts';
import { listOfTexts } from './fields.ts';
import {
  addAnswer,
  addHole,
  addQuestion,
  emptyList,
  type AnswerText,
  type FileAnswers,
  type QuestionList,
} from './question-list.ts';

/** Whether records are free answers with ground truths by language: `{head_entity_id, rel_id, "<lang>": {question, answer, groundTruth}}`. */
export function isFreeText([{ value }]: JsonRecord[]): boolean {
  return Object.values(value).some(isAnswered);
}

function isAnswered(value: unknown): value is Record<string, unknown> {
  return isObject(value) && 'groundTruth' in value && 'question' in value;
}

/** Reads `result/<model>/result_<domain>.json`: open questions, their true answers and what the model wrote. */
export function fromFreeText({ name, records }: AnswerText): FileAnswers {
  const { folder, base } = splitPath(name);
  const task = base.replace(/\.[a-z]+$/i, '').replace(/^results?_/i, '');
  const model = splitPath(folder).base;
  const languages = new Set(
    records.flatMap(({ value }) => Object.keys(value).filter((key) => isAnswered(value[key]))),
  );
  const lists = [...languages].map((language) => {
    const list = emptyList({ file: name, task, language, model, variant: '' });
    for (const record of records) addIn(list, record, language);
    return list;
  });
  return { format: 'free-text', lists, training: [], issues: [] };
}

function addIn(list: QuestionList, { value, line }: JsonRecord, language: string): void {
  const inner = value[language];
  if (!isAnswered(inner)) {
    addHole(list, line);
    return;
  }
  const id = [value.head_entity_id, value.rel_id]
    .map(textOf)
    .filter((part) => part !== '')
    .join('-');
  const wording = {
    question: textOf(inner.question),
    truths: listOfTexts(inner.groundTruth, '\0'),
  };
  const row = addQuestion(list, line, { id, wording, options: 0 });
  if (inner.answer !== undefined && inner.answer !== null)
    addAnswer(list, row, { text: textOf(inner.answer) });
}
