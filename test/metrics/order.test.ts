import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterOrder } from '../../src/metrics/order.ts';

/** Distances of points on a line. */
const onLine = (places: number[]): Float64Array =>
  Float64Array.from(places.flatMap((a) => places.map((b) => Math.abs(a - b))));

describe('clusterOrder', () => {
  it('sorts points on a line, one way or the other', () => {
    const places = [5, 1, 9, 0, 6, 10];
    const order = clusterOrder(onLine(places), 6).map((i) => places[i]);
    expect([order, order.toReversed()]).toContainEqual([0, 1, 5, 6, 9, 10]);
  });

  it('keeps two families together that are far from each other', () => {
    const families = [0, 1, 0, 1, 1, 0, 0];
    const distances = Float64Array.from(
      families.flatMap((a, i) => families.map((b, j) => (i === j ? 0 : a === b ? 1 : 3))),
    );
    const order = clusterOrder(distances, 7).map((i) => families[i]);
    expect(order.filter((family, i) => i > 0 && family !== order[i - 1])).toHaveLength(1);
  });

  it('takes a distance that is not defined for the largest one', () => {
    const distances = Float64Array.of(0, NaN, 1, NaN, 0, 2, 1, 2, 0);
    expect([
      [0, 2, 1],
      [1, 2, 0],
    ]).toContainEqual(clusterOrder(distances, 3));
  });

  it('names every language once, whatever the distances, also when none is defined', () => {
    const entry = fc.oneof(fc.double({ min: 0, max: 4, noNaN: true }), fc.constant(NaN));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7 }),
        fc.array(entry, { minLength: 49, maxLength: 49 }),
        (L, values) => {
          const distances = Float64Array.from({ length: L * L }, (_, e) => {
            const [i, j] = [Math.floor(e / L), e % L].sort((a, b) => a - b);
            return i === j ? 0 : values[i * 7 + j];
          });
          expect(clusterOrder(distances, L).sort((a, b) => a - b)).toEqual(
            Array.from({ length: L }, (_, l) => l),
          );
        },
      ),
      { seed: 20_240, numRuns: 100 },
    );
  });
});
