import {
  FACTS_LISTED,
  ITEM_NAMES,
  ITEM_TYPES,
  PLAN_LIMIT,
  type AllocationPlan,
  type PlanExport,
} from '../../core/plan.ts';
import { toCsv, type CsvCell } from './to-csv.ts';
import { toJson } from './to-json.ts';

/**
 * All files of a plan: the recipe, the allocation and the facts as tables, and the instruction pairs as JSON lines.
 *
 * @param stem of their names
 */
export function toPlanFiles(input: PlanExport, stem = 'plan'): Map<string, string> {
  const { plan } = input;
  return new Map([
    [`${stem}.json`, recipeJson(input)],
    [`${stem}.csv`, allocationCsv(plan)],
    [`${stem}.facts.csv`, factsCsv(plan)],
    [`${stem}.jsonl`, pairLines(plan)],
  ]);
}

/** How each number of a recipe comes about. */
const DEFINITIONS = {
  need: 'w(l) = max(0, b(l) - lowest b), normalized to sum 1; b(l) is the mean FaMSS language bias of l to the other languages',
  transfer:
    'T(s, l), row s to column l, in [0, 1], 1 for s = l: exp(-B(s, l) / median B) with transfer "bias", debiased CKA cut at 0 and 1 with "cka"; 0 where it is not defined',
  curve:
    'greedy maximization of F(S) = sum over l of w(l) max of T(s, l) over s in S: gain of each language, and F with it (covered)',
  elbow:
    'number of languages at which F lies farthest above the chord from nothing to all candidates',
  credit: 'sum of w(l) T(s, l) over the languages l that s covers better than the others',
  items:
    'in proportion to credit^alpha within the bounds (water-filling), whole by largest remainder; of the budget less the anchor-language text',
  shift:
    'points that move from fact to common translation: centroid share of the language’s bias less the mean over languages, within 20 points and within the mix',
  anchorItems:
    'text in the anchor language (the pivot), one row of its own: its part of the mix of the whole budget',
  comparison:
    'the same items for languages, without minimums: uniform gives every candidate alike, inverse-bias in proportion to 1 / b(l), bias in proportion to b(l). covered is F of the languages with items; perItem is the need that an item covers on average, the sum of share(s) w(l) T(s, l); it is 0 without items',
  facts:
    'translate: the anchor language has the fact and the language lacks it; check: its drift, 1 - cosine to the mean of the fact’s other renderings, is in the highest quarter of the language. The first of each is the one of largest drift, each further one the farthest from those before it (greedy k-centre on fact means). ' +
    `At most ${FACTS_LISTED} of each are listed of a language, and no more to translate than fact translations are planned`,
};

/** The plan as JSON. Languages go by their own labels; null is not defined, or no bound. */
function recipeJson({ isogloss, plan, source }: PlanExport): string {
  const { languages, settings, needs, transfer, curve, allocation, comparison, facts } = plan;
  const labels = languages.map(({ label }) => label);
  const L = labels.length;
  return toJson({
    isogloss,
    kind: 'FaMSS-inspired data allocation',
    limit: PLAN_LIMIT,
    source,
    settings: {
      ...settings,
      caps: settings.caps.map(({ tag, ...bounds }) => ({
        language: labelOf(plan, tag),
        ...bounds,
      })),
    },
    definitions: DEFINITIONS,
    itemNames: ITEM_NAMES,
    languages: labels,
    tags: languages.map(({ tag }) => tag),
    pivot: labels[plan.pivot],
    needs: needs.map(({ coveredBy, ...need }, l) => ({
      language: labels[l],
      ...need,
      coveredBy: labels[coveredBy] ?? null,
    })),
    transfer: labels.map((_, s) => [...transfer.subarray(s * L, (s + 1) * L)]),
    curve: curve.map(({ language, ...step }) => ({ language: labels[language], ...step })),
    elbow: plan.elbow,
    allocation: allocation.map(({ language, ...own }) => ({ language: labels[language], ...own })),
    anchorItems: plan.anchorItems,
    leftover: plan.leftover,
    totals: plan.totals,
    comparison: comparison.map(({ items, ...own }) => ({
      ...own,
      items: Object.fromEntries(labels.map((label, l) => [label, items[l]])),
    })),
    facts: facts.map(({ language, missing, far, chosen }) => ({
      language: labels[language],
      missing,
      far,
      listed: chosen.length,
    })),
    instructionPairs: plan.pairs.length,
    notices: plan.notices,
  });
}

/** One row for each selected language in the order of selection, then the anchor-language text, then the sum. */
function allocationCsv(plan: AllocationPlan): string {
  const { languages, needs, allocation, anchorItems, totals, pivot } = plan;
  const header = ['language', 'tag', 'name', 'bias', 'need', 'covers', 'credit', 'share', 'bound'];
  const rows = allocation.map(({ language, credit, share, bound, items, types, shift }) => {
    const { label, tag, name } = languages[language];
    const covers = languages.filter((_, l) => needs[l].coveredBy === language);
    const { bias, need } = needs[language];
    return [
      label,
      tag,
      name,
      bias,
      need,
      covers.map((own) => own.label).join(' '),
      credit,
      share,
      bound ?? '',
      items,
      ...ITEM_TYPES.map((type) => types[type]),
      shift,
    ];
  });
  const { label, tag } = languages[pivot];
  const blank = (count: number): CsvCell[] => Array<CsvCell>(count).fill('');
  const anchor = [label, tag, ITEM_NAMES.anchor, ...blank(6), anchorItems, 0, 0, anchorItems, ''];
  const counts = ITEM_TYPES.map((type) => totals[type]);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const sums = ['', '', 'all', ...blank(6), all, ...counts, ''];
  return toCsv([[...header, 'items', ...ITEM_TYPES, 'shift_points'], ...rows, anchor, sums]);
}

/** One row for each fact to translate into, or to check in, a selected language, in the order of work. */
function factsCsv({ languages, facts, pivot }: AllocationPlan): string {
  const anchor = languages[pivot].label;
  const rows = facts.flatMap(({ language, chosen }) =>
    chosen.map(({ id, why, drift, text, pivotText }): CsvCell[] => [
      languages[language].label,
      why,
      id,
      drift,
      text,
      pivotText,
    ]),
  );
  return toCsv([['language', 'why', 'fact', 'drift', 'text', `text:${anchor}`], ...rows]);
}

function pairLines({ pairs }: AllocationPlan): string {
  return pairs.map(({ prompt, output }) => `${JSON.stringify({ prompt, output })}\n`).join('');
}

function labelOf({ languages }: AllocationPlan, tag: string): string {
  return languages.find((language) => language.tag === tag)?.label ?? tag;
}
