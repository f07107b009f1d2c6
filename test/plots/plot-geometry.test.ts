import { describe, expect, it } from 'vitest';
import { toLanguage } from '../../src/core/language.ts';
import { seededRandom } from '../../src/core/random.ts';
import { driftRows, spread } from '../../src/plots/drift-rows.ts';
import { factDrift, sortFacts } from '../../src/plots/fact-order.ts';
import { buildHaystack, searchFacts } from '../../src/plots/fact-search.ts';
import { groupsOf, membersOf } from '../../src/plots/groups.ts';
import { labelPlaces } from '../../src/plots/label-places.ts';
import { nearestInDirection, nearestOnMap, pointGrid } from '../../src/plots/point-grid.ts';
import { boundsOf, mapTransform, WHOLE_MAP, zoomAt } from '../../src/plots/projection-view.ts';
import { varianceParts } from '../../src/plots/variance-parts.ts';
import { offsetOf, rowAt, totalHeight, visibleRows } from '../../src/plots/virtual-rows.ts';

describe('virtual rows', () => {
  const geometry = {
    count: 50_000,
    rowHeight: 30,
    open: [
      { position: 10, extra: 200 },
      { position: 40, extra: 70 },
    ],
  };

  it('rowAt is the inverse of offsetOf, with open rows above, between and below', () => {
    for (const position of [0, 9, 10, 11, 39, 40, 41, 49_999]) {
      const top = offsetOf(geometry, position);
      expect(rowAt(geometry, top)).toBe(position);
      expect(rowAt(geometry, offsetOf(geometry, position + 1) - 1)).toBe(position);
    }
  });

  it('all rows together are as high as closed rows and what the open ones add', () => {
    expect(totalHeight(geometry)).toBe(50_000 * 30 + 270);
  });

  it('draws no more than what fits and the spare rows', () => {
    const [start, end] = visibleRows(geometry, { scrollTop: 900_000, height: 300 });
    expect(end - start).toBeLessThanOrEqual(300 / 30 + 2 + 8);
    expect(offsetOf(geometry, start)).toBeLessThan(900_000);
    expect(offsetOf(geometry, end)).toBeGreaterThan(900_300);
  });
});

describe('drift rows', () => {
  const values = Float32Array.from([0.1, NaN, 0.3, 0.2, 0.2, 0.9]);
  const rows = driftRows({ values, languages: 2, max: 1 });

  it('sorts the facts of a language and leaves out its holes', () => {
    expect([...rows.sorted(0)]).toEqual([0, 2, 1]);
    expect([...rows.sorted(1)]).toEqual([1, 2]);
  });

  it('spreads a fact less where the density is lower, and always to the same place', () => {
    const density = new Float32Array(96).fill(0.1).fill(1, 0, 48);
    expect(Math.abs(spread(7, 0.9, density, 1))).toBeLessThan(Math.abs(spread(7, 0.1, density, 1)));
    expect(spread(7, 0.1, density, 1)).toBe(spread(7, 0.1, density, 1));
  });
});

describe('point grid', () => {
  const random = seededRandom(1);
  const positions = Float32Array.from({ length: 2000 }, () => random() * 10);
  positions[40] = NaN;
  positions[41] = NaN;
  const grid = pointGrid(positions);

  function nearestOfAll(x: number, y: number, reach: number): number {
    let [best, shortest] = [-1, reach];
    for (let i = 0; i < 1000; i++) {
      const apart = Math.hypot(positions[2 * i] - x, positions[2 * i + 1] - y);
      if (apart < shortest) [best, shortest] = [i, apart];
    }
    return best;
  }

  it('finds the same nearest point as looking at all of them', () => {
    for (let trial = 0; trial < 300; trial++) {
      const [x, y, reach] = [random() * 12 - 1, random() * 12 - 1, random()];
      expect(nearestOnMap(grid, { x, y, reach })).toBe(nearestOfAll(x, y, reach));
    }
  });

  it('prefers a point of the wanted kind to a nearer one of another', () => {
    const two = pointGrid(Float32Array.from([0, 0, 1, 0]));
    expect(nearestOnMap(two, { x: 0.1, y: 0, reach: 2 })).toBe(0);
    expect(nearestOnMap(two, { x: 0.1, y: 0, reach: 2, prefers: (point) => point === 1 })).toBe(1);
  });

  it('goes to the nearest point within 45 degrees of a direction, and stays where there is none', () => {
    const cross = Float32Array.from([0, 0, 3, 1, 0, 2, -1, -5]);
    expect(nearestInDirection(cross, 0, [1, 0])).toBe(1);
    expect(nearestInDirection(cross, 0, [0, 1])).toBe(2);
    expect(nearestInDirection(cross, 0, [0, -1])).toBe(3);
    expect(nearestInDirection(cross, 0, [-1, 0])).toBe(-1);
  });
});

