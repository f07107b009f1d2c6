import type { MetricCard } from '../core/metric-card.ts';
import type { AnalysisReport, Estimate, PairReport } from '../core/report.ts';
import type { ForestPlotProps, ForestRow, PlotLanguage } from '../plots/props.ts';
import { inSentence } from '../plots/sentences.ts';

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
  const { languages, language } = input;
  const own = languages[language].name;
  const rows = rowsOf(input, card).sort((a, b) => byCloseness(a, b, card));
  const defined = rows.filter(({ value }) => !Number.isNaN(value));
  const from = card.symmetric ? '' : ` from ${own}`;
  return {
    name: `${card.id}-${languages[language].tag}`,
    title:
      defined.length < 2 || defined[0].value === defined[defined.length - 1].value
        ? `${card.name}${from || ` of ${own}`} with the other languages`
        : `${card.name}${from}: ${defined[0].name} has the nearest value, ${defined[defined.length - 1].name} the farthest`,
    subtitle: `${inSentence(card.quantity)}, ${card.direction}; ${card.interval === null ? 'without intervals' : `95 % intervals, ${card.interval}`}`,
    rows,
    axis: { quantity: card.name, direction: card.direction, format: (value) => value.toFixed(3) },
    ...(card.symmetric ? {} : { series: [`to ${own}`, `from ${own}`] }),
  };
}

function rowsOf(
  { report, languages, colors, language }: LanguagePairs,
  card: MetricCard,
): ForestRow[] {
  return languages.flatMap(({ name, label, remark }, other): ForestRow[] => {
    if (other === language) return [];
    const pair = report.pairs.find(
      ({ a, b }) => (a === language && b === other) || (a === other && b === language),
    );
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
