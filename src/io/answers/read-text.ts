import type { AnswerFormat } from '../../core/answers.ts';
import type { Issue } from '../../core/errors.ts';
import { extensionOf } from '../read/detect.ts';
import { issue } from '../read/sheet.ts';
import { recordsOf } from './answer-records.ts';
import { fromAnswerRows } from './from-answer-rows.ts';
import { fromBmlama } from './from-bmlama.ts';
import { fromCalm } from './from-calm.ts';
import { fromCandidateScores } from './from-candidate-scores.ts';
import { fromClikaAnswers } from './from-clika-answers.ts';
import { fromClikaFictional } from './from-clika-fictional.ts';
import { fromClikaItems } from './from-clika-items.ts';
import { fromFreeText } from './from-free-text.ts';
import { fromLikelihoods } from './from-likelihoods.ts';
import { fromPredictions } from './from-predictions.ts';
import { fromTraining } from './from-training.ts';
import { fromTruthfulqa } from './from-truthfulqa.ts';
import type { AnswerText, FileAnswers } from './question-list.ts';

const READERS: Record<Exclude<AnswerFormat, 'bmlama'>, (file: AnswerText) => FileAnswers> = {
  'clika-answers': fromClikaAnswers,
  'clika-items': fromClikaItems,
  'clika-fictional': fromClikaFictional,
  'calm-samples': fromCalm,
  predictions: fromPredictions,
  preferences: fromTraining,
  instructions: fromTraining,
  truthfulqa: fromTruthfulqa,
  'free-text': fromFreeText,
  'answer-rows': fromAnswerRows,
  'candidate-scores': fromCandidateScores,
  likelihoods: fromLikelihoods,
};

/** Everything that a text of a known format says. */
export function readText(name: string, text: string, format: AnswerFormat): FileAnswers {
  if (format === 'bmlama') return fromBmlama(name, text);
  const { file, issues } = recordsOf(name, text);
  if (
    format === 'clika-answers' &&
    file.kind === 'json' &&
    /^(jsonl|ndjson)$/.test(extensionOf(name))
  )
    return nothing(format, [notJsonl(name)]);
  if (file.records.length === 0) return nothing(format, issues);
  const read = READERS[format](file);
  return { ...read, issues: [...issues, ...read.issues] };
}

function nothing(format: AnswerFormat, issues: Issue[]): FileAnswers {
  return { format, lists: [], training: [], issues };
}

function notJsonl(name: string): Issue {
  const message = `${name} is not JSONL, which has one object on each line, but JSON over several lines; it is left out.`;
  return issue(name, ['error', 'damaged-file'], message);
}