describe('map view', () => {
  const size = { width: 600, height: 400 };

  it('fits all points in with one scale for both axes', () => {
    const { scale, left, top } = mapTransform(
      boundsOf(Float32Array.from([0, 0, 10, 2, NaN, NaN])),
      size,
      WHOLE_MAP,
    );
    expect(scale * 10 + left).toBeCloseTo(600 - 24);
    expect(left).toBeCloseTo(24);
    expect(top - scale).toBeCloseTo(200);
  });

  it('keeps what lies under the pointer in its place while zooming', () => {
    const bounds: [number, number, number, number] = [0, 0, 10, 10];
    const before = mapTransform(bounds, size, WHOLE_MAP);
    const after = mapTransform(bounds, size, zoomAt(WHOLE_MAP, 2.5, { x: 130, y: 70, ...size }));
    expect((130 - after.left) / after.scale).toBeCloseTo((130 - before.left) / before.scale);
    expect((after.top - 70) / after.scale).toBeCloseTo((before.top - 70) / before.scale);
  });

  it('shows a single point in the middle', () => {
    const { scale, left, top } = mapTransform(boundsOf(Float32Array.from([5, 7])), size, WHOLE_MAP);
    expect(scale * 5 + left).toBeCloseTo(300, 0);
    expect(top - scale * 7).toBeCloseTo(200, 0);
  });
});

describe('label places', () => {
  it('leaves out a label rather than cover another', () => {
    const crowd = Array.from({ length: 12 }, () => ({ x: 100, y: 100, width: 60 }));
    const placed = labelPlaces(crowd, { width: 200, height: 200 });
    expect(placed.filter((place) => place === null).length).toBeGreaterThan(0);
    expect(placed[0]).toEqual({ x: 108, y: 104, anchor: 'start' });
  });

  it('writes to the left of a point at the right edge', () => {
    expect(
      labelPlaces([{ x: 190, y: 100, width: 60 }], { width: 200, height: 200 })[0]?.anchor,
    ).toBe('end');
  });
});

describe('groups', () => {
  it('hold every index once, by its key, in order', () => {
    const groups = groupsOf(Int32Array.from([2, 0, 2, 2]));
    expect([0, 1, 2, 3].map((key) => [...membersOf(groups, key)])).toEqual([
      [1],
      [],
      [0, 2, 3],
      [],
    ]);
  });
});

describe('fact order', () => {
  const facts = ['q10', 'q9', 'q1'].map((id) => ({ id, topic: '' }));
  const languages = ['en', 'th'].map(toLanguage);
  const drift = Float32Array.from([0.2, 0.4, NaN, NaN, 0.1, NaN]);
  const summary = factDrift(drift, 3, 2);
  const input = { facts, languages, drift, summary, language: 1 };

  it('averages the languages that have a drift and names the furthest', () => {
    expect(summary.mean[0]).toBeCloseTo(0.3);
    expect(summary.mean[1]).toBeNaN();
    expect([...summary.worst]).toEqual([1, -1, 0]);
  });

  it('compares digits in ids as numbers', () => {
    expect([...sortFacts(input, { key: 'id', descending: false })]).toEqual([2, 1, 0]);
  });

  it.each([true, false])('puts facts without a drift last, descending %s', (descending) => {
    expect(sortFacts(input, { key: 'drift', descending })[2]).toBe(1);
    expect(sortFacts(input, { key: 'language', descending })[0]).toBe(0);
  });
});

describe('fact search', () => {
  const languages = ['en', 'tr', 'ja'].map(toLanguage);
  const texts = [
    ['Light', 'IŞIK', '光'],
    ['Caf\u0065\u0301', 'kahve', 'ガ'],
  ];
  const facts = [
    { id: 'A-1', topic: 'Physics' },
    { id: 'B-2', topic: '' },
  ];
  const text = (fact: number, language: number): string => texts[fact][language];

  it.each([
    ['a-1', [true, false]],
    ['PHYS', [true, false]],
    ['ışık', [true, false]],
    ['caf\u00e9', [false, true]],
    ['\u304b\u3099', [false, false]],
    ['\u30ab\u3099', [false, true]],
    ['光', [true, false]],
  ])(
    'finds %s by id, topic or text, whatever its case and its composition',
    async (query, expected) => {
      const haystack = await buildHaystack(
        { facts, languages, text },
        new AbortController().signal,
      );
      expect(searchFacts(haystack, query)).toEqual(expected);
    },
  );
});

describe('variance parts', () => {
  it('measures the whisker of each share from where the share begins, of the last from the end of the bar', () => {
    const parts = varianceParts({
      fact: { value: 0.5, interval: [0.4, 0.6] },
      language: { value: 0.2, interval: [0.1, 0.3] },
      interaction: { value: 0.3, interval: null },
      facts: 10,
    });
    expect(parts.map(({ start }) => start)).toEqual([0, 0.5, 0.7]);
    expect(parts[1].whisker?.[0]).toBeCloseTo(0.6);
    expect(parts[1].whisker?.[1]).toBeCloseTo(0.8);
    expect(parts[2].whisker).toBeNull();
  });
});
