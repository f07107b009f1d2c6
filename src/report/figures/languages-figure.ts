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
  const rows = nearestFirst(report, card).map((language) => rowOf(input, card, language));
  return {
    name: `languages-${card.id}`,
    title: languagesTitle(rows, card, n),
    subtitle: [
      `${card.name} of each language with the others: mean over its pairs${card.symmetric ? '' : ', both ways'}`,
      factsText(n),
      card.direction,
      card.interval === null ? 'no intervals' : '95 % intervals over facts',
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

/** Languages from the nearest to the others to the farthest; those without a value last. */
export function nearestFirst(
  { languageScores }: Pick<AnalysisReport, 'languageScores'>,
  { id, direction }: MetricCard,
): number[] {
  const sign = direction === 'higher is closer' ? -1 : 1;
  const places = languageScores.map(({ [id]: { value } }) =>
    Number.isNaN(value) ? Infinity : sign * value,
  );
  const order = places.map((_, l) => l);
  return order.sort((a, b) => (places[a] === places[b] ? a - b : places[a] - places[b]));
}

function rowOf(input: FigureInput, card: MetricCard, language: number): ForestRow {
  const { value, interval } = input.report.languageScores[language][card.id];
  const n = fewestShared(input.report, language);
  const reason = reasonOf({ value, interval }, card, n);
  return { ...itemOf(input, language), value, interval, n, reason };
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
