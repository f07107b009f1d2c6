import type { DriftSummary } from '../../core/report.ts';
import type { PlotLanguage, RidgelineProps } from '../../plots/props.ts';
import { endsOf, endsSentence } from '../words/standing.ts';
import type { FigureInput } from './figure-input.ts';

/** Drift of every rendering from one reference. */
export interface DriftShown {
  /** Row-major [facts, languages]; NaN for a hole. */
  values: Float32Array;
  /** By language. */
  summaries: DriftSummary[];
  /** 'English' or 'the mean of the other languages'. */
  referenceLabel: string;
  /** Languages from top to bottom. */
  order: ArrayLike<number>;
}

/** How drift spreads over the facts, by language. */
export function ridgelineFigure(
  { languages, colors, note }: Omit<FigureInput, 'report'>,
  drift: DriftShown,
): RidgelineProps {
  return {
    name: 'drift-densities',
    title: driftTitle(languages, drift),
    subtitle: driftSubtitle(drift),
    note,
    languages,
    colors,
    ...drift,
  };
}

/** Who drifts most and least, as far as the intervals of the means carry it. */
export function driftTitle(
  languages: PlotLanguage[],
  { summaries, referenceLabel }: DriftShown,
): string {
  const standings = summaries.map(({ mean: value, interval }, l) => ({
    name: languages[l].name,
    value,
    interval,
  }));
  const ends = endsOf(standings, 'lower is closer', 'languages');
  return ends === null
    ? `Drift from ${referenceLabel}`
    : endsSentence(`Mean drift from ${referenceLabel}`, ends, ['drifts least', 'drifts most']);
}

export function driftSubtitle({ summaries, referenceLabel, order }: DriftShown): string {
  const counts = Array.from(order, (l) => summaries[l].n);
  const [low, high] = counts.length === 0 ? [0, 0] : [Math.min(...counts), Math.max(...counts)];
  const n =
    low === high
      ? `n = ${low.toLocaleString('en')} facts`
      : `n = ${low.toLocaleString('en')} to ${high.toLocaleString('en')} facts, by language`;
  const reference =
    referenceLabel === 'the mean of the other languages'
      ? 'the mean vector of the other languages'
      : referenceLabel;
  return `1 − cosine of each fact with ${reference}, 0 to 2, lower is closer; ${n}; means with 95 % bootstrap intervals over facts`;
}
