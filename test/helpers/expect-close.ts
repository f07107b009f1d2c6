import { expect } from 'vitest';

/** Tolerance of the golden numbers: inputs go through float32, the reference through double precision. */
export const GOLDEN = 1e-5;

/** Entry by entry within the tolerance; null stands for "not defined", which the code under test writes as NaN. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number | null>,
  tolerance = GOLDEN,
): void {
  expect(actual.length, 'length').toBe(expected.length);
  const wrong: string[] = [];
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i];
    const fits =
      wanted === null || Number.isNaN(wanted)
        ? Number.isNaN(actual[i])
        : actual[i] === wanted || Math.abs(actual[i] - wanted) <= tolerance;
    if (!fits) wrong.push(`[${i}] ${actual[i]}, not ${wanted}`);
  }
  expect(wrong).toEqual([]);
}
