import { AnalyzerError } from '../core/errors.ts';
import type {
  AllocationPlan,
  ByType,
  LanguageAllocation,
  PlanCap,
  PlanRequest,
  SelectionStep,
} from '../core/plan.ts';
import { checkMinimums, checkSettings } from './check-settings.ts';
import { chooseFacts } from './choose-facts.ts';
import { compareAllocations, wholeWithin } from './compare-allocations.ts';
import { instructionPairs } from './instruction-pairs.ts';
import { budgetByType, itemsByType, typeShifts } from './item-types.ts';
import { languageNeeds, type Needs } from './language-need.ts';
import { planNotices } from './plan-notices.ts';
import {
  coveringLanguages,
  creditsOf,
  elbowOf,
  selectLanguages,
  type Location,
} from './select-languages.ts';
import { transferMatrix } from './transfer.ts';

/** What is found before any item is shared out. */
interface Groundwork {
  needs: Needs;
  location: Location;
  /** Languages that may be selected. */
  candidates: number[];
  curve: SelectionStep[];
  elbow: number;
  selected: number[];
  coveredBy: Int32Array;
}

/**
 * Plans data after the idea of FaMSS: languages are selected so that each language in need is near one that gets data;
 * the budget follows the need that each covers, the types of items follow what kind of bias there is.
 *
 * Text in the anchor language (the pivot) takes its part of the mix first; the rest is for languages. A selected pivot
 * gets text in the anchor language only: a translation needs two languages.
 *
 * @throws AnalyzerError `usage` for settings that cannot be followed, `corpus/no-shared-facts`
 * @see Liu et al. 2025, arXiv 2406.14434
 */
export function planAllocation(request: PlanRequest): AllocationPlan {
  const { corpus, vectors, pivot, settings } = request;
  checkSettings(settings, corpus.languages);
  const ground = groundwork(request);
  const { needs, location, candidates, curve, elbow, coveredBy } = ground;
  const typed = budgetByType(settings.budget, settings.mix);
  const budget = settings.budget - typed.anchor;
  const { allocation, leftover } = allocate(request, ground, budget);
  const planned = new Float64Array(corpus.languages.length);
  for (const { language, items } of allocation) planned[language] = items;
  const facts = chooseFacts({ corpus, vectors, pivot }, allocation);
  const plan = {
    settings,
    languages: corpus.languages,
    pivot,
    needs: corpus.languages.map((_, l) => ({
      bias: needs.bias[l],
      need: needs.need[l],
      centroidShare: needs.centroidShare[l],
      coveredBy: coveredBy[l],
      transfer:
        coveredBy[l] < 0 ? 0 : location.transfer[coveredBy[l] * corpus.languages.length + l],
    })),
    transfer: location.transfer,
    curve,
    elbow,
    allocation,
    anchorItems: typed.anchor,
    leftover,
    totals: totalsOf(allocation, typed.anchor),
    comparison: compareAllocations(location, planned, {
      budget,
      candidates,
      bias: candidates.map((s) => needs.bias[s]),
      most: candidates.map((s) => mostOf(capOf(settings.caps, corpus.languages[s].tag))),
    }),
    facts,
    pairs: instructionPairs(corpus, pivot, { allocation, seed: settings.seed }),
  };
  return { ...plan, notices: planNotices(plan, request) };
}

function groundwork({ corpus, measures, pivot, settings }: PlanRequest): Groundwork {
  const L = corpus.languages.length;
  const needs = languageNeeds(measures, L);
  const transfer = transferMatrix(measures, L, settings.transfer);
  const location = { need: needs.need, transfer };
  const candidates = Array.from(needs.bias.keys()).filter(
    (l) => !Number.isNaN(needs.bias[l]) && (l !== pivot || settings.includePivot),
  );
  if (candidates.length === 0) {
    throw new AnalyzerError(
      'corpus/no-shared-facts',
      'No two languages share a fact: there is no bias to plan by.',
      { hint: 'Analyze files that have the same facts in two or more languages.' },
    );
  }
  const curve = selectLanguages(location, candidates);
  const elbow = elbowOf(curve);
  const selected = curve.slice(0, settings.select ?? elbow).map(({ language }) => language);
  const coveredBy = coveringLanguages(location, selected);
  return { needs, location, candidates, curve, elbow, selected, coveredBy };
}

function allocate(
  { corpus, pivot, settings }: PlanRequest,
  { needs, location, selected, coveredBy }: Groundwork,
  budget: number,
): { allocation: LanguageAllocation[]; leftover: number } {
  const caps = selected.map((s) => capOf(settings.caps, corpus.languages[s].tag));
  checkMinimums(caps, budget);
  const credits = creditsOf(location, selected, coveredBy);
  const { whole, parts, held } = wholeWithin(
    budget,
    credits.map((credit) => credit ** settings.alpha),
    caps.map((cap) => ({ min: cap.min, max: mostOf(cap) })),
  );
  const shifts = typeShifts(needs.centroidShare, settings.mix);
  const allocation = selected.map((language, i): LanguageAllocation => {
    const items = parts[i];
    const isAnchor = language === pivot;
    return {
      language,
      credit: credits[i],
      share: budget > 0 ? items / budget : 0,
      bound: boundOf(held[i], caps[i]),
      items,
      types: isAnchor
        ? { fact: 0, common: 0, anchor: items }
        : itemsByType(items, settings.mix, shifts[language]),
      shift: isAnchor ? 0 : shifts[language],
    };
  });
  return { allocation, leftover: budget - whole };
}

function capOf(caps: readonly PlanCap[], tag: string): PlanCap {
  const own = caps.find((cap) => cap.tag === tag);
  return own ?? { tag, min: 0, max: Infinity, available: Infinity };
}

function mostOf({ max, available }: PlanCap): number {
  return Math.min(max, available);
}

function boundOf(held: 'min' | 'max' | null, cap: PlanCap): LanguageAllocation['bound'] {
  if (held !== 'max') return held;
  return cap.available < cap.max ? 'available' : 'max';
}

function totalsOf(allocation: readonly LanguageAllocation[], anchorItems: number): ByType {
  const sum = (type: keyof ByType): number =>
    allocation.reduce((total, { types }) => total + types[type], 0);
  return { fact: sum('fact'), common: sum('common'), anchor: anchorItems + sum('anchor') };
}
