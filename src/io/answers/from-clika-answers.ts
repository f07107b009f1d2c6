import { textOf, type JsonRecord } from '../read/records.ts';
import { issue, quoted, splitPath } from '../read/sheet.ts';
import type { Issue } from '../../core/errors.ts';
import { byFile, issueLog } from '../read/issue-log.ts';
import { clikaPath } from './clika-path.ts';
import { optionOfLetter } from './option-lines.ts';
import {
  addAnswer,
  addQuestion,
  listOf,
  type AnswerText,
  type FileAnswers,
} from './question-list.ts';

const PROMPTS_ONLY = /^generate_input\b|_model_input\b/i;

/** Whether rows are answers of the CLiKA release (`id, input, res, label`), or the inputs they were made from. */
export function isClikaAnswers(name: string, [first]: JsonRecord[]): boolean {
  const { value } = first;
  if ('res' in value) return 'input' in value || 'label' in value;
  return 'input' in value && 'label' in value && PROMPTS_ONLY.test(splitPath(name).base);
}

/** Reads `<task>/<language>/<model>_res*.jsonl`, and the inputs `generate_input.jsonl` and `*_model_input.jsonl`, which have no answers. */
export function fromClikaAnswers({ name, records }: AnswerText): FileAnswers {
  const { base } = splitPath(name);
  const prompts = PROMPTS_ONLY.test(base);
  const { model, variant } = prompts ? { model: '', variant: '' } : modelOf(base);
  const log = issueLog(byFile);
  const list = listOf(
    { file: name, ...clikaPath(name), model, variant },
    records,
    (target, { value: { id, input, res, label }, line }) => {
      const gold = goldOf(label);
      if (gold === -1 && label !== undefined) log.add(unreadableLabel(name, label, line));
      const row = addQuestion(target, line, { id: textOf(id), prompt: textOf(input), gold });
      if (!prompts && res !== undefined && res !== null)
        addAnswer(target, row, { text: textOf(res) });
    },
  );
  return { format: 'clika-answers', lists: [list], training: [], issues: log.all() };
}

function unreadableLabel(name: string, label: unknown, line: number): Issue {
  const message = `The label ${quoted(textOf(label))} names no option; the row states no right answer.`;
  return issue(name, ['warning', 'bad-row'], message, { line });
}

/** The model is what stands before `_res`; `variant` tells a second file of the same model apart. */
function modelOf(base: string): { model: string; variant: string } {
  const variant = base.replace(/\.(jsonl|ndjson|json)(\.gz)?$/i, '');
  return { model: variant.replace(/_res(_.*)?$/i, ''), variant };
}

/** A letter, or an index from 0 on. */
function goldOf(label: unknown): number {
  const text = textOf(label).trim();
  return /^\d{1,2}$/.test(text) ? Number(text) : optionOfLetter(text);
}
