import { expect, it } from 'vitest';
import { metricCard } from '../../src/core/metric-catalog.ts';
import type { Interval } from '../../src/core/statistics.ts';
import { changeTitle } from '../../src/report/words/change-words.ts';

const titleOf = (interval: Interval | null, p: number): string =>
  changeTitle({
    card: metricCard('calibrated'),
    overall: {
      before: { value: 0.5, interval: null },
      after: { value: 0.6, interval: null },
      difference: 0.1,
      interval,
      p,
      adjusted: NaN,
    },
    pairs: 3,
    tested: 3,
    closer: 2,
    apart: 0,
  });

it('says which way the change goes where interval and p carry it', () => {
  expect(titleOf([0.05, 0.15], 0.002)).toBe(
    'Calibrated alignment: the change brings languages closer, 0.500 before, 0.600 after; of 3 pairs 2 closer, 0 farther apart',
  );
});

it('says that it may be chance where the interval holds 0, and where facts are too few for a p', () => {
  const chance = 'Calibrated alignment: 0.500 before, 0.600 after: the difference may be chance';
  expect(titleOf([-0.05, 0.15], 0.3)).toBe(chance);
  expect(titleOf([0.05, 0.15], 0.25)).toBe(chance);
  expect(titleOf(null, NaN)).toBe('Calibrated alignment: 0.500 before, 0.600 after');
});
