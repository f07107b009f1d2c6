import type { TrainingRow } from '../../core/answers.ts';
import { isObject, textOf, type JsonRecord } from '../read/records.ts';
import { issue } from '../read/sheet.ts';
import { byFile, issueLog } from '../read/issue-log.ts';
import { fileWords } from './file-words.ts';
import { isHole, type AnswerText, type FileAnswers } from './question-list.ts';

const CHOSEN = ['chosen', 'prefered_output', 'preferred_output'];
const REJECTED = ['rejected', 'rejected_output'];
const OUTPUTS = ['output', 'completion', 'answer', 'response'];

/** Whether rows are preference pairs: CALM's, xLLMs-100's (with its spelling `prefered_output`) or TRL's. */
export function isPreferences([{ value }]: JsonRecord[]): boolean {
  return CHOSEN.some((key) => key in value) && REJECTED.some((key) => key in value);
}

/** Whether rows are instructions with outputs: `{instruction, input?, output}`, `{prompt, completion}`, `{prompt, output}`, `{prompt, input, answer}`. */
export function isInstructions([{ value }]: JsonRecord[]): boolean {
  if ('instruction' in value && 'output' in value) return true;
  return (
    'prompt' in value &&
    ('completion' in value || 'output' in value || ('input' in value && 'answer' in value))
  );
}

/** Reads rows that models are trained on. */
export function fromTraining({ name, records }: AnswerText): FileAnswers {
  const words = fileWords(name);
  const log = issueLog(byFile);
  const pairs = records.some(({ value }) => REJECTED.some((key) => key in value));
  const training = records.flatMap((record, i) => {
    if (isHole(record)) return [];
    const { value, line } = record;
    const texts = pairs ? pairTexts(value) : instructionTexts(value);
    if (texts === null) {
      const message = `The row has no ${pairs ? 'chosen and rejected answer' : 'output'}; it is left out.`;
      log.add(issue(name, ['warning', 'bad-row'], message, { line }));
      return [];
    }
    const language = textOf(value.lang ?? value.language) || words.language;
    return [{ file: name, line, row: i + 1, language, split: words.split, ...texts }];
  });
  return { format: pairs ? 'preferences' : 'instructions', lists: [], training, issues: log.all() };
}

type Texts = Pick<TrainingRow, 'instruction' | 'input' | 'chosen' | 'rejected'>;

function instructionTexts(value: Record<string, unknown>): Texts | null {
  const key = OUTPUTS.find((name) => name in value);
  if (key === undefined) return null;
  const instruction = textOf(value.instruction ?? (value.input === undefined ? '' : value.prompt));
  const input = textOf(value.input ?? value.prompt);
  return { instruction, input, chosen: textOf(value[key]), rejected: null };
}

function pairTexts(value: Record<string, unknown>): Texts | null {
  const chosen = value[CHOSEN.find((name) => name in value) ?? ''];
  const rejected = value[REJECTED.find((name) => name in value) ?? ''];
  if (chosen === undefined || rejected === undefined) return null;
  const given = value.prompt ?? (Array.isArray(chosen) ? chosen.slice(0, -1) : '');
  const { instruction, input } = promptTexts(given);
  return {
    instruction: textOf(value.instruction) || instruction,
    input: textOf(value.input) || input,
    chosen: answerText(chosen),
    rejected: answerText(rejected),
  };
}

/** A prompt as text, or as messages, of which those of the system are the instruction. */
function promptTexts(prompt: unknown): { instruction: string; input: string } {
  if (!Array.isArray(prompt)) return { instruction: '', input: textOf(prompt) };
  const messages = prompt.filter(isObject);
  const joined = (system: boolean): string =>
    messages
      .filter(({ role }) => (role === 'system') === system)
      .map(({ content }) => textOf(content))
      .join('\n');
  return { instruction: joined(true), input: joined(false) };
}

/** The answer itself, or the last message of a conversation. */
function answerText(answer: unknown): string {
  if (!Array.isArray(answer)) return textOf(answer);
  const last: unknown = answer[answer.length - 1];
  return isObject(last) ? textOf(last.content) : textOf(last);
}
