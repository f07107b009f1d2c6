import type { ByType } from '../core/plan.ts';
import { mean } from '../core/statistics.ts';
import { wholeShares } from './share-budget.ts';

/** Most points that a diagnosis moves. */
export const MOST_SHIFT = 20;

/** The budget by type, whole numbers that sum to it. */
export function budgetByType(budget: number, { fact, common, anchor }: ByType): ByType {
  const [facts, commons, anchors] = wholeShares(budget, [fact, common, anchor]);
  return { fact: facts, common: commons, anchor: anchors };
}

/**
 * Points that move from fact to common translation for each language: how far the share of centroid shift in its bias
 * lies above the mean share over languages, within 20 points and within the mix. What a language adds to all its texts is
 * put down to how it is written, what it does to single facts to what is known in it.
 *
 * @param centroidShares in [0, 1], NaN where there is none
 * @returns by language, in [-20, 20]
 */
export function typeShifts(centroidShares: Float64Array, mix: ByType): number[] {
  const average = mean(centroidShares.filter((share) => !Number.isNaN(share)));
  const base = commonShare(mix);
  return Array.from(centroidShares, (share) => {
    if (Number.isNaN(share)) return 0;
    const wanted = Math.min(MOST_SHIFT, Math.max(-MOST_SHIFT, 100 * (share - average)));
    return 100 * (Math.min(1, Math.max(0, base + wanted / 100)) - base);
  });
}

/** Items of a language by type: whole numbers that sum to them. */
export function itemsByType(items: number, mix: ByType, shift: number): ByType {
  const common = commonShare(mix) + shift / 100;
  const [fact, commons] = wholeShares(items, [Math.max(0, 1 - common), Math.max(0, common)]);
  return { fact, common: commons, anchor: 0 };
}

/** Of the translations. */
function commonShare({ fact, common }: ByType): number {
  return fact + common > 0 ? common / (fact + common) : 0;
}
