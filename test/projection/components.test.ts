import { describe, expect, it } from 'vitest';
import { componentsOf, drawTogether } from '../../src/projection/components.ts';

const edges = (pairs: [number, number][]) => ({
  heads: Int32Array.from(pairs, ([head]) => head),
  tails: Int32Array.from(pairs, ([, tail]) => tail),
  shares: new Float32Array(pairs.length),
});

/** Components of two points each, 2 apart, around the given places of the x axis. */
function pairsAt(...places: number[]): { positions: Float32Array; components: Int32Array } {
  return {
    positions: Float32Array.from(places.flatMap((x) => [x - 1, 0, x + 1, 0])),
    components: Int32Array.from(places.flatMap((_, i) => [i, i])),
  };
}

describe('componentsOf', () => {
  it('numbers what edges join in the order of first points', () => {
    const joined: [number, number][] = [
      [5, 3],
      [4, 1],
      [3, 0],
      [6, 4],
    ];
    expect([...componentsOf(8, edges(joined))]).toEqual([0, 1, 2, 0, 1, 0, 1, 3]);
  });

  it('is one for a chain of any direction', () => {
    const chain = Array.from({ length: 999 }, (_, i): [number, number] =>
      i % 2 === 0 ? [i, i + 1] : [i + 1, i],
    );
    expect(new Set(componentsOf(1000, edges(chain)))).toEqual(new Set([0]));
  });
});

describe('drawTogether', () => {
  it('leaves between the nearest two a gap as wide as they are, and all else in proportion', () => {
    const { positions, components } = pairsAt(-100, 0, 300);
    drawTogether(positions, components);
    expect([...positions]).toEqual([-5, 0, -3, 0, -1, 0, 1, 0, 11, 0, 13, 0]);
  });

  it.each([
    ['one component', pairsAt(50)],
    ['components that are near already', pairsAt(0, 3, 500)],
    ['components with one middle', pairsAt(0, 0, 500)],
  ])('moves nothing for %s', (_, { positions, components }) => {
    const before = positions.slice();
    drawTogether(positions, components);
    expect(positions).toEqual(before);
  });
});
