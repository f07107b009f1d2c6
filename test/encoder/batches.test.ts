import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatches, tokenBudget } from '../../src/encoder/batches.ts';

const lengthsOf = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 80 });
const GPU = { step: 8, maxRows: 256 };
const RUNS = { seed: 20_240, numRuns: 100 };

describe('planBatches', () => {
  it('puts texts of like length together, each batch padded to a multiple of 8 or to the longest', () => {
    expect(planBatches([9, 3, 17, 8, 2], { ...GPU, budget: 32 })).toEqual([
      { texts: [4, 1, 3], length: 8 },
      { texts: [0], length: 16 },
      { texts: [2], length: 17 },
    ]);
  });

  it('runs a text alone that is longer than the budget', () => {
    expect(planBatches([4, 500, 5], { ...GPU, budget: 64 })).toEqual([
      { texts: [0, 2], length: 8 },
      { texts: [1], length: 500 },
    ]);
  });

  it('stops at the given number of rows', () => {
    expect(
      planBatches([1, 1, 1, 1, 1], { step: 1, budget: 8192, maxRows: 2 }).map(({ texts }) => texts),
    ).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('pads to the longest text of a batch and no further where lengths step by one', () => {
    expect(planBatches([3, 9, 4], { step: 1, budget: 12, maxRows: 256 })).toEqual([
      { texts: [0, 2], length: 4 },
      { texts: [1], length: 9 },
    ]);
  });

  it('pads no text where each runs alone', () => {
    expect(planBatches([3, 9], { step: 1, budget: 8192, maxRows: 1 })).toEqual([
      { texts: [0], length: 3 },
      { texts: [1], length: 9 },
    ]);
  });

  it('has nothing to do for no texts, and room for one token where a text has none', () => {
    expect(planBatches([], { ...GPU, budget: 64 })).toEqual([]);
    expect(planBatches([0], { step: 1, budget: 64, maxRows: 256 })).toEqual([
      { texts: [0], length: 1 },
    ]);
  });

  it('takes every text once, in a batch that holds it and keeps the budget, shortest first', () => {
    fc.assert(
      fc.property(lengthsOf, fc.integer({ min: 8, max: 300 }), (lengths, budget) => {
        const batches = planBatches(lengths, { ...GPU, budget });
        expect(batches.flatMap(({ texts }) => texts).sort((a, b) => a - b)).toEqual(
          lengths.map((_, i) => i),
        );
        for (const { texts, length } of batches) {
          expect(length % 8 === 0 || length === Math.max(1, ...lengths)).toBe(true);
          for (const text of texts) expect(lengths[text]).toBeLessThanOrEqual(length);
          expect(texts.length === 1 || texts.length * length <= budget).toBe(true);
        }
        const order = batches.flatMap(({ texts }) => texts.map((text) => lengths[text]));
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
      RUNS,
    );
  });

  it('plans the same for the same lengths, whatever came before', () => {
    const lengths = [7, 30, 7, 12, 7];
    const first = planBatches(lengths, { ...GPU, budget: 40 });
    planBatches([1, 2, 3], { ...GPU, budget: 8 });
    expect(planBatches(Int32Array.from(lengths), { ...GPU, budget: 40 })).toEqual(first);
  });
});

describe('tokenBudget', () => {
  it('is the operations over 24 d² L, between 64 and 8192 tokens', () => {
    expect(tokenBudget(384, 12, 4e9)).toBe(Math.floor(4e9 / (24 * 384 * 384 * 12)));
    expect(tokenBudget(4096, 32, 4e9)).toBe(64);
    expect(tokenBudget(64, 1, 6e10)).toBe(8192);
    expect(tokenBudget(256, 0, 4e9)).toBe(tokenBudget(256, 1, 4e9));
  });
});
