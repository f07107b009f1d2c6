import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageLinkage } from '../../src/metrics/order.ts';
import golden from '../golden/plots.json' with { type: 'json' };

/** Distances of points on a line. */
const onLine = (places: number[]): Float64Array =>
  Float64Array.from(places.flatMap((a) => places.map((b) => Math.abs(a - b))));

/** Members of every cluster of a tree, by its id. */
function membersOf(merges: { a: number; b: number }[], L: number): number[][] {
  const members = Array.from({ length: L }, (_, leaf) => [leaf]);
  for (const { a, b } of merges) members.push([...members[a], ...members[b]]);
  return members;
}

describe('averageLinkage', () => {
  it('joins the same clusters at the same heights as SciPy', () => {
    const { size, distances, merges } = golden.linkage;
    const tree = averageLinkage(Float64Array.from(distances), size);
    expect(tree.merges.map(({ a, b }) => [a, b].sort((x, y) => x - y))).toEqual(
      merges.map(({ pair }) => pair),
    );
    tree.merges.forEach(({ height }, step) => expect(height).toBeCloseTo(merges[step].height, 12));
  });

  it('orders the leaves so that no branches cross: the members of every cluster stand side by side', () => {
    const { size, distances } = golden.linkage;
    const { order, merges } = averageLinkage(Float64Array.from(distances), size);
    for (const members of membersOf(merges, size)) {
      const places = members.map((leaf) => order.indexOf(leaf));
      expect(Math.max(...places) - Math.min(...places)).toBe(members.length - 1);
    }
  });

  it('sorts points on a line, one way or the other', () => {
    const places = [5, 1, 9, 0, 6, 10];
    const order = averageLinkage(onLine(places), 6).order.map((i) => places[i]);
    expect([order, order.toReversed()]).toContainEqual([0, 1, 5, 6, 9, 10]);
  });

  it('keeps two families together that are far from each other', () => {
    const families = [0, 1, 0, 1, 1, 0, 0];
    const distances = Float64Array.from(
      families.flatMap((a, i) => families.map((b, j) => (i === j ? 0 : a === b ? 1 : 3))),
    );
    const order = averageLinkage(distances, 7).order.map((i) => families[i]);
    expect(order.filter((family, i) => i > 0 && family !== order[i - 1])).toHaveLength(1);
  });

  it('takes a distance that is not defined for the largest one', () => {
    const distances = Float64Array.of(0, NaN, 1, NaN, 0, 2, 1, 2, 0);
    expect([
      [0, 2, 1],
      [1, 2, 0],
    ]).toContainEqual(averageLinkage(distances, 3).order);
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
          expect(averageLinkage(distances, L).order.sort((a, b) => a - b)).toEqual(
            Array.from({ length: L }, (_, l) => l),
          );
        },
      ),
      { seed: 20_240, numRuns: 100 },
    );
  });
});
