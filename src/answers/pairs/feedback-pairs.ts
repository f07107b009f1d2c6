import type { AnswerTable } from '../../core/answers.ts';
import { languageWish, type LanguageWishes } from '../../core/language-wishes.ts';
import type {
  FeedbackCell,
  LeftOut,
  PairSet,
  Plan,
  PreferencePair,
} from '../../core/preference-pairs.ts';
import { randomSubset, seededRandom, type Random } from '../../core/random.ts';
import type { VoteGroup } from '../../core/votes.ts';
import { count, pairSet } from './pair-set.ts';
import {
  contrastsOf,
  misfit,
  pairOf,
  type Contrast,
  type PairSettings,
} from './preference-pairs.ts';
import { voteGroups } from '../votes/vote-report.ts';
import type { Election } from '../votes/vote.ts';

export interface FeedbackSettings {
  plan: Plan;
  /** Languages in the order of the ring. */
  order: readonly number[];
  /** Index of the pivot; null where the plan needs none. */
  pivot: number | null;
  /** Most rows of a pair of languages, for each model and task; null for any number. */
  cap: number | null;
  /** Whether questions may be asked in the language of the answers, too. */
  same: boolean;
  wishes: LanguageWishes;
  seed: number;
}

export interface Feedback extends PairSet {
  /** One for each planned pair of languages, model and task: how the rows are spread. */
  cells: FeedbackCell[];
}

/**
 * Questions in one language, answered in another as the vote wants it: chosen is the target in the language of the answer,
 * rejected an answer there that disagrees. The instruction ends by asking for that language. Where a cell holds more than
 * its cap, rows are drawn by the seed.
 *
 * @returns pairs in the order of the plan
 * @see Lai et al. 2024, arXiv 2406.01771, for cross-lingual feedback
 */
export function feedbackPairs(
  table: AnswerTable,
  choices: Int32Array,
  {
    election,
    settings,
    feedback,
  }: { election: Election; settings: PairSettings; feedback: FeedbackSettings },
): Feedback {
  const { contrasts, leftOut } = contrastsOf(table, choices, { election, settings });
  const random = seededRandom(feedback.seed);
  const cells: FeedbackCell[] = [];
  const pairs: PreferencePair[] = [];
  for (const group of voteGroups(table, choices, election)) {
    const own = contrasts.filter(({ vote }) => isOf(group, { table, election, vote }));
    for (const [asked, answered] of plannedCells(group, feedback)) {
      const candidates = own
        .filter(({ language }) => language === answered)
        .flatMap((contrast) => rowsOf(contrast, asked, { table, election, settings, leftOut }));
      const kept = capped(candidates, feedback.cap, random);
      count(leftOut, 'cap', candidates.length - kept.length);
      pairs.push(...kept.map((pair) => asking(pair, table, feedback.wishes)));
      cells.push({
        task: group.task,
        model: group.model,
        asked,
        answered,
        agreement: group.agreement[asked * table.languages.length + answered],
        candidates: candidates.length,
        written: kept.length,
      });
    }
  }
  return { ...pairSet(table, choices, { pairs, leftOut }), pairs, cells };
}

function isOf(
  { task, model }: VoteGroup,
  { table, election, vote }: { table: AnswerTable; election: Election; vote: number },
): boolean {
  const { votes } = election;
  return votes.model[vote] === model && table.questions[votes.question[vote]].task === task;
}

/** Pairs of languages [asked, answered] in the order of the plan; the same language twice comes last. */
export function plannedCells(
  { agreement, selfConsistency }: Pick<VoteGroup, 'agreement' | 'selfConsistency'>,
  { plan, order, pivot, same }: Pick<FeedbackSettings, 'plan' | 'order' | 'pivot' | 'same'>,
): [asked: number, answered: number][] {
  const others = order.filter((language) => language !== pivot);
  const cells = different(plan, { order, others, pivot });
  if (plan === 'worst-first') {
    const agreed = ([a, b]: [number, number]): number => {
      const value = agreement[a * selfConsistency.length + b];
      return Number.isNaN(value) ? Infinity : value;
    };
    cells.sort((a, b) => (agreed(a) === agreed(b) ? 0 : agreed(a) - agreed(b)));
  }
  const answered = [...new Set(cells.map(([, language]) => language))];
  return same ? [...cells, ...answered.map((b): [number, number] => [b, b])] : cells;
}

function different(
  plan: Plan,
  { order, others, pivot }: { order: readonly number[]; others: number[]; pivot: number | null },
): [number, number][] {
  if (plan === 'to-pivot') return others.map((a) => [a, pivot ?? a]);
  if (plan === 'from-pivot') return others.map((b) => [pivot ?? b, b]);
  const ring = order.map((a, i): [number, number] => [a, order[(i + 1) % order.length]]);
  const all = order.flatMap((a) => order.map((b): [number, number] => [a, b]));
  return (plan === 'ring' ? ring : all).filter(([a, b]) => a !== b);
}

function rowsOf(
  contrast: Contrast,
  asked: number,
  {
    table,
    election,
    settings,
    leftOut,
  }: { table: AnswerTable; election: Election; settings: PairSettings; leftOut: LeftOut },
): PreferencePair[] {
  return contrast.rejected.flatMap((rejected) => {
    const pair = pairOf(table, election, { contrast, rejected, asked });
    const reason = pair === null ? 'noQuestion' : misfit(pair, table, settings.filters);
    if (pair !== null && reason === null) return [pair];
    count(leftOut, reason ?? 'noQuestion');
    return [];
  });
}

function capped(pairs: PreferencePair[], cap: number | null, random: Random): PreferencePair[] {
  if (cap === null || pairs.length <= cap) return pairs;
  return Array.from(randomSubset(random, cap, pairs.length), (i) => pairs[i]);
}

/** The pair with the wish for the language of its answers behind the instruction. */
function asking(
  pair: PreferencePair,
  { languages }: AnswerTable,
  wishes: LanguageWishes,
): PreferencePair {
  const { text, isEnglish } = languageWish(languages[pair.language], wishes);
  return {
    ...pair,
    instruction: pair.instruction === '' ? text : `${pair.instruction}\n${text}`,
    flags: isEnglish ? [...pair.flags, 'suffix_in_english'] : pair.flags,
  };
}
