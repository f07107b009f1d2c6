import { textOf, type JsonRecord } from '../read/records.ts';
import { splitPath } from '../read/sheet.ts';
import { listOfTexts } from './fields.ts';
import { fileWords } from './file-words.ts';
import { optionOfOutput, parseOptions } from './option-lines.ts';
import {
  addAnswer,
  addQuestion,
  listOf,
  type AnswerText,
  type FileAnswers,
} from './question-list.ts';

/**
 * Whether rows are CALM's: samples (`pred` is a list, or null where nothing was sampled), or a test, whose every output is
 * an option of its input.
 */
export function isCalm(name: string, records: JsonRecord[]): boolean {
  const whole = records.filter(({ value }) => 'instruction' in value);
  if (whole.length === 0) return false;
  const isSampled = ({ value: { pred } }: JsonRecord): boolean =>
    Array.isArray(pred) || pred === null;
  if (whole.every(isSampled) && whole.some(({ value }) => value.pred !== null)) return true;
  return /test|dev|valid/i.test(splitPath(name).base) && whole.every(isTestRow);
}

function isTestRow({ value }: JsonRecord): boolean {
  const { input, output } = value;
  if (Object.keys(value).some((key) => !/^(id|instruction|input|output|lang)$/.test(key)))
    return false;
  const gold = optionOfOutput(textOf(output));
  return gold !== -1 && gold < parseOptions(textOf(input)).options.length;
}

/** Reads questions in LLaMA-Factory's rows, with the answers sampled for them where there are any. */
export function fromCalm({ name, records }: AnswerText): FileAnswers {
  const words = fileWords(name);
  const sampled = records.some(({ value }) => 'pred' in value);
  const list = listOf(
    {
      file: name,
      task: words.task,
      language: words.language,
      model: sampled ? words.model : '',
      variant: '',
    },
    records,
    (target, { value: { id, instruction, input, output, pred }, line }) => {
      const row = addQuestion(target, line, {
        id: textOf(id),
        prompt: textOf(input),
        wording: { instruction: textOf(instruction) },
        gold: optionOfOutput(textOf(output)),
      });
      listOfTexts(pred, '\0').forEach((text, sample) => {
        addAnswer(target, row, { text, sample });
      });
    },
  );
  return { format: 'calm-samples', lists: [list], training: [], issues: [] };
}
