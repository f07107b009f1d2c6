import {
  ITEM_NAMES,
  type AllocationPlan,
  type LanguageAllocation,
  type PlanComparison,
} from '../../core/plan.ts';
import { percent } from './answer.ts';
import { countOf } from './answer-words.ts';

/** What the plan finds, in two sentences. */
export function planFinding(plan: AllocationPlan): string {
  const { allocation, languages, curve, elbow, comparison, settings } = plan;
  const served = allocation.filter(({ items }) => items > 0);
  const named = served.length > 0 ? served : allocation;
  const names = listed(named.map(({ language }) => languages[language].name));
  const isElbow = elbow === named.length;
  const of = `${named.length} of ${curve.length} candidates, the elbow of the curve${isElbow ? '' : ` is at ${elbow}`}`;
  if (served.length === 0) {
    const { covered } = curve[allocation.length - 1];
    return `The budget of ${countOf(settings.budget, 'item')} gives none to languages. Data in ${names} (${of}) would reach ${percent(covered)} of the need.`;
  }
  const [planned, uniform] = comparison;
  return `Data in ${names} (${of}) reaches ${percent(planned.covered)} of the need. An item of the plan covers ${tenths(planned.perItem)} of the need on average, one that is given to all candidates alike ${tenths(uniform.perItem)}.`;
}

/** Which languages a selected one covers, beside itself. */
export function coversText(
  { languages, needs }: Pick<AllocationPlan, 'languages' | 'needs'>,
  { language }: Pick<LanguageAllocation, 'language'>,
): string {
  const others = languages.filter((_, l) => l !== language && needs[l].coveredBy === language);
  return others.length === 0 ? 'itself' : `itself, ${others.map(({ name }) => name).join(', ')}`;
}

/** The shift of a language's types, with its sign and what moves. */
export function shiftText(shift: number): string {
  const points = Math.abs(shift).toFixed(1);
  if (points === '0.0') return 'none';
  return `${points} points to ${shift > 0 ? ITEM_NAMES.common : ITEM_NAMES.fact}`;
}

export function comparisonText({ languages, covered, perItem, leftover }: PlanComparison): string {
  const left = leftover > 0 ? `; ${countOf(leftover, 'item')} left over` : '';
  return `${countOf(languages, 'language')}, ${percent(covered)} of the need reached, ${tenths(perItem)} covered by an item on average${left}`;
}

/** A share with one digit after the point: allocations differ by little. */
export function tenths(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Names that are written out where there are two more at least. */
const NAMED = 5;

/** The names as a list, the first ones of many. */
function listed(names: readonly string[]): string {
  const shown = names.length > NAMED + 1 ? names.slice(0, NAMED) : names.slice(0, -1);
  const last = names.length > NAMED + 1 ? `${names.length - NAMED} more` : names[names.length - 1];
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
