import type { MetricCard } from '../../core/metric-card.ts';
import type { Estimate } from '../../core/report.ts';

/** A language, or two of them, with its estimate. */
export interface Standing extends Estimate {
  name: string;
}

/** Both ends of a list of estimates. */
export interface Ends {
  /** Smallest and largest value; the name counts the items where several tie. */
  low: Standing;
  high: Standing;
  /** Names of the nearest and of the farthest where its interval lies apart from all others; else null. */
  nearest: string | null;
  farthest: string | null;
}

/**
 * What may be said of who is nearest and who is farthest; null where fewer than two are defined, or all are equal.
 *
 * @param items 'pairs' or 'languages', for the count of those that tie
 */
export function endsOf(
  standings: Standing[],
  direction: MetricCard['direction'],
  items: string,
): Ends | null {
  const defined = standings.filter(({ value }) => !Number.isNaN(value));
  const sorted = defined.toSorted((a, b) => a.value - b.value);
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  if (sorted.length === 0 || low.value === high.value) return null;
  const others = (own: Standing): Standing[] => defined.filter((item) => item !== own);
  const lowest = others(low).every((item) => liesBelow(low, item)) ? low.name : null;
  const highest = others(high).every((item) => liesBelow(item, high)) ? high.name : null;
  const closer = direction === 'higher is closer';
  return {
    low: counted(low, defined, items),
    high: counted(high, defined, items),
    nearest: closer ? highest : lowest,
    farthest: closer ? lowest : highest,
  };
}

/** Whether a’s interval lies below b’s as a whole. */
export function liesBelow(a: Estimate, b: Estimate): boolean {
  return a.interval !== null && b.interval !== null && a.interval[1] < b.interval[0];
}

function counted(own: Standing, all: Standing[], items: string): Standing {
  const ties = all.filter(({ value }) => value === own.value).length;
  return ties === 1 ? own : { ...own, name: `${ties.toLocaleString('en')} ${items}` };
}

/** Who is nearest and farthest as far as the intervals carry it, else from where to where the values run. */
export function endsSentence(
  subject: string,
  { low, high, nearest, farthest }: Ends,
  [near, far]: [near: string, far: string],
): string {
  const found = [
    ...(nearest === null ? [] : [`${nearest} ${near}`]),
    ...(farthest === null ? [] : [`${farthest} ${far}`]),
  ];
  if (found.length > 0) return `${subject}: ${found.join(', ')}`;
  const text = ({ name, value }: Standing): string => `${value.toFixed(3)} (${name})`;
  return `${subject} runs from ${text(low)} to ${text(high)}`;
}
