import { letterOf, wordingOf, type AnswerTable } from '../../core/answers.ts';
import type { Language } from '../../core/language.ts';
import { MARKER_PROFILES, profileOf } from '../../core/marker-profiles.ts';
import type { Reason, Target, TargetKind } from '../../core/preference-pairs.ts';
import { isRefusal } from '../../core/refusals.ts';
import { optionLine } from './calm-vote.ts';

/** Whether a text is in a language; null where that cannot be told. */
export type IsInLanguage = (text: string, language: Language) => boolean | null;

/** How sure a model is of its answers, higher is surer; NaN where nothing says so. [answers] */
export type Confidence = Float64Array;

export interface TargetSettings {
  kind: Exclude<TargetKind, 'calm'>;
  refusals: boolean;
  isInLanguage: IsInLanguage;
  confidence: Confidence;
}

/** The pooled answers of one question, of all languages, with what they chose and elected. */
export interface Ballot {
  question: number;
  answers: Int32Array;
  choices: Int32Array;
  winner: number;
}

/**
 * The text that answers in a language shall be like, or why there is none. Of several answers that agree with the winner
 * the one that the model is surest of is taken, else the first in the order of pooling; a refusal only where it is allowed
 * and more than half of all answers refuse; a text that is known to be in another language never.
 */
export function targetIn(
  language: number,
  { table, ballot, settings }: { table: AnswerTable; ballot: Ballot; settings: TargetSettings },
): Target | Reason {
  if (settings.kind === 'option-text') return optionTarget(language, table, ballot);
  const { answers, languages } = table;
  const agreeing = Array.from(ballot.answers).filter(
    (a) =>
      ballot.choices[a] === ballot.winner &&
      (settings.kind === 'winner-text' || answers.language[a] === language),
  );
  if (agreeing.length === 0) return 'noTarget';
  const mayRefuse = settings.refusals && mostRefuse(ballot.answers, table);
  const willing = mayRefuse ? agreeing : agreeing.filter((a) => !refuses(a, table));
  if (willing.length === 0) return 'refusal';
  const judged = willing.map((answer) => ({
    answer,
    verdict: settings.isInLanguage(answers.text[answer], languages[answers.language[answer]]),
  }));
  const fit = judged.filter(({ verdict }) => verdict !== false);
  if (fit.length === 0) return 'wrongLanguage';
  const best = fit.reduce((top, next) =>
    settings.confidence[next.answer] > sureness(settings.confidence[top.answer]) ? next : top,
  );
  const flags: Target['flags'] = [];
  if (answers.language[best.answer] !== language) flags.push('needs_translation');
  if (best.verdict === null) flags.push('language_not_judged');
  if (refuses(best.answer, table)) flags.push('refusal');
  return { text: answers.text[best.answer], answer: best.answer, choice: ballot.winner, flags };
}

/** An answer of which nothing is known is less sure than any other. */
function sureness(confidence: number): number {
  return Number.isNaN(confidence) ? -Infinity : confidence;
}

function optionTarget(
  language: number,
  table: AnswerTable,
  { question, winner }: Ballot,
): Target | Reason {
  const { options = [], prompt = '' } = wordingOf(table, question, language) ?? {};
  const option = options[winner] as string | undefined;
  if (table.questions[question].options === 0) return 'noTarget';
  return {
    text: optionLine(letterOf(winner), option, prompt),
    answer: -1,
    choice: winner,
    flags: option === undefined ? ['option_text_unknown'] : [],
  };
}

/** Whether an answer begins by refusing. */
export function refuses(answer: number, { answers, languages }: AnswerTable): boolean {
  const { tag } = languages[answers.language[answer]];
  const profile = profileOf(MARKER_PROFILES, tag);
  return isRefusal(answers.text[answer], tag, [...profile.explanation, ...profile.answer]);
}

function mostRefuse(answers: Int32Array, table: AnswerTable): boolean {
  return answers.filter((answer) => refuses(answer, table)).length > answers.length / 2;
}
