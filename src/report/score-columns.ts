import type { LanguageCard } from '../core/language-cards.ts';
import { PERFORMANCE_CARDS } from '../core/score-cards.ts';
import type { LanguagePerformance, RetrievalPair, TaskScores } from '../core/scorecard.ts';
import { wilson, type Interval } from '../core/statistics.ts';
import { formatValue } from './figures/figure-input.ts';

/** One model in one language. */
export interface ScoreRow {
  scores: TaskScores;
  /** Place in the list of languages of these scores. */
  place: number;
  /** Place of the pivot there; -1 for none. */
  pivot: number;
}

/** A number of every model in every language. */
export interface ScoreColumn {
  card: LanguageCard;
  /** NaN where it is not defined. */
  value: (row: ScoreRow) => number;
  interval: (row: ScoreRow) => Interval | null;
  /** Behind the value: what is to be known of it, '' for nothing. */
  mark: (row: ScoreRow) => string;
  /** Questions or answers behind it. */
  n: (row: ScoreRow) => number;
  /** Ends that an axis reaches at least. */
  domain: Interval;
}

/** The three levels of CLiKA. */
export const LEVELS = ['performance', 'consistency', 'conductivity'] as const;
export type Level = (typeof LEVELS)[number];

const own = ({ scores, place }: ScoreRow): LanguagePerformance => scores.performance[place];

/** Cell of a matrix from the row's language to the pivot, or back. */
function cell(
  { scores, place, pivot }: ScoreRow,
  matrix: ArrayLike<number>,
  way: 'to' | 'from' = 'to',
): number {
  if (pivot < 0 || pivot === place) return NaN;
  const [row, column] = way === 'to' ? [place, pivot] : [pivot, place];
  return matrix[row * scores.languages.length + column];
}

const PLAIN = { interval: () => null, mark: () => '', domain: [0, 1] as Interval };

export const SCORE_COLUMNS: Record<Level, ScoreColumn[]> = {
  performance: [
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.accuracy,
      value: (row) => own(row).accuracy.value,
      interval: (row) => own(row).accuracy.interval,
      n: (row) => own(row).n,
    },
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.rescaled,
      value: (row) => own(row).rescaled.value,
      interval: (row) => own(row).rescaled.interval,
      mark: (row) => (own(row).rescaledRaw < 0 ? '⌊' : ''),
      n: (row) => own(row).n,
    },
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.invalid,
      value: (row) => own(row).invalid / own(row).answers,
      interval: (row) => wilson(own(row).invalid, own(row).answers),
      n: (row) => own(row).answers,
    },
  ],
  consistency: [
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.coWithPivot,
      value: (row) => cell(row, row.scores.consistency.co),
      n: (row) => cell(row, row.scores.consistency.n),
    },
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.kappaWithPivot,
      value: (row) => cell(row, row.scores.consistency.kappa),
      n: (row) => cell(row, row.scores.consistency.nValid),
    },
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.entropy,
      value: (row) => own(row).entropy,
      mark: (row) => (own(row).degenerate ? '†' : ''),
      n: (row) => own(row).answers - own(row).invalid,
    },
  ],
  conductivity: [
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.transferFromPivot,
      value: (row) => cell(row, row.scores.conductivity.transfer, 'from'),
      n: (row) => cell(row, row.scores.consistency.n),
    },
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.transferToPivot,
      value: (row) => cell(row, row.scores.conductivity.transfer),
      n: (row) => cell(row, row.scores.consistency.n),
    },
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.liftFromPivot,
      value: (row) => cell(row, row.scores.conductivity.lift, 'from'),
      n: (row) => cell(row, row.scores.consistency.n),
    },
    {
      ...PLAIN,
      card: PERFORMANCE_CARDS.retrieval,
      value: (row) => retrieval(row)?.xrr ?? NaN,
      mark: gateMark,
      n: (row) => retrieval(row)?.inTo.n ?? NaN,
    },
  ],
};

/** The columns of a level that have a value anywhere. */
export function definedColumns(level: Level, rows: ScoreRow[]): ScoreColumn[] {
  return SCORE_COLUMNS[level].filter(({ value }) => rows.some((row) => !Number.isNaN(value(row))));
}

/** A value with its mark; 'not defined' for NaN. */
export function cellText({ value, mark }: ScoreColumn, row: ScoreRow): string {
  const number = value(row);
  return Number.isNaN(number) ? 'not defined' : formatValue(number) + mark(row);
}

function retrieval({ scores, place, pivot }: ScoreRow): RetrievalPair | undefined {
  return scores.conductivity.fictional?.pairs.find(
    ({ from, to }) => from === pivot && to === place,
  );
}

function gateMark(row: ScoreRow): string {
  const passes = retrieval(row)?.passes;
  return passes === undefined ? '' : passes === null ? ' ?' : passes ? ' ✓' : ' ✗';
}
