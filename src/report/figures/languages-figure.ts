import type { MetricCard } from '../../core/metric-card.ts';
import type { AnalysisReport, Estimate } from '../../core/report.ts';
import type { ForestPlotProps, ForestRow } from '../../plots/props.ts';
import { endsOf, endsSentence } from '../words/standing.ts';
import {
  factsText,
  formatValue,
  itemOf,
  sharedFacts,
  whyUnranked,
  type FigureInput,
} from './figure-input.ts';

/** A metric by language: the mean over its pairs, both ways; nearest to the others first. */
export function languagesFigure(input: FigureInput, card: MetricCard): ForestPlotProps {
  const { report, note } = input;
  const n = sharedFacts(report.pairs);
  const rows = rowsOf(input, card);
  return {
    name: `languages-${card.id}`,
    title: languagesTitle(rows, card, n),
    subtitle: [
      `${card.name} of each language with the others: mean over its pairs${card.symmetric ? '' : ', both ways'}`,
      factsText(n),
      card.direction,
      card.interval === null ? 'no intervals' : '95 % bootstrap intervals over facts',
    ].join('; '),
    note,
    rows,
    axis: {
      quantity: `${card.name}, mean over the other languages`,
      direction: card.direction,
      n: factsText(n),
      format: formatValue,
    },
    reference: chanceLine(card, n),
  };
}

/** Languages without a value come last. */
function rowsOf(input: FigureInput, card: MetricCard): ForestRow[] {
  const { report } = input;
  const sign = card.direction === 'higher is closer' ? -1 : 1;
  const place = ({ value }: Estimate): number => (Number.isNaN(value) ? Infinity : sign * value);
  return report.languageScores
    .map((scores, l): ForestRow => {
      const { value, interval } = scores[card.id];
      const n = fewestShared(report, l);
      const reason = reasonOf({ value, interval }, card, n);
      return { ...itemOf(input, l), value, interval, n, reason };
    })
    .sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

/** Facts of the pair with the fewest. */
function fewestShared({ pairs }: AnalysisReport, language: number): number {
  return sharedFacts(pairs.filter(({ a, b }) => a === language || b === language))[0];
}

function reasonOf({ value, interval }: Estimate, card: MetricCard, n: number): string | undefined {
  if (Number.isNaN(value)) return 'none of its pairs has a value';
  if (interval !== null) return undefined;
  if (card.interval === null) return 'the metric has none';
  return n < 2 ? 'fewer than two facts' : 'its pairs are not all on the same facts';
}

function languagesTitle(
  rows: ForestRow[],
  card: MetricCard,
  n: [fewest: number, most: number],
): string {
  const unranked = whyUnranked(card, n);
  if (unranked !== null) return `${card.name} by language: ${unranked}`;
  const ends = endsOf(rows, card.direction, 'languages');
  return ends === null
    ? `${card.name} by language`
    : endsSentence(card.name, ends, ['is nearest to the others', 'is farthest from the others']);
}

/** Chance of one in n is a line only where n is one number. */
function chanceLine(
  { chance }: MetricCard,
  [fewest, most]: [fewest: number, most: number],
): ForestPlotProps['reference'] {
  if (chance === null || (chance === 'one in n' && (fewest !== most || most === 0)))
    return undefined;
  return { value: chance === 'one in n' ? 1 / most : chance, name: 'chance' };
}
