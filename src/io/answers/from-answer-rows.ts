import { textOf, type JsonRecord } from '../read/records.ts';
import { fieldNames, listOfTexts, numberOf, type FieldNames } from './fields.ts';
import { parseOptions } from './option-lines.ts';
import {
  addAnswer,
  isHole,
  type AnswerText,
  type FileAnswers,
  type QuestionList,
  type StatedFiction,
  type StatedQuestion,
} from './question-list.ts';
import { goldReader, type Gold, type StatedGold } from './read-gold.ts';
import { namesOf, rowGroups } from './row-groups.ts';

/** Whether rows are answers, by the names of their fields: an answer, and a model, a right answer or a sample beside it. */
export function isAnswerRows(records: JsonRecord[]): boolean {
  const fields = fieldNames(namesOf(records));
  if (fields.answer === undefined || fields.instruction !== undefined) return false;
  return [fields.model, fields.gold, fields.sample, fields.logprob, fields.taught].some(
    (name) => name !== undefined,
  );
}

/** Reads `{id, lang, model, answer, gold}` and what else such rows hold: task, sample, question, options, logprob, taught_langs. */
export function fromAnswerRows(file: AnswerText): FileAnswers {
  const groups = rowGroups(file);
  const { fields } = groups;
  const goldOf = goldReader(file.records.map(({ value }) => statedGold(value, fields)));
  const asked = new Map<QuestionList, number[]>();
  for (const record of file.records) {
    if (isHole(record)) continue;
    const { value } = record;
    const list = groups.listOf(record);
    const row = groups.place(list, record, () => questionOf(value, fields, goldOf));
    if (
      fields.answer === undefined ||
      value[fields.answer] === undefined ||
      value[fields.answer] === null
    )
      continue;
    const counts = asked.get(list) ?? [];
    asked.set(list, counts);
    const before = counts[row] ?? 0;
    counts[row] = before + 1;
    const sample = numberOf(fields.sample && value[fields.sample]);
    addAnswer(list, row, {
      text: textOf(value[fields.answer]),
      sample: Number.isInteger(sample) && sample >= 0 ? sample : before,
      logprob: numberOf(fields.logprob && value[fields.logprob]),
    });
  }
  return { format: 'answer-rows', lists: groups.lists, training: [], issues: [] };
}

function questionOf(
  value: Record<string, unknown>,
  fields: FieldNames,
  goldOf: (gold: StatedGold) => Gold,
): StatedQuestion {
  const stated = statedGold(value, fields);
  const { gold, truths } = goldOf(stated);
  const text = (name: string | undefined): string =>
    name === undefined ? '' : textOf(value[name]);
  const prompt = text(fields.prompt);
  return {
    prompt,
    wording: {
      instruction: text(fields.instruction),
      question: text(fields.question),
      options: stated.options,
      truths,
    },
    ...(stated.options.length > 0 ? { options: stated.options.length } : {}),
    ...(truths.length > 0 ? { options: 0 } : {}),
    gold,
    fiction: fictionOf(value, fields),
  };
}

function statedGold(
  value: Record<string, unknown>,
  { gold, options, optionColumns, prompt }: FieldNames,
): StatedGold {
  const columns = optionColumns.map((name) => textOf(value[name])).filter((text) => text !== '');
  const listed =
    options === undefined ? columns : listOfTexts(value[options]).filter((text) => text !== '');
  const known =
    listed.length > 0 || prompt === undefined
      ? listed
      : parseOptions(textOf(value[prompt])).options;
  return { value: gold === undefined ? '' : value[gold], options: known };
}

function fictionOf(
  value: Record<string, unknown>,
  { taught, type }: FieldNames,
): StatedFiction | null {
  if (taught !== undefined) {
    const languages = listOfTexts(value[taught], /[|;]/.test(textOf(value[taught])) ? '|' : ',');
    const named = languages.flatMap((name) => name.split(';')).filter((name) => name !== '');
    return { type: named.length > 1 ? 0 : 1, taught: named };
  }
  const stated = type === undefined ? '' : textOf(value[type]).trim();
  return stated === '0' || stated === '1' ? { type: stated === '0' ? 0 : 1, taught: null } : null;
}
