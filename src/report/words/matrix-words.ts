import type { Language } from '../../core/language.ts';
import type { LanguageMatrix } from '../../core/matrix.ts';
import type { MetricCard } from '../../core/metric-card.ts';
import type { PairReport } from '../../core/report.ts';

export interface Extremes {
  nearest: string;
  farthest: string;
}

/** The nearest and the farthest two languages by a metric, or how many pairs tie there; null below two finished pairs. */
export function extremesOf(
  values: LanguageMatrix,
  languages: Language[],
  card: MetricCard,
): Extremes | null {
  const L = languages.length;
  const sign = card.direction === 'higher is closer' ? 1 : -1;
  const cells = Array.from(values.keys()).filter(
    (cell) => !Number.isNaN(values[cell]) && isOffDiagonal(cell, L, card),
  );
  const closeness = cells.map((cell) => values[cell] * sign);
  const [best, worst] = [Math.max(...closeness), Math.min(...closeness)];
  if (cells.length === 0 || best === worst) return null;
  const joint = card.symmetric ? ' and ' : ' to ';
  const words = (end: number): string => {
    const found = cells.filter((_, i) => closeness[i] === end);
    if (found.length > 1) return `${found.length.toLocaleString('en')} pairs`;
    return `${languages[Math.floor(found[0] / L)].name}${joint}${languages[found[0] % L].name}`;
  };
  return { nearest: words(best), farthest: words(worst) };
}

/** Each pair once where the metric is symmetric. */
function isOffDiagonal(cell: number, L: number, { symmetric }: MetricCard): boolean {
  const [row, column] = [Math.floor(cell / L), cell % L];
  return symmetric ? row < column : row !== column;
}

export function matrixTitle({ name }: MetricCard, extremes: Extremes | null): string {
  return extremes === null
    ? `${name} of every two languages`
    : `${name}: ${extremes.nearest} are nearest, ${extremes.farthest} farthest apart`;
}

/** Ends of the colour scale: the metric's own, else what occurs off the diagonal, so that differences show. */
export function matrixDomain(
  values: LanguageMatrix,
  L: number,
  card: MetricCard,
): [number, number] {
  const own = Array.from(values).filter(
    (value, cell) => cell % (L + 1) !== 0 && !Number.isNaN(value),
  );
  if (own.length === 0) return [0, 1];
  const low = card.ends[0] ?? own.reduce((a, b) => Math.min(a, b));
  const high = card.ends[1] ?? own.reduce((a, b) => Math.max(a, b));
  return low === high ? [card.ends[0] ?? low - 0.01, high + 0.01] : [low, high];
}

/** One cell in words: value, interval or the reason there is none, floor, n, ties. */
export function pairSentence(
  pairs: PairReport[],
  languages: Language[],
  card: MetricCard,
  { row, column, values }: { row: number; column: number; values: LanguageMatrix },
): string {
  const names = `${languages[row].name} ${card.symmetric ? 'and' : 'to'} ${languages[column].name}`;
  if (row === column)
    return `${languages[row].name} with itself: ${card.self === null ? 'not defined' : `${card.self} by definition`}`;
  const pair = pairs.find(({ a, b }) => (a === row && b === column) || (a === column && b === row));
  if (pair === undefined) return `${names}: not defined, they share no fact`;
  const value = values[row * languages.length + column];
  const n = `n = ${pair.facts.length.toLocaleString('en')}`;
  if (Number.isNaN(value)) return `${names}: not defined for ${n}`;
  const { interval } = pair.scores[card.id][row === pair.a ? 'forth' : 'back'];
  const range =
    interval === null
      ? 'no interval'
      : `95 % ${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}`;
  return `${names}: ${value.toFixed(3)} (${[range, n, ...besideOf(pair, card)].join(', ')})`;
}

/** What the family's numbers are read beside. */
function besideOf({ floor, ties }: PairReport, { family }: MetricCard): string[] {
  if (family === 'Cosines')
    return [Number.isNaN(floor) ? 'no floor below 2 facts' : `floor ${floor.toFixed(3)}`];
  return family === 'Retrieval' && ties > 0 ? [`${ties} ties`] : [];
}
