import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FAMSS_MIX,
  ITEM_TYPES,
  PLAN_DEFAULTS,
  type AllocationPlan,
  type PairMeasures,
  type PlanSettings,
} from '../../src/core/plan.ts';
import { planAllocation } from '../../src/planner/plan-allocation.ts';
import golden from '../golden/plan.json' with { type: 'json' };
import { corpusOf, randomCube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';

type Golden = (typeof golden.cases)[number];
const CASES = golden.cases.map(
  (one) => [`${one.L} languages, ${one.settings.transfer}`, one] as const,
);
const TAGS = ['en', 'de', 'ru', 'hi', 'sw', 'am', 'th', 'ko'];
type Hole = [fact: number, language: number];

function measuresOf(bias: number[], centroid = bias.map((b) => b / 4)): PairMeasures {
  return {
    bias: Float64Array.from(bias),
    centroid: Float64Array.from(centroid),
    ckaDebiased: Float64Array.from(bias, (b) => 1 - b / 2),
  };
}

function planned(
  L: number,
  measures: PairMeasures,
  settings: Partial<PlanSettings>,
  { pivot = 0, holes = [] as Hole[] } = {},
): AllocationPlan {
  return planAllocation({
    ...corpusOf(
      randomCube({ languages: L, facts: 6, dimensions: 4 }, 3),
      (l, f) => !holes.some(([fact, language]) => fact === f && language === l),
    ),
    measures,
    pivot,
    settings: { ...PLAN_DEFAULTS, ...settings },
  });
}

function goldenPlan({ L, B, centroid, cka, settings }: Golden): AllocationPlan {
  const {
    pivot,
    include = false,
    transfer,
    caps,
    ...own
  } = settings as Golden['settings'] & {
    include?: boolean;
  };
  const measures = { ...measuresOf(B, centroid), ckaDebiased: Float64Array.from(cka) };
  return planned(
    L,
    measures,
    {
      ...own,
      transfer: transfer === 'cka' ? 'cka' : 'bias',
      includePivot: include,
      caps: (caps as [number, number, number | null][]).map(([language, min, max]) => ({
        tag: TAGS[language],
        min,
        max: max ?? Infinity,
        available: Infinity,
      })),
    },
    { pivot },
  );
}

/** Bias between three languages: the first two near each other, the third far. */
const THREE = measuresOf([0, 0.4, 1, 0.4, 0, 0.8, 1, 0.8, 0]);
const EVEN = measuresOf([0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0]);

describe('planAllocation', () => {
  it.each(CASES)('agrees with NumPy on need and transfer: %s', (_, one) => {
    const { needs, transfer } = goldenPlan(one);
    expectClose(
      needs.map(({ bias }) => bias),
      one.expected.bias,
      1e-12,
    );
    expectClose(
      needs.map(({ need }) => need),
      one.expected.need,
      1e-12,
    );
    expectClose(
      needs.map(({ centroidShare }) => centroidShare),
      one.expected.centroidShare,
      1e-12,
    );
    expectClose(transfer, one.expected.transfer, 1e-12);
  });

  it.each(CASES)('agrees with NumPy on curve, elbow, credit and every item: %s', (_, one) => {
    const plan = goldenPlan(one);
    const { curve, allocation, comparison } = one.expected;
    expect(plan.curve.map(({ language }) => language)).toEqual(
      curve.map(({ language }) => language),
    );
    expectClose(
      plan.curve.map(({ gain }) => gain),
      curve.map(({ gain }) => gain),
      1e-12,
    );
    expect(plan.elbow).toBe(one.expected.elbow);
    expect(
      plan.allocation.map(({ language, items, types }) => ({ language, items, types })),
    ).toEqual(allocation.map(({ language, items, types }) => ({ language, items, types })));
    expectClose(
      plan.allocation.map(({ credit }) => credit),
      allocation.map(({ credit }) => credit),
      1e-12,
    );
    expectClose(
      plan.allocation.map(({ shift }) => shift),
      allocation.map(({ shift }) => shift),
      1e-9,
    );
    expect([plan.anchorItems, plan.leftover]).toEqual([
      one.expected.anchorItems,
      one.expected.leftover,
    ]);
    expect(plan.comparison.map(({ items }) => [...items])).toEqual(
      comparison.map(({ items }) => items),
    );
    expectClose(
      plan.comparison.map(({ covered }) => covered),
      comparison.map(({ covered }) => covered),
      1e-12,
    );
    expectClose(
      plan.comparison.map(({ perItem }) => perItem),
      comparison.map(({ perItem }) => perItem),
      1e-12,
    );
  });

  it('spends every item of any budget, by language and by type', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (budget, select, alpha, [fact, common, anchor]) => {
          fc.pre(fact + common + anchor > 0);
          const one = golden.cases[1];
          const measures = measuresOf(one.B, one.centroid);
          const mix = { fact, common, anchor };
          const plan = planned(8, measures, { budget, select, alpha, mix });
          const { totals, allocation, anchorItems, leftover } = plan;
          expect(totals.fact + totals.common + totals.anchor + leftover).toBe(budget);
          expect(leftover).toBe(0);
          for (const { items, types } of allocation) {
            expect(ITEM_TYPES.reduce((sum, type) => sum + types[type], 0)).toBe(items);
            expect(Math.min(...Object.values(types))).toBeGreaterThanOrEqual(0);
          }
          expect(Math.abs(anchorItems - (budget * anchor) / (fact + common + anchor))).toBeLessThan(
            1,
          );
          for (const { items, leftover } of plan.comparison)
            expect(items.reduce((sum, own) => sum + own, 0) + leftover).toBe(budget - anchorItems);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the mix of the FaMSS release where languages have the same diagnosis', () => {
    const { totals, anchorItems } = planned(3, EVEN, { budget: 50_022, select: 1 });
    expect(totals).toEqual(FAMSS_MIX);
    expect(anchorItems).toBe(4871);
  });

  it('moves at most 20 points, toward common translation where the centroid has more of the bias', () => {
    const centroid = [0, 0, 0.95, 0, 0, 0, 0.95, 0, 0];
    const { allocation } = planned(
      3,
      measuresOf(
        [...EVEN.bias].map((b) => 2 * b),
        centroid,
      ),
      {
        select: 3,
        includePivot: false,
        budget: 1000,
      },
    );
    const byLanguage = new Map(allocation.map((own) => [own.language, own]));
    expect(byLanguage.get(2)!.shift).toBeCloseTo(100 * (0.475 - 0.95 / 3), 9);
    // The mix has 17.7 points of common translation to give, less than the 20 that are allowed.
    expect(byLanguage.get(1)!.shift).toBeCloseTo((-100 * 7976) / (7976 + 37175), 9);
    expect(byLanguage.get(1)!.types.common).toBe(0);
  });

  it('spreads the need evenly over languages of the same bias, and says so', () => {
    const { needs, notices } = planned(3, EVEN, {});
    expectClose(
      needs.map(({ need }) => need),
      [1 / 3, 1 / 3, 1 / 3],
      1e-12,
    );
    expect(notices.join(' ')).toContain('same bias, 0.500: the need is spread evenly');
  });

  it('shares alike, in each comparison too, where languages are identical', () => {
    const { allocation, comparison, leftover } = planned(3, measuresOf(Array<number>(9).fill(0)), {
      budget: 20,
      select: 2,
      mix: { fact: 1, common: 0, anchor: 0 },
    });
    expect([allocation.reduce((sum, { items }) => sum + items, 0), leftover]).toEqual([20, 0]);
    expect(comparison.slice(1).map(({ items }) => [...items])).toEqual(Array(3).fill([0, 10, 10]));
  });

  it('compares with shares by 1 / b and by b', () => {
    const plan = planned(3, THREE, { budget: 1000, mix: { fact: 1, common: 0, anchor: 0 } });
    const byName = Object.fromEntries(plan.comparison.map(({ id, items }) => [id, items]));
    // Mean biases of the candidates: 0.6 and 0.9.
    expect([...byName['inverse-bias']]).toEqual([0, 600, 400]);
    expect([...byName.bias]).toEqual([0, 400, 600]);
  });

  it('plans for two languages, whose biases are the same', () => {
    const { allocation, needs } = planned(2, measuresOf([0, 0.7, 0.7, 0]), {
      budget: 10,
      select: 1,
    });
    expect(needs.map(({ need }) => need)).toEqual([0.5, 0.5]);
    expect(allocation).toMatchObject([{ language: 1, items: 9 }]);
  });

  it('leaves a language without shared facts out of need and candidates', () => {
    const bias = [0, 0.4, NaN, 0.4, 0, NaN, NaN, NaN, 0];
    const { needs, curve, notices, transfer } = planned(3, measuresOf(bias), { select: 3 });
    expect([needs[2].bias, needs[2].need, needs[2].coveredBy]).toEqual([NaN, 0, -1]);
    expect(curve.map(({ language }) => language)).toEqual([1]);
    expect([transfer[2], transfer[8]]).toEqual([0, 1]);
    expect(notices.join(' ')).toContain('2 of 3 pairs of languages share no fact');
    expect(notices.join(' ')).toContain('3 languages are asked for, but 1 may be selected');
  });

  it('refuses a run in which no two languages share a fact', () => {
    const bias = [0, NaN, NaN, 0];
    expect(() => planned(2, measuresOf(bias), {})).toThrow(
      'No two languages share a fact: there is no bias',
    );
  });

  it('plans nothing for a budget of 0, and one item for a budget of 1', () => {
    const none = planned(3, THREE, { budget: 0, select: 2 });
    expect(none.allocation.map(({ items }) => items)).toEqual([0, 0]);
    expect([none.totals, none.pairs, none.comparison[0].covered]).toEqual([
      { fact: 0, common: 0, anchor: 0 },
      [],
      0,
    ]);
    const one = planned(3, THREE, { budget: 1, select: 2 });
    expect(one.totals).toEqual({ fact: 1, common: 0, anchor: 0 });
  });

  it('keeps to caps and reports what nobody may take', () => {
    const caps = [
      { tag: 'de', min: 0, max: Infinity, available: 30 },
      { tag: 'ru', min: 0, max: 20, available: 100 },
    ];
    const plan = planned(3, THREE, {
      budget: 100,
      select: 2,
      caps,
      mix: { fact: 1, common: 0, anchor: 0 },
    });
    const bound = Object.fromEntries(plan.allocation.map((own) => [own.language, own]));
    expect([bound[1].items, bound[1].bound]).toEqual([30, 'available']);
    expect([bound[2].items, bound[2].bound]).toEqual([20, 'max']);
    expect(plan.leftover).toBe(50);
    expect(plan.notices.join(' ')).toContain('50 items are left over');
  });

  it.each<[Partial<PlanSettings>, string]>([
    [{ budget: 1.5 }, 'The budget 1.5 is no whole number'],
    [{ budget: NaN }, 'The budget NaN'],
    [{ select: 0 }, 'select, 0, is no whole number'],
    [{ alpha: -1 }, 'alpha, -1'],
    [{ alpha: 11 }, 'The exponent alpha, 11, is no number from 0 to 10.'],
    [{ mix: { fact: 0, common: 0, anchor: 0 } }, 'All parts of the mix are 0'],
    [{ mix: { fact: 1, common: -2, anchor: 0 } }, 'common translation in the mix, -2'],
    [
      { caps: [{ tag: 'xx', min: 0, max: 1, available: 1 }] },
      'given for xx, but the languages are en, de, ru',
    ],
    [
      { caps: [{ tag: 'de', min: 9, max: 20, available: 5 }] },
      'de shall get at least 9 items but may get 5',
    ],
    [
      { select: 2, budget: 10, caps: [{ tag: 'de', min: 60, max: 90, available: 90 }] },
      'The minimums of de sum to 60 items, but 9 are there',
    ],
  ])('refuses what cannot be followed: %j', (settings, sentence) => {
    expect(() => planned(3, THREE, settings)).toThrow(sentence);
  });

  it('gives a selected pivot text in the anchor language only', () => {
    const plan = planned(3, THREE, { budget: 1000, select: 3, includePivot: true, alpha: 0 });
    const own = plan.allocation.find(({ language }) => language === 0)!;
    expect(own.types).toEqual({ fact: 0, common: 0, anchor: own.items });
    expect(plan.totals.anchor).toBe(plan.anchorItems + own.items);
    expect(plan.pairs.filter(({ from, to }) => from === to)).toEqual([]);
  });

  it('lists facts that the language lacks, and those that drift most', () => {
    const plan = planned(
      3,
      THREE,
      { select: 1 },
      {
        holes: [
          [1, 2],
          [4, 2],
        ],
      },
    );
    const [{ language, missing, chosen }] = plan.facts;
    expect([language, missing]).toEqual([2, 2]);
    expect(
      chosen
        .filter(({ why }) => why === 'translate')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['f1', 'f4']);
    const check = chosen.find(({ why }) => why === 'check')!;
    expect(check.text).not.toBe('');
    expect(check.drift).toBeGreaterThan(0);
  });

  it('writes instructions both ways, for shared facts only, up to the fact translations', () => {
    const whole = planned(3, THREE, { select: 1, budget: 1000 }, { holes: [[1, 2]] });
    expect(whole.pairs).toHaveLength(5);
    expect(whole.notices.join(' ')).toContain(
      `make 5 instruction pairs of the ${whole.totals.fact} fact translations`,
    );
    expect(new Set(whole.pairs.map(({ from }) => from))).toEqual(new Set(['en', 'ru']));
    const { from, to, prompt, output } = whole.pairs[0];
    expect(prompt.endsWith(` => ${to}:`)).toBe(true);
    expect(prompt).toContain(`\n${from}: `);
    expect(output).not.toBe('');
    const few = planned(3, THREE, { select: 1, budget: 3 });
    expect(few.pairs).toHaveLength(few.totals.fact);
    expect(planned(3, THREE, { select: 1, budget: 3 }).pairs).toEqual(few.pairs);
  });

  it('puts the instructions of all languages in a random order that the seed decides', () => {
    const ordered = (seed: number) =>
      planned(3, THREE, { select: 2, budget: 1000, seed }).pairs.map(({ from, to }) =>
        from === 'en' ? to : from,
      );
    const [first, second] = [ordered(1), ordered(2)];
    const changes = first.filter((tag, i) => i > 0 && tag !== first[i - 1]).length;
    expect(changes).toBeGreaterThan(1);
    expect(ordered(1)).toEqual(first);
    expect([...second].sort()).toEqual([...first].sort());
    expect(second).not.toEqual(first);
  });

  it('says which selected language has no text to pair', () => {
    const holes = Array.from({ length: 6 }, (_, fact): Hole => [fact, fact < 3 ? 0 : 2]);
    const { notices, pairs } = planned(3, THREE, { select: 1 }, { holes });
    expect(pairs).toEqual([]);
    expect(notices.join(' ')).toContain('there is a recipe but no instruction pair');
  });
});
