import {
  ITEM_NAMES,
  type AllocationPlan,
  type LanguageAllocation,
  type PlanComparison,
} from '../../core/plan.ts';
import { percent } from './answer.ts';

/** What the plan finds, in a few sentences. */
export function planFinding(plan: AllocationPlan): string {
  const { allocation, languages, curve, elbow, comparison, settings } = plan;
  const served = allocation.filter(({ items }) => items > 0);
  const reached = curve[allocation.length - 1].covered;
  const names = listed(allocation.map(({ language }) => languages[language].name));
  const of = `${allocation.length} of ${curve.length} candidates`;
  const elbowText =
    elbow === allocation.length
      ? 'the elbow of the curve'
      : `the elbow of the curve is at ${elbow}`;
  const [planned, uniform] = comparison;
  const spent =
    served.length === 0
      ? `A budget of ${count(settings.budget)} leaves no item for languages.`
      : `An item of the plan covers ${percent(planned.perItem)} of the need on average, one that is given to all candidates alike ${percent(uniform.perItem)}.`;
  return `Data in ${names} (${of}, ${elbowText}) reaches ${percent(reached)} of the need. ${spent}`;
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
  const left = leftover > 0 ? `; ${count(leftover)} items left over` : '';
  return `${languages} languages, ${percent(covered)} of the need reached, ${percent(perItem)} covered by an item on average${left}`;
}

function listed(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

function count(n: number): string {
  return n.toLocaleString('en');
}
