import { letterOf, type AnswerTable } from '../core/answers.ts';
import type {
  PairFilters,
  PairPage,
  PairQuery,
  PairSet,
  PairWishes,
  TrainingFormat,
} from '../core/preference-pairs.ts';
import type { ScoreSettings } from '../core/scorecard.ts';
import { trainingFiles } from '../io/write/training-files.ts';
import { calmChoices, calmLetter, calmPairs } from './calm-vote.ts';
import { parseChoices } from './parse-choice.ts';
import { exampleRows, preferencePairs } from './preference-pairs.ts';
import { vote, type Election } from './vote.ts';
import { answersOf } from './vote-summary.ts';

/** Pairs of one model on one task, with what their rows are traced by. */
export interface MadePairs {
  table: AnswerTable;
  choices: Int32Array;
  election: Election;
  set: PairSet;
  nameOf: (choice: number) => string;
}

/** @param wishes `examples`: the targets themselves, agreement or not */
export function makePairs(
  whole: AnswerTable,
  settings: ScoreSettings,
  wishes: PairWishes,
): MadePairs {
  const table = answersOf(whole, wishes.task, wishes.model);
  const isCalm = wishes.mode === 'calm';
  const choices = isCalm ? calmChoices(table, settings.profiles) : parseChoices(table, settings);
  const { order, voters } = wishes;
  const election = vote(table, choices, { order, voters });
  const set = isCalm
    ? calmPairs(table, choices, {
        election,
        settings: { profiles: settings.profiles, voters, truthIn: null },
      })
    : (wishes.examples ? exampleRows : preferencePairs)(table, choices, {
        election,
        settings: ownSettings(table, wishes.filters),
      });
  return { table, choices, election, set, nameOf: isCalm ? calmLetter : letterOf };
}

function ownSettings({ answers }: AnswerTable, filters: PairFilters) {
  return {
    kind: 'own-language' as const,
    refusals: filters.refusals,
    confidence: answers.logprob,
    filters,
    isInLanguage: () => true,
  };
}

/** The rows that a query finds, from `start` on, with their place in the set. */
export function pairPage(
  { table, election, set }: MadePairs,
  { language, text, start, count }: PairQuery,
): PairPage {
  const words = text.toLowerCase();
  const found: number[] = [];
  set.pairs.forEach(({ language: own, input, target, rejected, question }, i) => {
    if (language !== null && own !== language) return;
    const texts = [table.questions[question].id, input, target.text, rejectedText(table, rejected)];
    if (texts.some((one) => one.toLowerCase().includes(words))) found.push(i);
  });
  const rows = found.slice(start, start + count).map((index) => {
    const {
      question,
      language: own,
      asked,
      instruction,
      input,
      target,
      rejected,
      flags,
      vote: row,
    } = set.pairs[index];
    return {
      index,
      id: table.questions[question].id,
      language: own,
      asked,
      share: election.votes.share[row],
      instruction,
      input,
      chosen: target.text,
      rejected: rejectedText(table, rejected),
      flags,
    };
  });
  const { leftOut, rejectedRight, known } = set;
  return { pairs: set.pairs.length, found: found.length, rows, leftOut, rejectedRight, known };
}

/** Training files of the pairs that are not excluded, with edited targets in place, and their audit sheet. */
export function pairFiles(
  { table, election, choices, set, nameOf }: MadePairs,
  format: TrainingFormat,
  { excluded, edited }: { excluded: number[]; edited: [index: number, chosen: string][] },
): Map<string, string> {
  const left = new Set(excluded);
  const texts = new Map(edited);
  const pairs = set.pairs.flatMap((pair, i) => {
    if (left.has(i)) return [];
    const text = texts.get(i);
    return [text === undefined ? pair : { ...pair, target: { ...pair.target, text } }];
  });
  const { votes } = election;
  return trainingFiles({ table, votes, choices, pairs, nameOf, format, meta: false });
}

function rejectedText({ answers }: AnswerTable, rejected: number): string {
  return rejected < 0 ? '' : answers.text[rejected];
}
