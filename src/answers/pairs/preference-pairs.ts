import { wordingOf, type AnswerTable } from '../../core/answers.ts';
import type {
  LeftOut,
  PairFilters,
  PairSet,
  PreferencePair,
  Reason,
  Target,
  TargetFlag,
} from '../../core/preference-pairs.ts';
import { count, pairSet } from './pair-set.ts';
import { answersOf } from '../votes/pool.ts';
import { targetIn, type Ballot, type TargetSettings } from '../votes/targets.ts';
import { byLanguage, tallyOf, type Election } from '../votes/vote.ts';

export interface PairSettings extends TargetSettings {
  filters: PairFilters;
}

/** Shares are quotients of small whole numbers: this much below a threshold is rounding. */
const ROUNDING = 1e-9;

/** A language's part in one vote: what its answers shall be like, and which of them are not. */
export interface Contrast {
  vote: number;
  language: number;
  target: Target;
  /** Rows of answers, in the order of pooling. */
  rejected: number[];
}

/**
 * Pairs of our own: each answer that disagrees with the vote, against the target in its language. An answer without a
 * choice neither agrees nor disagrees, and is in no pair. A tied vote has none.
 *
 * @returns pairs by language, then model, question and sample
 */
export function preferencePairs(
  table: AnswerTable,
  choices: Int32Array,
  { election, settings }: { election: Election; settings: PairSettings },
): PairSet {
  const { contrasts, leftOut } = contrastsOf(table, choices, { election, settings });
  const pairs = contrasts.flatMap((contrast) =>
    contrast.rejected.flatMap((rejected) => {
      const pair = pairOf(table, election, { contrast, rejected, asked: contrast.language });
      const reason = pair === null ? 'noQuestion' : misfit(pair, table, settings.filters);
      if (pair !== null && reason === null) return [pair];
      count(leftOut, reason ?? 'noQuestion');
      return [];
    }),
  );
  return pairSet(table, choices, { pairs, leftOut });
}

/** The targets themselves, one row for each vote and language, agreement or not: examples to imitate. */
export function exampleRows(
  table: AnswerTable,
  choices: Int32Array,
  { election, settings }: { election: Election; settings: PairSettings },
): PairSet {
  const { contrasts, leftOut } = contrastsOf(table, choices, { election, settings });
  const pairs = contrasts.flatMap((contrast) => {
    const pair = pairOf(table, election, { contrast, rejected: -1, asked: contrast.language });
    if (pair === null) count(leftOut, 'noQuestion');
    return pair === null ? [] : [pair];
  });
  return pairSet(table, choices, { pairs, leftOut });
}

/** What each language has to learn from each vote that passes the filters. */
export function contrastsOf(
  table: AnswerTable,
  choices: Int32Array,
  { election, settings }: { election: Election; settings: PairSettings },
): { contrasts: Contrast[]; leftOut: LeftOut } {
  const leftOut: LeftOut = {};
  const contrasts: Contrast[] = [];
  const { pool, votes } = election;
  for (let row = 0; row < votes.question.length; row++) {
    const reason = failing(election, row, settings.filters);
    if (reason !== null) {
      count(leftOut, reason);
      continue;
    }
    const answers = answersOf(pool, row);
    const ballot = {
      question: votes.question[row],
      answers,
      choices,
      winner: votes.winner[row],
    };
    for (const [language, own] of byLanguage(answers, table)) {
      const target = targetIn(language, { table, ballot, settings });
      if (typeof target === 'string') count(leftOut, target);
      else contrasts.push({ vote: row, language, target, rejected: losers(own, ballot, settings) });
    }
  }
  return { contrasts, leftOut };
}

function failing({ votes }: Election, row: number, filters: PairFilters): Reason | null {
  if (votes.winner[row] < 0) return 'noVotes';
  if (votes.tie[row] === 1) return 'tied';
  if (votes.share[row] < filters.share - ROUNDING) return 'share';
  if (votes.margin[row] < filters.margin - ROUNDING) return 'margin';
  return votes.coverage[row] < filters.coverage - ROUNDING ? 'coverage' : null;
}

/** Answers of a language that chose otherwise; on request the surest alone, the first of several. */
function losers(own: Int32Array, { choices, winner }: Ballot, settings: PairSettings): number[] {
  const losing = Array.from(own).filter((a) => choices[a] >= 0 && choices[a] !== winner);
  if (!settings.filters.onlyMostConfident || losing.length < 2) return losing;
  const sure = settings.confidence;
  const isKnown = losing.every((a) => !Number.isNaN(sure[a]));
  const tally = tallyOf(own, choices);
  const votesOf = (a: number): number => tally.counts[tally.choices.indexOf(choices[a])];
  const rank = (a: number): number => (isKnown ? sure[a] : votesOf(a));
  return [losing.reduce((top, next) => (rank(next) > rank(top) ? next : top))];
}

/** One row; null where the question is not known in the language it is asked in. */
export function pairOf(
  table: AnswerTable,
  { votes }: Election,
  { contrast, rejected, asked }: { contrast: Contrast; rejected: number; asked: number },
): PreferencePair | null {
  const { vote, language, target } = contrast;
  const wording = wordingOf(table, votes.question[vote], asked);
  if (wording === null) return null;
  const same: TargetFlag[] =
    rejected >= 0 && table.answers.text[rejected] === target.text ? ['same_text'] : [];
  return {
    vote,
    question: votes.question[vote],
    model: votes.model[vote],
    asked,
    language,
    instruction: wording.instruction,
    input: wording.prompt,
    target,
    rejected,
    flags: [...target.flags, ...same],
  };
}

/** Why the two texts of a pair do not go together; null where they do. */
export function misfit(
  { target, rejected, flags }: PreferencePair,
  { answers }: AnswerTable,
  { lengthRatio }: PairFilters,
): Reason | null {
  if (flags.includes('same_text')) return 'sameText';
  if (lengthRatio === null || rejected < 0) return null;
  const [short, long] = [target.text.length, answers.text[rejected].length].toSorted(
    (a, b) => a - b,
  );
  return long > lengthRatio * short ? 'lengthRatio' : null;
}
