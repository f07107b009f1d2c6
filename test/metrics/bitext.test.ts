import { describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import { bitextF1 } from '../../src/metrics/bitext.ts';
import { precisionAt } from '../../src/metrics/retrieval.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { enDe, enSw, goldenPairs, scanOf } from '../helpers/pairs.ts';

describe('bitextF1', () => {
  it.each([
    ['de', enDe, 0.733333],
    ['sw', enSw, 0.266667],
  ] as const)('from en to %s has the mean of the definitions', async (_, pair, golden) => {
    const { rowRank, rowRivalIndex } = await scanOf(pair);
    expectClose([mean(bitextF1(rowRank, rowRivalIndex))], [golden]);
  });

  it.each(goldenPairs)(
    'agrees with class-wise scores both ways, and is at most P@1: $name',
    async ({ pair, golden }) => {
      const scan = await scanOf(pair);
      const forth = mean(bitextF1(scan.rowRank, scan.rowRivalIndex));
      const back = mean(bitextF1(scan.columnRank, scan.columnRivalIndex));
      expectClose([forth, back], [golden.bitext.forth.f1, golden.bitext.back.f1]);
      expect(forth).toBeLessThanOrEqual(mean(precisionAt(1, scan.rowRank)) + 1e-12);
    },
  );

  it('is not defined for one fact', () => {
    expect([...bitextF1(Int32Array.of(1), Int32Array.of(-1))]).toEqual([NaN]);
  });
});
