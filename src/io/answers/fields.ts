import { isObject, textOf } from '../read/records.ts';

/** What a column or field of answer rows holds, whatever it is called. */
export type Field =
  | 'id'
  | 'language'
  | 'model'
  | 'task'
  | 'sample'
  | 'question'
  | 'prompt'
  | 'instruction'
  | 'answer'
  | 'gold'
  | 'options'
  | 'logprob'
  | 'taught'
  | 'type';

const NAMES: Record<Field, string> = {
  id: 'id itemid item qid questionid exampleid idx',
  language: 'lang language langcode languagecode locale',
  model: 'model modelname modelid',
  task: 'task dataset benchmark subset',
  sample: 'sample sampleid run trial',
  question: 'question query stem',
  prompt: 'prompt input',
  instruction: 'instruction',
  answer:
    'prediction predicted predict response modelanswer modeloutput modelresponse modelcompletion completion output res answer',
  gold: 'gold label answerkey correct correctanswer goldanswer goldlabel reference target groundtruth truth truths references goldanswers acceptedanswers answers',
  options: 'options choices',
  logprob: 'logprob logprobability',
  taught: 'taughtlangs taughtlanguages taught',
  type: 'type',
};
const FIELD_OF = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names
      .split(' ')
      .map((name, rank): [string, { field: Field; rank: number }] => [
        name,
        { field: field as Field, rank },
      ]),
  ),
);
const OPTION_NAME = /^(?:option|choice)?([a-h]|[1-8])$/;

/** The names under which rows hold their fields. */
export interface FieldNames extends Partial<Record<Field, string>> {
  /** Names of columns with one option each, in order; empty where there are none. */
  optionColumns: string[];
}

/**
 * Which name stands for which field; of several names of one field the most telling one. Where answers stand under
 * another name, `answer` is the right one.
 */
export function fieldNames(names: Iterable<string>): FieldNames {
  const found = new Map<Field, { name: string; rank: number }>();
  const options: [string, string][] = [];
  let answer: string | undefined;
  for (const name of names) {
    const plain = name.toLowerCase().replace(/[\s_-]/g, '');
    const match = FIELD_OF.get(plain);
    const option = OPTION_NAME.exec(plain)?.[1];
    if (plain === 'answer') answer = name;
    if (option !== undefined) options.push([option, name]);
    if (match !== undefined && (found.get(match.field)?.rank ?? Infinity) > match.rank)
      found.set(match.field, { name, rank: match.rank });
  }
  if (answer !== undefined && found.get('answer')?.name !== answer && !found.has('gold'))
    found.set('gold', { name: answer, rank: 0 });
  const entries = [...found].map(([field, { name }]) => [field, name] as const);
  return { ...Object.fromEntries(entries), optionColumns: optionColumns(options) };
}

/** At least two, counted from a or 1 on without a gap. */
function optionColumns(options: [string, string][]): string[] {
  const sorted = options.sort(([a], [b]) => (a < b ? -1 : 1));
  const first = sorted[0]?.[0];
  const whole = sorted.every(([mark], i) => mark.charCodeAt(0) === first.charCodeAt(0) + i);
  return whole && sorted.length > 1 && (first === 'a' || first === '1')
    ? sorted.map(([, name]) => name)
    : [];
}

/** A list of texts: as it stands, the texts of an object, or cut out of one text (JSON, or parts between `|`). */
export function listOfTexts(value: unknown, separator = '|'): string[] {
  if (Array.isArray(value)) return value.map(textOfOption);
  if (isObject(value)) return Object.values(value).map(textOf);
  const text = textOf(value).trim();
  if (text === '') return [];
  if (text.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed.map(textOfOption);
    } catch {
      // Not JSON after all: a text that begins with a bracket.
    }
  }
  return text.split(separator).map((part) => part.trim());
}

function textOfOption(value: unknown): string {
  return isObject(value) ? textOf(value.text) : textOf(value);
}

/** A number, NaN where there is none. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}

export function flagOf(value: unknown): boolean {
  return value === true || value === 1 || /^(true|1|1\.0|yes)$/i.test(textOf(value).trim());
}
