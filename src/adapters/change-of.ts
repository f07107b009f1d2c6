import { factDraws } from '../analysis/fact-draws.ts';
import type { LabChange } from '../core/lab.ts';
import { aroundValue, percentileInterval, type Interval } from '../core/statistics.ts';
import { positions, type Measured } from './measure-vectors.ts';

/** Differences of single precision below this are none. */
const ROUNDING = 1e-6;

/** A measure of two states of the same texts, with the paired bootstrap's interval of the difference. */
export function changeOf(before: Measured, after: Measured, seed: number): LabChange {
  const difference = after.value - before.value;
  return {
    before: before.value,
    after: after.value,
    difference,
    interval: Number.isNaN(difference) ? null : intervalOf(before, after, difference, seed),
  };
}

function intervalOf(
  before: Measured,
  after: Measured,
  difference: number,
  seed: number,
): Interval | null {
  if (before.parts !== undefined && after.parts !== undefined) {
    const parts = differences(before.parts, after.parts);
    if (parts.length < 2) return null;
    const [drawn] = factDraws(seed)(positions(parts.length), [parts]);
    return percentileInterval(drawn.map(orZero));
  }
  if (before.rounds === undefined || after.rounds === undefined) return null;
  const defined = differences(before.rounds, after.rounds).filter((value) => !Number.isNaN(value));
  return defined.length === 0 ? null : aroundValue(defined, difference);
}

function differences(before: Float64Array, after: Float64Array): Float64Array {
  return after.map((value, i) => value - before[i]);
}

function orZero(difference: number): number {
  return Math.abs(difference) < ROUNDING ? 0 : difference;
}
