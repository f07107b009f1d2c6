import type { Language } from '../core/language.ts';
import type { DriftSummary, PlotTable } from './props.ts';

const NONE = 'not defined';

export function formatDrift(value: number): string {
  return Number.isNaN(value) ? NONE : value.toFixed(3);
}

/** Mean with its interval, or the mean alone where there is little room. */
export function formatMean({ n, mean, interval }: DriftSummary, short: boolean): string {
  if (n === 0) return short ? '–' : 'no facts';
  if (short) return mean.toFixed(3);
  return interval === null
    ? `${mean.toFixed(3)} (n = ${n})`
    : `${mean.toFixed(3)} [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}]`;
}

export function describeLanguage(
  name: string,
  { n, mean, interval, median, q1, q3 }: DriftSummary,
): string {
  if (n === 0) return `${name}: no facts to compare, drift ${NONE}`;
  const between =
    interval === null
      ? 'no interval for a single fact'
      : `95 % interval ${formatDrift(interval[0])} to ${formatDrift(interval[1])}`;
  const middle = `median ${formatDrift(median)}, middle half ${formatDrift(q1)} to ${formatDrift(q3)}`;
  return `${name}: mean drift ${formatDrift(mean)}, ${between}; ${middle}; n = ${n.toLocaleString('en')} facts`;
}

/** The summaries as a table, in display order. */
export function driftTable(
  languages: Language[],
  summaries: DriftSummary[],
  order: number[],
): PlotTable {
  const numeric = true;
  return {
    columns: [
      { label: 'Language', heading: true },
      ...['n', 'mean', '95 % low', '95 % high', 'median', 'q1', 'q3', 'min', 'max'].map(
        (label) => ({ label, numeric }),
      ),
    ],
    rows: order.map((l) => {
      const { n, mean, interval, median, q1, q3, min, max } = summaries[l];
      const ends = interval === null ? ['none', 'none'] : interval.map(formatDrift);
      return [
        languages[l].name,
        String(n),
        formatDrift(mean),
        ...ends,
        ...[median, q1, q3, min, max].map(formatDrift),
      ];
    }),
  };
}
