import { textOf, type JsonRecord } from '../read/records.ts';
import { fieldNames, numberOf } from './fields.ts';
import { fileWords, type FileWords } from './file-words.ts';
import { parseOptions } from './option-lines.ts';
import {
  addAnswer,
  addQuestion,
  listOf,
  type AnswerText,
  type FileAnswers,
} from './question-list.ts';
import { goldReader, type StatedGold } from './read-gold.ts';

const PREDICTED = ['predict', 'prediction', 'model_completion'];

/** Whether rows hold what a model predicted while only the file's name says in which language: CALM, xLLMs-100, FaMSS. */
export function isPredictions([{ value }]: JsonRecord[]): boolean {
  return (
    PREDICTED.some((key) => key in value) && fieldNames(Object.keys(value)).language === undefined
  );
}

/** Reads predictions in the order of their questions; task, language and model come from the file's name. */
export function fromPredictions({ name, records }: AnswerText): FileAnswers {
  const predicted = PREDICTED.find((key) => records.some(({ value }) => key in value)) ?? '';
  const { task, language, model } = wordsOf(name, predicted);
  const goldOf = goldReader(records.map(statedGold));
  const list = listOf(
    { file: name, task, language, model, variant: '' },
    records,
    (target, record) => {
      const { value, line } = record;
      const { gold, truths } = goldOf(statedGold(record));
      const row = addQuestion(target, line, {
        id: textOf(value.id),
        prompt: promptOf(value),
        wording: {
          instruction: textOf(value.instruction),
          question: textOf(value.question),
          truths,
        },
        gold,
      });
      addAnswer(target, row, { text: textOf(value[predicted]), logprob: numberOf(value.logprob) });
    },
  );
  return { format: 'predictions', lists: [list], training: [], issues: [] };
}

/** FaMSS names generated answers to its questions after the model: `gemma_En.json`. */
function wordsOf(name: string, predicted: string): FileWords {
  const words = fileWords(name);
  if (predicted !== 'model_completion') return words;
  return { ...words, task: 'truthfulqa', model: words.task === '' ? words.model : words.task };
}

function promptOf(value: Record<string, unknown>): string {
  return textOf(value.input ?? value.prompt ?? value.question);
}

function statedGold({ value }: JsonRecord): StatedGold {
  const { label, gold, output, answer } = value;
  return {
    value: label ?? gold ?? output ?? answer,
    options: parseOptions(promptOf(value)).options,
  };
}
