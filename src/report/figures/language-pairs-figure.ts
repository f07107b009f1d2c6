import type { MetricCard } from '../../core/metric-card.ts';
import type { AnalysisReport, Estimate, PairReport } from '../../core/report.ts';
import type { ForestPlotProps, ForestRow, PlotLanguage } from '../../plots/props.ts';
import { factsText, formatValue, sharedFacts, whyUnranked } from './figure-input.ts';
import { endsOf, endsSentence } from '../words/standing.ts';

interface LanguagePairs {
  report: AnalysisReport;
  /** As they are named everywhere, marks included. */
  languages: PlotLanguage[];
  colors: string[];
  language: number;
}

/** A metric of one language with every other one, nearest first; both directions where it has them. */
export function languagePairsFigure(
  input: LanguagePairs,
  card: MetricCard,
): Pick<ForestPlotProps, 'name' | 'title' | 'subtitle' | 'rows' | 'axis' | 'series'> {
  const { report, languages, language } = input;
  const own = languages[language].name;
  const rows = rowsOf(input, card).sort((a, b) => byCloseness(a, b, card));
  const subject = card.symmetric ? `${card.name} of ${own} and` : `${card.name} from ${own} to`;
  const n = sharedFacts(pairsOf(report, language));
  const unranked = whyUnranked(card, n);
  const ends = unranked === null ? endsOf(rows, card.direction, 'languages') : null;
  return {
    name: `${card.id}-${languages[language].tag}`,
    title:
      ends === null
        ? `${subject} the other languages${unranked === null ? '' : `: ${unranked}`}`
        : endsSentence(`${subject} the others`, ends, ['is nearest', 'is farthest']),
    subtitle: `${factsText(n)}; ${card.direction}; ${card.interval === null ? 'without intervals' : `95 % intervals, ${card.interval}`}`,
    rows,
    axis: { quantity: card.name, direction: card.direction, format: formatValue },
    ...(card.symmetric ? {} : { series: [`to ${own}`, `from ${own}`] }),
  };
}

function pairsOf({ pairs }: AnalysisReport, language: number): PairReport[] {
  return pairs.filter(({ a, b }) => a === language || b === language);
}

function rowsOf(
  { report, languages, colors, language }: LanguagePairs,
  card: MetricCard,
): ForestRow[] {
  return languages.flatMap(({ name, label, remark }, other): ForestRow[] => {
    if (other === language) return [];
    const pair = pairsOf(report, language).find(({ a, b }) => a === other || b === other);
    const item = { name, label, remark, color: colors[other], n: pair?.facts.length ?? 0 };
    return [{ ...item, ...estimates(pair, language, card) }];
  });
}

const NOTHING: Estimate = { value: NaN, interval: null };

function estimates(
  pair: PairReport | undefined,
  language: number,
  card: MetricCard,
): Pick<ForestRow, 'value' | 'interval' | 'reason' | 'before'> {
  const score = pair?.scores[card.id] ?? { forth: NOTHING, back: NOTHING };
  const [from, to] = pair?.a === language ? [score.forth, score.back] : [score.back, score.forth];
  const why = reason(pair, from, card);
  return {
    ...from,
    ...(why === '' ? {} : { reason: why }),
    ...(card.symmetric ? {} : { before: to }),
  };
}

function reason(pair: PairReport | undefined, { interval }: Estimate, card: MetricCard): string {
  if (pair === undefined) return 'they share no fact';
  if (interval !== null) return '';
  return card.interval === null ? 'the metric has none' : 'too few shared facts';
}

function byCloseness(a: ForestRow, b: ForestRow, { direction }: MetricCard): number {
  const sign = direction === 'higher is closer' ? -1 : 1;
  const [x, y] = [sign * a.value, sign * b.value];
  return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || x - y || 0;
}
