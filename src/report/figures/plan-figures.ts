import { ITEM_NAMES, ITEM_TYPES, type AllocationPlan } from '../../core/plan.ts';
import type { PlotItem, ScatterPlotProps, StackedBarsProps } from '../../plots/props.ts';
import { percent } from '../words/answer.ts';
import { countOf } from '../words/answer-words.ts';
import { formatValue } from './figure-input.ts';

/** A plan and the colours of its languages, `#rrggbb`. */
export interface PlanInput {
  plan: AllocationPlan;
  colors: string[];
}

/** How much need is covered as languages are added, with the elbow; a point for each candidate. */
export function coverageCurve({ plan, colors }: PlanInput): ScatterPlotProps {
  const { curve, elbow, languages } = plan;
  const { covered } = curve[elbow - 1];
  const next = elbow < curve.length ? `, the next one adds ${percent(curve[elbow].gain)}` : '';
  return {
    name: 'plan-curve',
    title: `The curve bends at ${elbow} of ${curve.length} languages: they reach ${percent(covered)} of the need${next}`,
    subtitle:
      'Languages in the order in which they add most to the covered need; dashed: the elbow, where the curve lies farthest above the line from nothing to all candidates',
    points: curve.map(({ language, gain, covered: height }, k) => ({
      ...itemOf({ plan, colors }, language),
      name: `${k + 1}: ${languages[language].name} adds ${formatValue(gain)}`,
      x: k + 1,
      y: height,
    })),
    itemName: 'Language added',
    x: {
      quantity: 'Languages selected',
      direction: '',
      domain: [0, curve.length],
      format: (count) => count.toFixed(0),
    },
    y: {
      quantity: 'Need that is covered, F',
      direction: 'higher covers more',
      domain: [0, 1],
      format: formatValue,
    },
    quadrants: {
      x: elbow,
      y: covered,
      names: { topLeft: '', topRight: '', bottomLeft: '', bottomRight: '' },
    },
  };
}

/** What each language gets, by type; the anchor-language text of the budget is the last bar. */
export function allocationBars({ plan, colors }: PlanInput): StackedBarsProps {
  const { allocation, languages, anchorItems, pivot, settings } = plan;
  const anchor = languages[pivot];
  const largest = allocation.reduce((a, b) => (b.items > a.items ? b : a));
  return {
    name: 'plan-items',
    title:
      largest.items > 0
        ? `${languages[largest.language].name} gets most: ${count(largest.items)} of ${count(settings.budget)} items`
        : `The budget of ${countOf(settings.budget, 'item')} gives none to languages`,
    subtitle:
      'Items by language and type; more where a language covers more need, within the bounds',
    rows: [
      ...allocation.map(({ language, types }) => ({
        ...itemOf({ plan, colors }, language),
        values: ITEM_TYPES.map((type) => types[type]),
      })),
      {
        ...itemOf({ plan, colors }, pivot),
        name: `${anchor.name} (anchor)`,
        values: [0, 0, anchorItems],
      },
    ],
    parts: ITEM_TYPES.map((type) => ITEM_NAMES[type]),
    axis: { quantity: 'Items', direction: '', format: count },
  };
}

function itemOf({ plan, colors }: PlanInput, language: number): PlotItem {
  const { name, label } = plan.languages[language];
  return { name, label, color: colors[language] };
}

function count(items: number): string {
  return items.toLocaleString('en');
}
