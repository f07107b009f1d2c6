import type { Language } from '../../core/language.ts';
import type { LanguageMatrix } from '../../core/matrix.ts';
import type { MetricCard } from '../../core/metric-catalog.ts';
import type { PairReport } from '../../core/report.ts';
import type { Interval } from '../../core/statistics.ts';

export interface Extremes {
  nearest: string;
  farthest: string;
}

/** The nearest and the farthest two languages by a metric; null below two finished pairs. */
export function extremesOf(
  values: LanguageMatrix,
  languages: Language[],
  card: MetricCard,
): Extremes | null {
  const L = languages.length;
  const sign = card.direction === 'higher is closer' ? 1 : -1;
  let [best, worst] = [-Infinity, Infinity];
  let found: { nearest: number; farthest: number } = { nearest: -1, farthest: -1 };
  for (let cell = 0; cell < values.length; cell++) {
    if (cell % (L + 1) === 0 || Number.isNaN(values[cell])) continue;
    const closeness = values[cell] * sign;
    if (closeness > best) [best, found] = [closeness, { ...found, nearest: cell }];
    if (closeness < worst) [worst, found] = [closeness, { ...found, farthest: cell }];
  }
  if (best === worst || best === -Infinity) return null;
  const joint = card.symmetric ? ' and ' : ' to ';
  const words = (cell: number): string =>
    `${languages[Math.floor(cell / L)].name}${joint}${languages[cell % L].name}`;
  return { nearest: words(found.nearest), farthest: words(found.farthest) };
}

export function matrixTitle({ name }: MetricCard, extremes: Extremes | null): string {
  return extremes === null
    ? `${name} of every two languages`
    : `${name}: ${extremes.nearest} are nearest, ${extremes.farthest} farthest apart`;
}

/** Ends of the colour scale: what occurs off the diagonal, so that differences between languages show. */
export function matrixDomain(
  values: LanguageMatrix,
  L: number,
  card: MetricCard,
): [number, number] {
  const own = Array.from(values).filter(
    (value, cell) => cell % (L + 1) !== 0 && !Number.isNaN(value),
  );
  if (own.length === 0) return [0, 1];
  const low = own.reduce((a, b) => Math.min(a, b));
  const high = own.reduce((a, b) => Math.max(a, b));
  // Shares are read against 0 and 1, distances against 0.
  if (card.id === 'mexa' || card.id === 'p_at_1') return [0, 1];
  if (card.direction === 'lower is closer') return [0, high];
  return low === high ? [low - 0.01, high + 0.01] : [Math.min(low, 1), high];
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
    return `${languages[row].name} with itself: ${values[row * languages.length + row]} by definition`;
  const pair = pairs.find(({ a, b }) => (a === row && b === column) || (a === column && b === row));
  if (pair === undefined) return `${names}: not defined, they share no fact`;
  const value = values[row * languages.length + column];
  const n = `n = ${pair.facts.length.toLocaleString('en')}`;
  if (Number.isNaN(value)) return `${names}: not defined for ${n}`;
  const interval = intervalOf(pair, card, row === pair.a);
  const range =
    interval === null
      ? 'no interval'
      : `95 % ${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}`;
  const extra = extraOf(pair, card);
  return `${names}: ${value.toFixed(3)} (${[range, n, ...extra].join(', ')})`;
}

function intervalOf(pair: PairReport, { id }: MetricCard, forth: boolean): Interval | null {
  if (id === 'mean_cosine') return pair.meanCosine.interval;
  if (id === 'mexa') return pair.mexa.interval;
  if (id === 'p_at_1') return (forth ? pair.precisionAToB : pair.precisionBToA).interval;
  return null;
}

function extraOf(pair: PairReport, { id }: MetricCard): string[] {
  if (id === 'mean_cosine' || id === 'calibrated')
    return [Number.isNaN(pair.floor) ? 'no floor below 2 facts' : `floor ${pair.floor.toFixed(3)}`];
  if (id === 'mexa' || id === 'p_at_1') return pair.ties > 0 ? [`${pair.ties} ties`] : [];
  return [`centroid ${pair.biasCentroid.toFixed(3)}, residual ${pair.biasResidual.toFixed(3)}`];
}
