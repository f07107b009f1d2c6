import type { Language } from '../../core/language.ts';
import type { LanguageMatrix } from '../../core/matrix.ts';
import type { MetricCard } from '../../core/metric-card.ts';
import type { PairReport } from '../../core/report.ts';
import type { Standing } from './standing.ts';

/** Every two languages with the metric's estimate, each pair once where the metric is symmetric. */
export function pairStandings(
  pairs: PairReport[],
  languages: Language[],
  { id, symmetric }: MetricCard,
): Standing[] {
  const named = (a: number, b: number): string =>
    `${languages[a].name} ${symmetric ? 'and' : 'to'} ${languages[b].name}`;
  return pairs.flatMap(({ a, b, scores: { [id]: score } }) => [
    { name: named(a, b), ...score.forth },
    ...(symmetric ? [] : [{ name: named(b, a), ...score.back }]),
  ]);
}

/** Ends of the colour scale: the metric's own, else what occurs off the diagonal, so that differences show. */
export function matrixDomain(
  values: LanguageMatrix,
  L: number,
  card: Pick<MetricCard, 'ends'>,
): [number, number] {
  const own = Array.from(values).filter(
    (value, cell) => cell % (L + 1) !== 0 && !Number.isNaN(value),
  );
  if (own.length === 0) return [0, 1];
  const low = card.ends[0] ?? own.reduce((a, b) => Math.min(a, b));
  const high = card.ends[1] ?? own.reduce((a, b) => Math.max(a, b));
  return low === high ? [card.ends[0] ?? low - 0.01, high + 0.01] : [low, high];
}

/** One cell in words: value, interval or the reason there is none, floor, n, ties, and whether it differs from chance. */
export function pairSentence(
  pairs: PairReport[],
  languages: Language[],
  card: MetricCard,
  { row, column, isChance }: { row: number; column: number; isChance: boolean },
): string {
  const names = `${languages[row].name} ${card.symmetric ? 'and' : 'to'} ${languages[column].name}`;
  if (row === column)
    return `${languages[row].name} with itself: ${card.self === null ? 'not defined' : `${card.self} by definition`}`;
  const pair = pairs.find(({ a, b }) => (a === row && b === column) || (a === column && b === row));
  if (pair === undefined) return `${names}: not defined, they share no fact`;
  const n = `n = ${pair.facts.length.toLocaleString('en')}`;
  const { value, interval } = pair.scores[card.id][row === pair.a ? 'forth' : 'back'];
  if (Number.isNaN(value)) return `${names}: not defined for ${n}`;
  const range =
    interval === null
      ? 'no interval'
      : `95 % ${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}`;
  const beside = [...besideOf(pair, card), ...(isChance ? ['not told apart from chance'] : [])];
  return `${names}: ${value.toFixed(3)} (${[range, n, ...beside].join(', ')})`;
}

/** What the family's numbers are read beside. */
function besideOf({ floor, ties }: PairReport, { family }: MetricCard): string[] {
  if (family === 'Cosines')
    return [Number.isNaN(floor) ? 'no floor below 2 facts' : `floor ${floor.toFixed(3)}`];
  return family === 'Retrieval' && ties > 0 ? [`${ties} ties`] : [];
}
