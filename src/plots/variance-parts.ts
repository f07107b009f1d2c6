import type { VarianceShares } from '../core/report.ts';
import type { Interval } from '../core/statistics.ts';
import type { PlotTable } from './props.ts';

export interface VariancePart {
  kind: 'fact' | 'language' | 'interaction';
  name: string;
  explanation: string;
  value: number;
  interval: Interval | null;
  /** Where the part begins on the bar, in [0, 1]. */
  start: number;
  /** Where its interval lies on the bar: measured from the part's own beginning, for the last one from the bar's end. */
  whisker: Interval | null;
}

const WORDS = {
  fact: { name: 'Fact', explanation: 'What is said: shared by all languages. More is better.' },
  language: {
    name: 'Language',
    explanation: 'Which language says it: a shift common to all its facts, removable by centering.',
  },
  interaction: {
    name: 'Interaction',
    explanation: 'What is left: single facts that single languages place elsewhere.',
  },
} as const;

/** The three shares in the order and at the places of the bar. */
export function varianceParts(shares: VarianceShares): VariancePart[] {
  const kinds = ['fact', 'language', 'interaction'] as const;
  let start = 0;
  return kinds.map((kind) => {
    const { value, interval } = shares[kind];
    const part = {
      kind,
      ...WORDS[kind],
      value,
      interval,
      start,
      whisker: whiskerOf(kind, start, interval),
    };
    start += value;
    return part;
  });
}

function whiskerOf(
  kind: VariancePart['kind'],
  start: number,
  interval: Interval | null,
): Interval | null {
  if (interval === null) return null;
  return kind === 'interaction'
    ? [1 - interval[1], 1 - interval[0]]
    : [start + interval[0], start + interval[1]];
}

export function shareText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export function varianceTable(parts: VariancePart[]): PlotTable {
  const numeric = true;
  return {
    columns: [
      { label: 'Share of', heading: true },
      { label: 'Value', numeric },
      { label: '95 % low', numeric },
      { label: '95 % high', numeric },
      { label: 'Meaning' },
    ],
    rows: parts.map(({ name, value, interval, explanation }) => [
      name,
      shareText(value),
      ...(interval === null ? ['none', 'none'] : interval.map(shareText)),
      explanation,
    ]),
  };
}
