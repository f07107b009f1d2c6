import { textOf, type JsonRecord } from '../read/records.ts';
import { fieldNames, type FieldNames } from './fields.ts';
import { fileWords, type FileWords } from './file-words.ts';
import {
  addQuestion,
  emptyList,
  isHole,
  type AnswerText,
  type QuestionList,
  type StatedQuestion,
} from './question-list.ts';

/** Rows of many tasks, languages and models, sorted into lists; rows of one id are one question. */
export interface RowGroups {
  fields: FieldNames;
  lists: QuestionList[];
  /** The list that a row belongs to. */
  listOf(record: JsonRecord): QuestionList;
  /** The question's place in its list, added where it is new. Rows without an id are questions of their own. */
  place(list: QuestionList, record: JsonRecord, stated: () => StatedQuestion): number;
}

/** Columns that rows lack are taken from the file's name. */
export function rowGroups({ name, records }: Pick<AnswerText, 'name' | 'records'>): RowGroups {
  const fields = fieldNames(namesOf(records));
  const words = wordsFor(name, records, fields);
  const groups = new Map<string, QuestionList>();
  const places = new Map<QuestionList, Map<string, number>>();
  const field = (value: Record<string, unknown>, key: string | undefined): string =>
    key === undefined ? '' : textOf(value[key]).trim();
  return {
    fields,
    get lists() {
      return [...groups.values()];
    },
    listOf({ value }) {
      const task = fields.task === undefined ? words.task : field(value, fields.task);
      const language = field(value, fields.language) || words.language;
      const model = fields.model === undefined ? words.model : field(value, fields.model);
      const key = `${task}\0${language}\0${model}`;
      const known = groups.get(key);
      if (known !== undefined) return known;
      const list = emptyList({ file: name, task, language, model, variant: '' });
      groups.set(key, list);
      places.set(list, new Map());
      return list;
    },
    place(list, { value, line }, stated) {
      const id = field(value, fields.id);
      const known = id === '' ? undefined : places.get(list)?.get(id);
      if (known !== undefined) return known;
      const row = addQuestion(list, line, { ...stated(), id });
      if (id !== '') places.get(list)?.set(id, row);
      return row;
    },
  };
}

/** A file of one model is often named after it: that name is no task where rows say theirs, or no folder says a model. */
function wordsFor(name: string, records: JsonRecord[], fields: FieldNames): FileWords {
  const words = fileWords(name);
  const { model, task } = fields;
  const namesModel = words.model === '' || task !== undefined;
  if (model === undefined && words.language === '' && namesModel)
    return { ...words, task: '', model: words.task };
  const isModel =
    model !== undefined && records.some(({ value }) => textOf(value[model]) === words.task);
  return isModel ? { ...words, task: '' } : words;
}

/** Names of the fields of the first rows that are whole. */
export function namesOf(records: JsonRecord[]): Set<string> {
  const names = new Set<string>();
  let looked = 0;
  for (const record of records) {
    if (isHole(record)) continue;
    for (const name of Object.keys(record.value)) names.add(name);
    if (++looked === 50) break;
  }
  return names;
}
