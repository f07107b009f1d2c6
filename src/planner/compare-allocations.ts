import type { PlanComparison } from '../core/plan.ts';
import { coveredNeed, type Location } from './select-languages.ts';
import { fillWithin, wholeParts, type Bounds } from './share-budget.ts';

/** What the same items are shared out over. Lists run over the candidates. */
interface Alternatives {
  /** Items for languages. */
  budget: number;
  candidates: readonly number[];
  /** b(l). */
  bias: readonly number[];
  /** Of what is available and the most that is wished; minimums are wishes for the plan alone. */
  most: readonly number[];
}

/** The plan beside the same items for all candidates alike, in inverse proportion to their bias, and in proportion to it. */
export function compareAllocations(
  location: Location,
  planned: Float64Array,
  { budget, candidates, bias, most }: Alternatives,
): PlanComparison[] {
  const bounds = most.map((max): Bounds => ({ min: 0, max }));
  const spent = (weights: readonly number[]): Float64Array => {
    const items = new Float64Array(location.need.length);
    const { whole, parts } = wholeWithin(budget, weights, bounds);
    if (whole > 0) candidates.forEach((language, i) => (items[language] = parts[i]));
    return items;
  };
  const judged = (id: PlanComparison['id'], name: string, items: Float64Array): PlanComparison => ({
    id,
    name,
    items,
    ...judge(location, items, budget),
  });
  const lowest = Math.min(...bias);
  return [
    judged('plan', 'the plan', planned),
    judged('uniform', 'uniform: every candidate alike', spent(candidates.map(() => 1))),
    judged(
      'inverse-bias',
      'inverse bias: in proportion to 1 / b(l)',
      // In proportion to 1 / b, and finite where the lowest b is 0.
      spent(bias.map((own) => (own === lowest ? 1 : lowest / own))),
    ),
    judged('bias', 'bias: in proportion to b(l)', spent(bias)),
  ];
}

/** Whole numbers in proportion to weights (alike where all are 0) within whole bounds; `whole` is their sum. */
export function wholeWithin(
  budget: number,
  weights: readonly number[],
  bounds: readonly Bounds[],
): { whole: number; parts: number[]; held: (keyof Bounds | null)[] } {
  const known = weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
  const { amounts, held } = fillWithin(budget, known, bounds);
  const whole = Math.round(amounts.reduce((sum, amount) => sum + amount, 0));
  return { whole, parts: wholeParts(whole, amounts), held };
}

function judge(
  location: Location,
  items: Float64Array,
  budget: number,
): Pick<PlanComparison, 'languages' | 'leftover' | 'covered' | 'perItem'> {
  const L = items.length;
  const total = items.reduce((sum, own) => sum + own, 0);
  const served = Array.from(items.keys()).filter((l) => items[l] > 0);
  const reached = (s: number): number =>
    location.need.reduce((sum, own, l) => sum + own * location.transfer[s * L + l], 0);
  return {
    languages: served.length,
    leftover: budget - total,
    covered: coveredNeed(location, served),
    perItem: served.reduce((sum, s) => sum + (items[s] / total) * reached(s), 0),
  };
}
