import { describe, expect, it } from 'vitest';
import { bitextMining } from '../../src/metrics/bitext.ts';
import { precisionAt } from '../../src/metrics/retrieval.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { enDe, enSw, goldenPairs, scanOf } from '../helpers/pairs.ts';

describe('bitextMining', () => {
  it.each([
    ['de', enDe, [0.8, 0.733333]],
    ['sw', enSw, [0.4, 0.266667]],
  ] as const)(
    'from en to %s has the accuracy and F1 of the definitions',
    async (_, pair, golden) => {
      const scan = await scanOf(pair);
      const { accuracy, f1 } = bitextMining(scan.rowRank, scan.rowRivalIndex);
      expectClose([accuracy, f1], golden);
    },
  );

  it.each(goldenPairs)(
    'agrees with class-wise scores both ways: $name',
    async ({ pair, golden }) => {
      const scan = await scanOf(pair);
      const forth = bitextMining(scan.rowRank, scan.rowRivalIndex);
      const back = bitextMining(scan.columnRank, scan.columnRivalIndex);
      for (const name of ['accuracy', 'precision', 'f1'] as const)
        expectClose(
          [forth[name], back[name]],
          [golden.bitext.forth[name], golden.bitext.back[name]],
        );
      expect(forth.accuracy).toBeCloseTo(precisionAt(1, scan.rowRank).value, 12);
      expect(forth.f1).toBeLessThanOrEqual(forth.accuracy + 1e-12);
    },
  );

  it('is not defined for one fact', () => {
    expect(bitextMining(Int32Array.of(1), Int32Array.of(-1))).toEqual({
      accuracy: NaN,
      precision: NaN,
      f1: NaN,
    });
  });
});
