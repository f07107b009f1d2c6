import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, type Random } from '../../src/core/random.ts';
import {
  coveredNeed,
  coveringLanguages,
  elbowOf,
  selectLanguages,
  type Location,
} from '../../src/planner/select-languages.ts';
import golden from '../golden/plan.json' with { type: 'json' };

/** Random needs that sum to 1, and random transfers with 1 on the diagonal. */
function location(random: Random, L: number): Location {
  const draws = Float64Array.from({ length: L }, random);
  const sum = draws.reduce((total, value) => total + value, 0);
  const transfer = Float64Array.from({ length: L * L }, (_, e) =>
    Math.floor(e / L) === e % L ? 1 : random(),
  );
  return { need: draws.map((value) => value / sum), transfer };
}

function subsets(size: number, from: number[]): number[][] {
  if (size === 0) return [[]];
  return from.flatMap((first, i) =>
    subsets(size - 1, from.slice(i + 1)).map((rest) => [first, ...rest]),
  );
}

describe('selectLanguages', () => {
  it('reaches 1 - 1/e of the best subset always, and the best one mostly', () => {
    const random = seededRandom(5);
    let [equal, compared] = [0, 0];
    for (let trial = 0; trial < 40; trial++) {
      const L = 2 + (trial % 9);
      const own = location(random, L);
      const all = Array.from({ length: L }, (_, l) => l);
      selectLanguages(own, all).forEach(({ covered }, k) => {
        const best = Math.max(...subsets(k + 1, all).map((set) => coveredNeed(own, set)));
        expect(covered).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best);
        expect(covered).toBeLessThanOrEqual(best + 1e-12);
        compared++;
        if (covered > best - 1e-12) equal++;
      });
    }
    expect(equal / compared).toBeGreaterThan(0.7);
  });

  it.each(golden.cases.map((one) => [one.L, one] as const))(
    'is never above the optimum that NumPy found over all subsets of %i languages',
    (_, { settings, expected }) => {
      const own = {
        need: Float64Array.from(expected.need),
        transfer: Float64Array.from(expected.transfer),
      };
      const candidates = [...own.need.keys()].filter(
        (l) => l !== settings.pivot || 'include' in settings,
      );
      selectLanguages(own, candidates).forEach(({ covered }, k) => {
        expect(covered).toBeLessThanOrEqual(expected.optima[k] + 1e-12);
        expect(covered).toBeGreaterThanOrEqual((1 - 1 / Math.E) * expected.optima[k]);
      });
    },
  );

  it('takes languages of equal gains in their order, whatever rounding says', () => {
    for (const bias of [0.1, 0.5, 0.7]) {
      const transfer = Float64Array.from({ length: 49 }, (_, e) =>
        Math.floor(e / 7) === e % 7 ? 1 : Math.exp(-bias / 0.3),
      );
      const steps = selectLanguages(
        { need: new Float64Array(7).fill(1 / 7), transfer },
        [1, 2, 3, 4, 5, 6],
      );
      expect(steps.map(({ language }) => language)).toEqual([1, 2, 3, 4, 5, 6]);
    }
  });

  it('has gains that never grow and sum to what is covered', () => {
    const steps = selectLanguages(location(seededRandom(2), 9), [0, 2, 3, 4, 5, 7, 8]);
    let sum = 0;
    steps.forEach(({ gain, covered }, k) => {
      if (k > 0) expect(gain).toBeLessThanOrEqual(steps[k - 1].gain + 1e-12);
      sum += gain;
      expect(covered).toBeCloseTo(sum, 12);
    });
  });
});

describe('coveredNeed', () => {
  it('is monotone and submodular: a language adds no more to a set than to a part of it', () => {
    const set = fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.integer(), set, set, fc.integer({ min: 0, max: 7 }), (seed, part, more, s) => {
        const own = location(seededRandom(seed), 8);
        const whole = [...new Set([...part, ...more])];
        const gain = (to: number[]): number => coveredNeed(own, [...to, s]) - coveredNeed(own, to);
        expect(gain(part)).toBeGreaterThanOrEqual(gain(whole) - 1e-12);
        expect(gain(whole)).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });
});

describe('elbowOf', () => {
  const curve = (values: number[]) => values.map((covered) => ({ language: 0, gain: 0, covered }));

  it('is where the curve lies highest above its chord', () => {
    expect(elbowOf(curve([0.5, 0.8, 0.85, 0.9, 0.92]))).toBe(2);
  });

  it('is 1 for a straight curve, for one without gain and for one candidate', () => {
    expect(elbowOf(curve([0.25, 0.5, 0.75, 1]))).toBe(1);
    const sevenths = Array.from({ length: 7 }, (_, k) => (k + 1) * (1 / 7));
    expect(elbowOf(curve(sevenths))).toBe(1);
    expect(elbowOf(curve([0, 0, 0]))).toBe(1);
    expect(elbowOf(curve([0.4]))).toBe(1);
  });
});

describe('coveringLanguages', () => {
  it('lets a selected language cover itself, and nobody cover what none reaches', () => {
    const own = {
      need: Float64Array.of(0.5, 0.3, 0.2),
      transfer: Float64Array.of(1, 1, 0, 1, 1, 0, 0, 0, 1),
    };
    expect([...coveringLanguages(own, [0, 1])]).toEqual([0, 1, -1]);
  });
});
