import type { MetricCard } from '../../core/metric-card.ts';
import type { AnalysisReport, PairReport } from '../../core/report.ts';
import type { PlotItem, PlotLanguage } from '../../plots/props.ts';

/** What every figure is made from. */
export interface FigureInput {
  report: AnalysisReport;
  /** The report's languages as they are marked, see `words/trust-words.ts`. */
  languages: PlotLanguage[];
  /** One per language, `#rrggbb`. */
  colors: string[];
  /** What the marks mean; '' where there are none. */
  note: string;
}

/** Name, label, colour and remark of a language. */
export function itemOf({ languages, colors }: FigureInput, language: number): PlotItem {
  const { name, label, remark } = languages[language];
  return { name, label, remark, color: colors[language] };
}

/** Fewest and most facts that two languages share; 0 and 0 without a pair. */
export function sharedFacts(pairs: Pick<PairReport, 'facts'>[]): [fewest: number, most: number] {
  const counts = pairs.map(({ facts }) => facts.length);
  return counts.length === 0 ? [0, 0] : [Math.min(...counts), Math.max(...counts)];
}

/** 'n = 66 facts' or 'n = 40 to 66 facts, by pair'. */
export function factsText([fewest, most]: [fewest: number, most: number]): string {
  const [low, high] = [fewest.toLocaleString('en'), most.toLocaleString('en')];
  return fewest === most
    ? `n = ${low} fact${most === 1 ? '' : 's'}`
    : `n = ${low} to ${high} facts, by pair`;
}

/** Why values of this metric must not be ranked, as the end of a title; null where they may be. */
export function whyUnranked(
  { dependsOnFacts }: MetricCard,
  [fewest, most]: [fewest: number, most: number],
): string | null {
  if (!dependsOnFacts || fewest === most) return null;
  const range = `${fewest.toLocaleString('en')} to ${most.toLocaleString('en')}`;
  return `not ranked, because it depends on the number of facts and pairs share ${range}`;
}

/** A value of any metric; one that rounds to 0 has no sign. */
export function formatValue(value: number): string {
  const text = value.toFixed(3);
  return Number(text) === 0 ? '0.000' : text.replace('-', '−');
}
