import type { AllocationPlan, PlanRequest } from '../core/plan.ts';

/** A plan before anything is said of it. */
type Unsaid = Omit<AllocationPlan, 'notices'>;

/** Fewer facts than this say little of a language's bias. */
const FEW_FACTS = 20;

/** Everything to be known before the numbers of a plan are read. */
export function planNotices(plan: Unsaid, request: PlanRequest): string[] {
  return [
    ...needNotices(plan, request),
    ...transferNotices(plan, request),
    ...selectionNotices(plan),
    ...dataNotices(plan),
  ];
}

function needNotices({ needs, languages }: Unsaid, { corpus }: PlanRequest): string[] {
  const notices: string[] = [];
  const alone = languages.filter((_, l) => Number.isNaN(needs[l].bias));
  if (alone.length > 0)
    notices.push(
      `${namesOf(alone)}: no fact is shared with another language, so that need is not known; planned without.`,
    );
  const known = needs.filter(({ bias }) => !Number.isNaN(bias));
  if (known.every(({ need }) => need === known[0].need))
    notices.push(
      `All languages have the same bias, ${known[0].bias.toFixed(3)}: the need is spread evenly.`,
    );
  if (corpus.facts.length < FEW_FACTS)
    notices.push(
      `${corpus.facts.length} facts are few: bias and transfer would differ on other facts.`,
    );
  return notices;
}

function transferNotices({ languages, settings }: Unsaid, { measures }: PlanRequest): string[] {
  const L = languages.length;
  const pairs = (values: Float64Array): number =>
    values.filter((value, e) => Math.floor(e / L) < e % L && Number.isNaN(value)).length;
  const apart = pairs(measures.bias);
  const notices: string[] = [];
  if (apart > 0)
    notices.push(
      `${apart} of ${(L * (L - 1)) / 2} pairs of languages share no fact: their transfer counts as 0.`,
    );
  const undefinedCka = pairs(measures.ckaDebiased) - apart;
  if (settings.transfer === 'cka' && undefinedCka > 0)
    notices.push(
      `The debiased CKA of ${undefinedCka} pairs is not defined (fewer than 4 facts, or no structure): their transfer counts as 0.`,
    );
  return notices;
}

function selectionNotices({ settings, curve, allocation, languages, pivot }: Unsaid): string[] {
  const notices: string[] = [];
  const { select, caps } = settings;
  if (select !== null && select > curve.length)
    notices.push(
      `${select} languages are asked for, but ${curve.length} may be selected: all of them are.`,
    );
  const selected = allocation.map(({ language }) => languages[language].tag);
  const unused = caps.filter(({ tag, min }) => min > 0 && !selected.includes(tag));
  if (unused.length > 0)
    notices.push(
      `The minimums of ${unused.map(({ tag }) => tag).join(', ')} bind nothing: these languages are not selected.`,
    );
  if (allocation.some(({ language }) => language === pivot))
    notices.push(
      `${languages[pivot].name} is selected and the anchor language: its items are text in it, since a translation needs two languages.`,
    );
  return notices;
}

function dataNotices({ allocation, leftover, languages, pivot, pairs }: Unsaid): string[] {
  const notices: string[] = [];
  if (leftover > 0)
    notices.push(
      `${leftover.toLocaleString('en')} items are left over: all selected languages are at their bounds, or have no credit.`,
    );
  const planned = allocation.reduce((sum, { types }) => sum + types.fact, 0);
  if (pairs.length < planned)
    notices.push(
      `The texts at hand make ${pairs.length.toLocaleString('en')} instruction pairs of the ${planned.toLocaleString('en')} fact translations that are planned; the other texts are still to be found.`,
    );
  const paired = new Set(pairs.flatMap(({ from, to }) => [from, to]));
  const bare = allocation
    .filter(({ language, types }) => language !== pivot && types.fact > 0)
    .map(({ language }) => languages[language])
    .filter(({ tag }) => !paired.has(tag));
  if (bare.length > 0)
    notices.push(
      `${namesOf(bare)}: no fact has texts in the language and in ${languages[pivot].name}, so that there is a recipe but no instruction pair.`,
    );
  return notices;
}

function namesOf(languages: readonly { name: string }[]): string {
  return languages.map(({ name }) => name).join(', ');
}
