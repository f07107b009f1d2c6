import { describe, expect, it } from 'vitest';
import { toLanguage } from '../../src/core/language.ts';
import { PLAN_DEFAULTS, type AllocationPlan } from '../../src/core/plan.ts';
import { allocationBars, coverageCurve } from '../../src/report/figures/plan-figures.ts';
import {
  comparisonText,
  coversText,
  planFinding,
  shiftText,
} from '../../src/report/words/plan-words.ts';

const types = (fact: number, common: number, anchor: number) => ({ fact, common, anchor });
const need = (coveredBy: number, transfer: number) => ({
  bias: 1,
  need: 0.25,
  centroidShare: 0.1,
  coveredBy,
  transfer,
});

/** Thai and Arabic get data; English is the anchor, German is covered by Arabic. */
const PLAN: AllocationPlan = {
  settings: { ...PLAN_DEFAULTS, budget: 1000 },
  languages: ['en', 'de', 'ar', 'th'].map(toLanguage),
  pivot: 0,
  needs: [need(2, 0.5), need(2, 0.4), need(2, 1), need(3, 1)],
  transfer: new Float64Array(16),
  curve: [
    { language: 3, gain: 0.4, covered: 0.4 },
    { language: 2, gain: 0.3, covered: 0.7 },
    { language: 1, gain: 0.1, covered: 0.8 },
  ],
  elbow: 2,
  allocation: [
    {
      language: 3,
      credit: 0.3,
      share: 0.4,
      bound: null,
      items: 360,
      types: types(300, 60, 0),
      shift: 4.38,
    },
    {
      language: 2,
      credit: 0.5,
      share: 0.6,
      bound: null,
      items: 540,
      types: types(450, 90, 0),
      shift: -0.85,
    },
  ],
  anchorItems: 100,
  leftover: 0,
  totals: types(750, 150, 100),
  comparison: [
    {
      id: 'plan',
      name: 'the plan',
      items: Float64Array.of(0, 0, 540, 360),
      languages: 2,
      leftover: 0,
      covered: 0.7,
      perItem: 0.443,
    },
    {
      id: 'uniform',
      name: 'uniform',
      items: Float64Array.of(0, 300, 300, 300),
      languages: 3,
      leftover: 0,
      covered: 0.8,
      perItem: 0.4,
    },
  ],
  facts: [],
  pairs: [],
  notices: [],
};

describe('planFinding', () => {
  it('names the languages, what they reach, the elbow and what an item covers beside uniform allocation', () => {
    expect(planFinding(PLAN)).toBe(
      'Data in Thai and Arabic (2 of 3 candidates, the elbow of the curve) reaches 70 % of the need. An item of the plan covers 44.3 % of the need on average, one that is given to all candidates alike 40.0 %.',
    );
  });

  it('says where the elbow is when another number is selected, and when nothing is left for languages', () => {
    const one = { ...PLAN, allocation: [{ ...PLAN.allocation[0], items: 0 }] };
    expect(planFinding({ ...one, settings: { ...PLAN.settings, budget: 0 } })).toBe(
      'The budget of 0 items gives none to languages. Data in Thai (1 of 3 candidates, the elbow of the curve is at 2) would reach 40 % of the need.',
    );
  });

  it('takes no number of languages for the elbow but that of those with items', () => {
    const [first, second] = PLAN.allocation;
    const plan = { ...PLAN, allocation: [first, { ...second, items: 0 }] };
    expect(planFinding(plan)).toContain(
      'Data in Thai (1 of 3 candidates, the elbow of the curve is at 2)',
    );
  });

  it('counts the languages beyond the first five, and leaves out those without items', () => {
    const languages = ['en', 'de', 'ar', 'th', 'fr', 'es', 'ru', 'ja'].map(toLanguage);
    const rows = languages.map((_, language) => ({ ...PLAN.allocation[0], language }));
    const allocation = [{ ...rows[0], items: 0 }, ...rows.slice(1)];
    expect(planFinding({ ...PLAN, languages, allocation })).toContain(
      'Data in German, Arabic, Thai, French, Spanish and 2 more (7 of 3 candidates',
    );
  });
});

describe('the words of a row', () => {
  it('name whom a language covers, and what moves between types', () => {
    expect(PLAN.allocation.map((own) => coversText(PLAN, own))).toEqual([
      'itself',
      'itself, English, German',
    ]);
    expect([4.38, -0.85, 0.04].map(shiftText)).toEqual([
      '4.4 points to common translation',
      '0.8 points to fact translation',
      'none',
    ]);
  });

  it('tell items that are left over only where there are some', () => {
    const [plan] = PLAN.comparison;
    expect(comparisonText(plan)).not.toContain('left over');
    expect(comparisonText({ ...plan, leftover: 1200 })).toContain('; 1,200 items left over');
  });
});

describe('figures of a plan', () => {
  const input = { plan: PLAN, colors: ['#111111', '#222222', '#333333', '#444444'] };

  it('mark the elbow on a curve with a point for each candidate', () => {
    const { title, points, quadrants } = coverageCurve(input);
    expect(title).toBe(
      'The curve bends at 2 of 3 languages: they reach 70 % of the need, the next one adds 10 %',
    );
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [1, 0.4],
      [2, 0.7],
      [3, 0.8],
    ]);
    expect([quadrants!.x, quadrants!.y]).toEqual([2, 0.7]);
  });

  it('stack every item of the budget, anchor-language text in a bar of its own', () => {
    const { rows, title } = allocationBars(input);
    expect(title).toBe('Arabic gets most: 540 of 1,000 items');
    expect(rows.map(({ name }) => name)).toEqual(['Thai', 'Arabic', 'English (anchor)']);
    const bare = { ...PLAN, allocation: PLAN.allocation.map((own) => ({ ...own, items: 0 })) };
    expect(allocationBars({ ...input, plan: bare }).title).toContain('gives none to languages');
    expect(rows.flatMap(({ values }) => values).reduce((sum, own) => sum + own, 0)).toBe(1000);
  });
});
