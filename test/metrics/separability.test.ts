import { describe, expect, it } from 'vitest';
import { separability } from '../../src/metrics/separability.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { enDe, enSw, equalPair, goldenPairs, meansOf, pairOf, scanOf } from '../helpers/pairs.ts';

describe('separability', () => {
  it.each([
    ['de', enDe, [0.400773, 0.94, 2.234438]],
    ['sw', enSw, [0.190941, 0.73, 0.918581]],
  ] as const)(
    'of en and %s has the contrast, AUC and d′ of the definitions',
    async (_, pair, golden) => {
      const { contrast, auc, dPrime } = meansOf(separability(await scanOf(pair)));
      expectClose([contrast, auc, dPrime], golden);
    },
  );

  it.each(goldenPairs)('agrees with NumPy: $name', async ({ pair, golden }) => {
    const { contrast, auc, rowAuc, columnAuc, dPrime } = meansOf(separability(await scanOf(pair)));
    expectClose(
      [contrast, auc, rowAuc, columnAuc, dPrime],
      [golden.contrast, golden.auc, golden.rowAuc, golden.columnAuc, golden.dPrime],
    );
  });

  it('exchanges row and column when the languages are exchanged, and keeps the rest', async () => {
    const there = meansOf(separability(await scanOf(enSw)));
    const back = meansOf(separability(await scanOf({ x: enSw.y, y: enSw.x })));
    expectClose(
      [back.contrast, back.auc, back.rowAuc, back.columnAuc, back.dPrime],
      [there.contrast, there.auc, there.columnAuc, there.rowAuc, there.dPrime],
      1e-7,
    );
  });

  it.each([2, 3, 9])('of %i equal vectors is chance, with no d′', async (n) => {
    const { contrast, ...rest } = meansOf(separability(await scanOf(equalPair(n))));
    expect(contrast).toBeCloseTo(0, 6);
    expect(rest).toEqual({ auc: 0.5, rowAuc: 0.5, columnAuc: 0.5, dPrime: NaN, calibrated: NaN });
  });

  it('is not defined for one fact', async () => {
    expect(meansOf(separability(await scanOf(pairOf([[1, 2]], [[2, 1]]))))).toEqual({
      contrast: NaN,
      calibrated: NaN,
      auc: NaN,
      rowAuc: NaN,
      columnAuc: NaN,
      dPrime: NaN,
    });
  });
});
