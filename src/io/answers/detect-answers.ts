import type { AnswerFormat } from '../../core/answers.ts';
import { splitPath } from '../read/sheet.ts';
import { headOf, type TextHead } from './answer-records.ts';
import { isAnswerRows } from './from-answer-rows.ts';
import { isCalm } from './from-calm.ts';
import { isCandidateScores } from './from-candidate-scores.ts';
import { isClikaAnswers } from './from-clika-answers.ts';
import { isClikaFictional } from './from-clika-fictional.ts';
import { isClikaItems } from './from-clika-items.ts';
import { isFreeText } from './from-free-text.ts';
import { isLikelihoods } from './from-likelihoods.ts';
import { isPredictions } from './from-predictions.ts';
import { isInstructions, isPreferences } from './from-training.ts';
import { isTruthfulqa } from './from-truthfulqa.ts';
import { isHole } from './question-list.ts';

const BMLAMA = /^\s*prompt\s+ans\s+candidate\s+ans\s+subject\s*$/i;

/**
 * Which answers a text holds, judged by its first rows and, where those leave it open, its name; null where it holds
 * something else. BMLAMA is facts and questions at once.
 */
export function answersFormat(name: string, text: string): AnswerFormat | null {
  if (BMLAMA.test(text.slice(0, 200).split(/\r|\n/, 1)[0].replaceAll('\t', ' '))) return 'bmlama';
  const head = headOf(name, text);
  if (head === null || isRegistry(head)) return null;
  const whole = head.records.filter((record) => !isHole(record));
  return whole.length === 0 ? null : formatOf(name, { ...head, records: whole });
}

/** Whether a text says to a training program where its data lie (`dataset_info.json`). */
export function isDatasetInfo(name: string, text: string): boolean {
  return splitPath(name).base === 'dataset_info.json' && text.includes('"file_name"');
}

function isRegistry({ keyed, records }: TextHead): boolean {
  return keyed && records.every(({ value }) => 'file_name' in value);
}

function formatOf(name: string, head: TextHead): AnswerFormat | null {
  const { records, keyed, kind } = head;
  if (isTruthfulqa(head)) return 'truthfulqa';
  if (keyed) return null;
  if (isPreferences(records)) return 'preferences';
  if (isCalm(name, records)) return 'calm-samples';
  if (isFreeText(records)) return 'free-text';
  if (isClikaFictional(name, records)) return 'clika-fictional';
  if (isClikaAnswers(name, records)) return 'clika-answers';
  if (isClikaItems(records)) return 'clika-items';
  if (isCandidateScores(records)) return 'candidate-scores';
  if (isLikelihoods(records)) return 'likelihoods';
  if (isPredictions(records)) return 'predictions';
  if (kind !== 'table' && isInstructions(records)) return 'instructions';
  return isAnswerRows(records) ? 'answer-rows' : null;
}
