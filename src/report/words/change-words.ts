import type { MetricCard } from '../../core/metric-card.ts';
import type { Change } from '../../core/run-comparison.ts';
import type { MetricSummary } from '../../metrics/change-summary.ts';
import { formatValue } from '../figures/figure-input.ts';

/** A difference with its sign, its interval or the reason there is none. */
export function differenceText({
  difference,
  interval,
}: Pick<Change, 'difference' | 'interval'>): string {
  if (Number.isNaN(difference)) return 'not defined';
  const text = formatValue(difference);
  const value = `${difference > 0 && Number(text) !== 0 ? '+' : ''}${text}`;
  return interval === null
    ? `${value} (no interval)`
    : `${value} (95 % ${formatValue(interval[0])} to ${formatValue(interval[1])})`;
}

/** What became of a metric, over the languages; says no more than interval and p do, of which p knows how few facts are. */
export function changeTitle({ card, overall, pairs, closer, apart }: MetricSummary): string {
  const { before, after, interval, p } = overall;
  if (pairs === 0) return `${card.name} is not defined in both runs`;
  const values = `${formatValue(before.value)} before, ${formatValue(after.value)} after`;
  if (interval === null || (interval[0] <= 0 && interval[1] >= 0) || !(p <= 0.05)) {
    const why = interval === null ? '' : ': the difference may be chance';
    return `${card.name}: ${values}${why}`;
  }
  const way = isCloser(overall, card) ? 'brings languages closer' : 'takes languages apart';
  return `${card.name}: the change ${way}, ${values}; of ${pairs.toLocaleString('en')} pairs ${closer.toLocaleString('en')} closer, ${apart.toLocaleString('en')} farther apart`;
}

function isCloser({ difference }: Change, { direction }: MetricCard): boolean {
  return difference > 0 === (direction === 'higher is closer');
}

/** One change in words: before, after, difference, and how likely chance is. */
export function changeSentence({ before, after, p, adjusted, ...change }: Change): string {
  const chance = Number.isNaN(p)
    ? ''
    : `; p = ${p.toFixed(3)}, adjusted over all ${adjusted.toFixed(3)}`;
  const difference = differenceText(change);
  return `${formatValue(before.value)} before, ${formatValue(after.value)} after: ${difference}${chance}`;
}
