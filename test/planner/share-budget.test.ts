import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillWithin, wholeParts, wholeShares } from '../../src/planner/share-budget.ts';

const free = { min: 0, max: Infinity };

describe('fillWithin', () => {
  it('is proportional where nothing binds', () => {
    expect([...fillWithin(60, [1, 2, 3], [free, free, free]).amounts]).toEqual([10, 20, 30]);
  });

  it('shares anew what a cap sets free, again where that breaks another', () => {
    const bounds = [{ min: 0, max: 5 }, { min: 0, max: 30 }, free];
    expect([...fillWithin(100, [6, 3, 1], bounds).amounts]).toEqual([5, 30, 65]);
  });

  it('gives minimums first where they lack more than caps free', () => {
    const { amounts, held } = fillWithin(
      100,
      [1, 1, 8],
      [{ min: 40, max: 90 }, free, { min: 0, max: 70 }],
    );
    expect(amounts[0]).toBe(40);
    expect(amounts[1]).toBeCloseTo(60 / 9, 12);
    expect(amounts[2]).toBeCloseTo((60 * 8) / 9, 12);
    expect(held).toEqual(['min', null, null]);
  });

  it('is the water level: free amounts are one multiple of their weights, held ones lie beyond it', () => {
    const one = fc.record({
      weight: fc.double({ min: 0.01, max: 10, noNaN: true }),
      min: fc.integer({ min: 0, max: 50 }),
      room: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 1500 }),
        (list, more) => {
          const bounds = list.map(({ min, room }) => ({ min, max: min + room }));
          const weights = list.map(({ weight }) => weight);
          const whole = bounds.reduce((sum, { min }) => sum + min, 0) + more;
          const most = bounds.reduce((sum, { max }) => sum + max, 0);
          const { amounts, held } = fillWithin(whole, weights, bounds);
          const sum = amounts.reduce((total, amount) => total + amount, 0);
          expect(sum).toBeCloseTo(Math.min(whole, most), 6);
          const open = held.findIndex((kind) => kind === null);
          if (open < 0) return;
          const level = amounts[open] / weights[open];
          amounts.forEach((amount, i) => {
            const wanted = Math.min(bounds[i].max, Math.max(bounds[i].min, level * weights[i]));
            expect(amount).toBeCloseTo(wanted, 6);
          });
        },
      ),
    );
  });
});

describe('wholeParts', () => {
  it('gives what is missing to the largest remainders, the first of equals', () => {
    expect(wholeParts(10, [3.4, 3.4, 3.2])).toEqual([4, 3, 3]);
    expect(wholeShares(2, [1, 1, 1])).toEqual([1, 1, 0]);
  });

  it('sums to the whole for any budget, within 1 of each amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000_000 }),
        fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), {
          minLength: 1,
          maxLength: 12,
        }),
        (whole, weights) => {
          const parts = wholeShares(whole, weights);
          const sum = weights.reduce((total, weight) => total + weight, 0);
          expect(parts.reduce((total, part) => total + part, 0)).toBe(whole);
          parts.forEach((part, i) =>
            expect(Math.abs(part - (whole * weights[i]) / sum)).toBeLessThan(1.001),
          );
        },
      ),
    );
  });
});
