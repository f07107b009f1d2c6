import type { LanguageMatrix } from '../../core/matrix.ts';
import type { MetricCard } from '../../core/metric-card.ts';
import type { Change, RunComparison } from '../../core/run-comparison.ts';
import type { MetricSummary } from '../../metrics/change-summary.ts';
import type { ForestPlotProps, HeatMapProps, PlotLanguage } from '../../plots/props.ts';
import { changeSentence, changeTitle } from '../words/change-words.ts';
import { factsText, formatValue } from './figure-input.ts';

/** The languages of a comparison as the page names and colours them. */
export interface ChangeFigureInput {
  comparison: RunComparison;
  languages: PlotLanguage[];
  colors: string[];
  note: string;
}

/** Every language before and after, by a metric; the largest change first. */
export function changeForest(
  { comparison, languages, colors, note }: ChangeFigureInput,
  summary: MetricSummary,
): ForestPlotProps {
  const { card } = summary;
  const changes = comparison.byLanguage.map((own) => own[card.id]);
  const order = byDifference(changes);
  return {
    name: `change-${card.id}`,
    title: changeTitle(summary),
    subtitle: `${card.quantity}, mean over the other languages; ${card.direction}; ${countOf(comparison)}; 95 % intervals`,
    note,
    rows: order.map((language) => ({
      ...languages[language],
      color: colors[language],
      value: changes[language].after.value,
      interval: changes[language].after.interval,
      before: changes[language].before,
      n: fewestFacts(comparison, language),
      reason: 'its pairs are not all on the same facts',
    })),
    axis: {
      quantity: card.quantity,
      direction: card.direction,
      n: countOf(comparison),
      format: formatValue,
    },
    series: ['before', 'after'],
  };
}

/** Languages with a defined change, the largest first. */
export function byDifference(changes: Change[]): number[] {
  return [...changes.keys()]
    .filter((i) => !Number.isNaN(changes[i].difference))
    .sort((a, b) => Math.abs(changes[b].difference) - Math.abs(changes[a].difference));
}

/** Differences of every pair, row to column, on a scale around 0. */
export function changeMatrix(
  { comparison, languages, note }: ChangeFigureInput,
  card: MetricCard,
): HeatMapProps {
  const L = languages.length;
  const values = differencesOf(comparison, card, L);
  const reach = values.reduce((most, v) => (Math.abs(v) > most ? Math.abs(v) : most), 0) || 0.01;
  return {
    name: `change-${card.id}-pairs`,
    title: `${card.name} of every two languages: after minus before`,
    subtitle: `Difference of ${card.quantity}, itself ${card.direction}; ${countOf(comparison)}`,
    note,
    labels: languages,
    values,
    domain: [-reach, reach],
    scale: 'diverging',
    quantity: `Difference of ${card.quantity}`,
    direction: card.direction === 'higher is closer' ? 'above 0 is closer' : 'below 0 is closer',
    format: (value) => {
      const text = value.toFixed(2);
      return Number(text) === 0 ? '0.00' : `${value > 0 ? '+' : ''}${text.replace('-', '−')}`;
    },
    symmetric: card.symmetric,
    describe: (row, column) =>
      `${languages[row].name} ${card.symmetric ? 'and' : 'to'} ${languages[column].name}: ${sentenceOf(comparison, card, { row, column })}`,
  };
}

function differencesOf({ pairs }: RunComparison, { id }: MetricCard, L: number): LanguageMatrix {
  const values = new Float64Array(L * L).fill(NaN);
  for (const { a, b, changes } of pairs) {
    values[a * L + b] = changes[id].forth.difference;
    values[b * L + a] = changes[id].back.difference;
  }
  return values;
}

function sentenceOf(
  { pairs }: RunComparison,
  { id }: MetricCard,
  { row, column }: { row: number; column: number },
): string {
  if (row === column) return 'a language does not change against itself';
  const pair = pairs.find(({ a, b }) => (a === row && b === column) || (a === column && b === row));
  if (pair === undefined) return 'they share no fact';
  const change = pair.changes[id][row === pair.a ? 'forth' : 'back'];
  return `${changeSentence(change)}; n = ${pair.n.toLocaleString('en')}`;
}

function countOf({ pairs }: Pick<RunComparison, 'pairs'>): string {
  const counts = pairs.map(({ n }) => n);
  return factsText([Math.min(...counts), Math.max(...counts)]);
}

/** The fewest facts that a pair of the language is compared on. */
function fewestFacts({ pairs }: RunComparison, language: number): number {
  return Math.min(
    ...pairs.filter(({ a, b }) => a === language || b === language).map(({ n }) => n),
  );
}
