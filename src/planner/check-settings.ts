import { AnalyzerError } from '../core/errors.ts';
import type { Language } from '../core/language.ts';
import {
  ITEM_NAMES,
  ITEM_TYPES,
  MOST_ALPHA,
  MOST_ITEMS,
  type PlanCap,
  type PlanSettings,
} from '../core/plan.ts';

/**
 * Refuses settings that no plan can follow.
 *
 * @throws AnalyzerError `usage`, with the setting and its value
 */
export function checkSettings(
  { budget, select, alpha, mix, caps, seed }: PlanSettings,
  languages: readonly Language[],
): void {
  if (!isItems(budget))
    throw wrong(`The budget ${budget} is no whole number from 0 to ${count(MOST_ITEMS)}.`);
  if (select !== null && !(Number.isInteger(select) && select >= 1))
    throw wrong(`The number of languages to select, ${select}, is no whole number from 1 on.`);
  if (!(alpha >= 0 && alpha <= MOST_ALPHA))
    throw wrong(`The exponent alpha, ${alpha}, is no number from 0 to ${MOST_ALPHA}.`);
  if (!Number.isInteger(seed)) throw wrong(`The seed ${seed} is not a whole number.`);
  const bad = ITEM_TYPES.find((type) => !(mix[type] >= 0 && Number.isFinite(mix[type])));
  if (bad !== undefined)
    throw wrong(`The part of ${ITEM_NAMES[bad]} in the mix, ${mix[bad]}, is no number from 0 on.`);
  if (ITEM_TYPES.every((type) => mix[type] === 0)) throw wrong('All parts of the mix are 0.');
  checkCaps(caps, languages);
}

function checkCaps(caps: readonly PlanCap[], languages: readonly Language[]): void {
  const tags = languages.map(({ tag }) => tag);
  caps.forEach(({ tag, min, max, available }, i) => {
    if (!tags.includes(tag))
      throw wrong(`Bounds are given for ${tag}, but the languages are ${tags.join(', ')}.`);
    if (caps.findIndex((cap) => cap.tag === tag) < i)
      throw wrong(`Bounds are given twice for ${tag}.`);
    const bad = [min, max, available].find((value) => !isItems(value) && value !== Infinity);
    if (bad !== undefined || min === Infinity)
      throw wrong(`The bound ${bad ?? min} of ${tag} is no whole number of items from 0 on.`);
    const most = Math.min(max, available);
    if (min > most)
      throw wrong(`${tag} shall get at least ${count(min)} items but may get ${count(most)}.`);
  });
}

/**
 * @throws AnalyzerError `usage` where minimums exceed what is shared out
 */
export function checkMinimums(
  minimums: readonly { tag: string; min: number }[],
  items: number,
): void {
  const bound = minimums.filter(({ min }) => min > 0);
  const sum = bound.reduce((total, { min }) => total + min, 0);
  if (sum <= items) return;
  throw wrong(
    `The minimums of ${bound.map(({ tag }) => tag).join(', ')} sum to ${count(sum)} items, but ${count(items)} are there for languages.`,
    'Lower the minimums, or raise the budget.',
  );
}

function isItems(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MOST_ITEMS;
}

function count(n: number): string {
  return n.toLocaleString('en');
}

function wrong(sentence: string, hint = 'Change this setting of the plan.'): AnalyzerError {
  return new AnalyzerError('usage', sentence, { hint });
}
