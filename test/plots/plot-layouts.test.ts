import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toLanguage } from '../../src/core/language.ts';
import { barsLayout, barSentence, barsTable } from '../../src/plots/bars-layout.ts';
import { dendrogramPath } from '../../src/plots/dendrogram.ts';
import { curveLayout, curveTable, linePath, nextMark } from '../../src/plots/curve-layout.ts';
import { forestLayout, forestSentence, forestTable } from '../../src/plots/forest-layout.ts';
import { groupLegend, stripFills } from '../../src/plots/group-strips.ts';
import { holesPath } from '../../src/plots/heat-map-cells.ts';
import { heatMapLayout } from '../../src/plots/heat-map-layout.ts';
import { histogramLayout, occurrenceBins } from '../../src/plots/histogram-layout.ts';
import { kernelDensity, silvermanBandwidth } from '../../src/plots/kernel-density.ts';
import { labelPlaces, spreadLabels } from '../../src/plots/label-places.ts';
import {
  bandPath,
  bestLayer,
  curvePath,
  layerLayout,
  nextOnCurves,
} from '../../src/plots/layer-layout.ts';
import { linearAxis } from '../../src/plots/plot-axis.ts';
import type { PlotAxis } from '../../src/plots/props.ts';
import { ridgeOf } from '../../src/plots/ridge-layout.ts';
import {
  ALIGNMENT_FIELDS,
  fieldOf,
  nextPoint,
  scatterLayout,
  scatterTable,
} from '../../src/plots/scatter-layout.ts';
import { isolated } from '../../src/plots/sentences.ts';
import {
  exampleBars,
  exampleCurves,
  exampleForest,
  exampleLosses,
  exampleScatter,
} from '../gallery/example-corpus.ts';
import golden from '../golden/plots.json' with { type: 'json' };

const axis: PlotAxis = {
  quantity: 'Drift',
  direction: 'lower is closer',
  format: (value) => value.toFixed(3),
};

describe('holes of a heat map', () => {
  const mark = { fill: '#ffffff', ink: '', text: '' };
  const hole = { ...mark, fill: null };
  const labels = [{ label: 'a', name: 'a' }];
  const layout = { ...heatMapLayout(labels, () => [], 640), cell: 10, left: 0, top: 0 };
  const cells = [hole, hole, mark, hole, mark, hole, hole, hole, hole];

  it('are one rectangle where they lie beside each other, and end with their row', () => {
    expect(holesPath(cells, { ...layout, gap: 0 })).toBe(
      'M0 0h20v10h-20z' + 'M0 10h10v10h-10z' + 'M20 10h10v10h-10z' + 'M0 20h30v10h-30z',
    );
  });

  it('are squares of their own where cells have gaps', () => {
    expect(holesPath(cells, { ...layout, gap: 1 }).split('z')).toHaveLength(7 + 1);
  });
});

describe('kernel density', () => {
  const { values, bandwidth, low, high, at } = golden.density;

  it("has SciPy's bandwidth after Silverman", () => {
    expect(silvermanBandwidth(values)).toBeCloseTo(bandwidth, 12);
  });

  it('agrees with SciPy at every place, to the reach of the kernel', () => {
    const density = kernelDensity(values, bandwidth, { low, high, count: at.length });
    density.forEach((value, place) => expect(value).toBeCloseTo(at[place], 7));
  });

  it('encloses an area of 1', () => {
    const density = kernelDensity(values, bandwidth, { low: -1, high: 3, count: 4001 });
    expect(density.reduce((sum, value) => sum + value, 0) * 0.001).toBeCloseTo(1, 6);
  });

  it('has no bandwidth for one value and none above 0 for equal ones', () => {
    expect(silvermanBandwidth([0.3])).toBeNaN();
    expect(silvermanBandwidth([0.25, 0.25, 0.25])).toBe(0);
  });
});

describe('ridges', () => {
  const languages = ['en', 'th', 'am'].map(toLanguage);
  const drift = Float32Array.from([0.1, NaN, 0.5, 0.2, 0.25, 0.5, 0.4, NaN, 0.5]);

  it('leave out holes, and show the value where one or equal ones are left', () => {
    expect(ridgeOf({ languages, values: drift }, 1, 1)).toEqual({ density: null, values: [0.25] });
    expect(ridgeOf({ languages, values: drift }, 2, 1)).toEqual({ density: null, values: [0.5] });
  });

  it('are scaled to their own peak', () => {
    const { density } = ridgeOf({ languages, values: drift }, 0, 1);
    expect(Math.max(...density!)).toBe(1);
  });
});

describe('axes', () => {
  it('reach every defined value and stay at the ends they are given', () => {
    const { at, range } = linearAxis([0.13, NaN, 0.87], [100, 500], {
      domain: [0, 1],
      spacing: 50,
    });
    expect([at(0), at(1)]).toEqual([100, 500]);
    expect(range).toEqual([100, 500]);
  });

  it('go beyond given ends rather than leave a value out', () => {
    const { at } = linearAxis([0.2, 1.34], [0, 100], { domain: [0, 1], spacing: 20 });
    expect(at(0)).toBe(0);
    expect(at(1.34)).toBeLessThanOrEqual(100);
  });

  it('show a single value in the middle', () => {
    expect(linearAxis([3], [0, 100], { spacing: 20 }).at(3)).toBe(50);
  });
});

describe('labels at the ends of lines', () => {
  it('stay where they are when there is room, and share the middle where two coincide', () => {
    expect(spreadLabels([10, 90, 50], 12, [0, 100])).toEqual([10, 90, 50]);
    expect(spreadLabels([50, 50], 12, [0, 100])).toEqual([44, 56]);
  });

  it('keep their order, their distance and the ends, for any heights', () => {
    const heights = fc.array(fc.double({ min: -50, max: 550, noNaN: true }), { maxLength: 30 });
    fc.assert(
      fc.property(heights, (wanted) => {
        const places = spreadLabels(wanted, 13, [0, 500]);
        const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
        order.slice(1).forEach((label, i) => {
          expect(places[label] - places[order[i]]).toBeGreaterThan(13 - 1e-9);
        });
        for (const place of places) {
          expect(place).toBeGreaterThan(-1e-9);
          expect(place).toBeLessThan(500 + 1e-9);
        }
      }),
      { seed: 20_240, numRuns: 200 },
    );
  });

  it('are not written over an area that is taken', () => {
    const taken = [{ left: 100, top: 90, right: 200, bottom: 110 }];
    const size = { width: 200, height: 200 };
    expect(labelPlaces([{ x: 96, y: 100, width: 40 }], size, taken)[0]?.anchor).toBe('end');
  });
});

describe('forest plot', () => {
  const rows = exampleForest(9);

  it('reads value, interval and n, or the reason why there is none', () => {
    expect(forestSentence(rows[1], { axis })).toBe(
      'German: 0.110, 95 % interval 0.100 to 0.123; n = 240',
    );
    expect(forestSentence(rows[2], { axis })).toContain('no interval (fewer than two facts)');
    expect(forestSentence(rows[8], { axis })).toContain('not defined (fewer than two facts)');
  });

  it('reads both series and the reference', () => {
    const [row] = exampleForest(9, { compared: true });
    const words = forestSentence(row, {
      axis,
      series: ['as encoded', 'centred'],
      reference: { value: 0.2, name: 'chance' },
    });
    expect(words).toMatch(/as encoded 0\.120, 95 %.*centred 0\.080, 95 %.*n = 240; chance 0\.200/);
  });

  it('has every number in its table', () => {
    const { columns, rows: table } = forestTable({ rows, axis });
    expect(columns.map(({ label }) => label)).toEqual([
      'Language',
      'n',
      'Drift',
      'Drift: 95 % low',
      'Drift: 95 % high',
    ]);
    expect(table[1]).toEqual(['German', '240', '0.110', '0.100', '0.123']);
    expect(table[8].slice(2)).toEqual(['not defined', 'none', 'none']);
  });

  it.each([390, 1440])('keeps rows apart and their marks inside at %i pixels', (width) => {
    const {
      rows: layout,
      axis: scale,
      valueX,
    } = forestLayout({ rows: exampleForest(60), axis }, width);
    expect(layout.rowHeight).toBeGreaterThanOrEqual(18);
    expect(scale.range[0]).toBeGreaterThan(layout.labelX);
    expect(scale.range[1]).toBeLessThan(valueX);
  });
});

describe('stacked bars', () => {
  const parts = ['fact translation', 'common translation', 'anchor-language text'];
  const items = { quantity: 'Items', direction: '', format: (value: number) => String(value) };
  const rows = exampleBars(5);

  it('stacks parts without gaps to the length of their sum, leaving out empty ones', () => {
    const { pieces, axis: scale } = barsLayout({ rows, parts, axis: items }, 640);
    expect(pieces.map((own) => own.map(({ part }) => part))).toEqual([
      [0, 1],
      ...[0, 1, 2].map(() => [0, 1, 2]),
      [2],
    ]);
    const [first, second] = pieces[0];
    expect(first.x).toBe(scale.at(0));
    expect(second.x).toBeCloseTo(first.x + first.width, 9);
    expect(second.x + second.width).toBeCloseTo(scale.at(20_500), 9);
  });

  it.each([320, 1440])('keeps bars and legend inside at %i pixels', (width) => {
    const {
      pieces,
      legend,
      rows: layout,
      axis: scale,
    } = barsLayout({ rows, parts, axis: items }, width);
    expect(scale.range[0]).toBeGreaterThan(layout.labelX);
    const ends = pieces.flat().map(({ x, width: own }) => x + own);
    expect(Math.max(...ends)).toBeLessThan(width);
    expect(Math.max(...legend.map(({ x }) => x))).toBeLessThan(width);
    expect(layout.top).toBeGreaterThan(legend[2].y);
  });

  it('reads a row with its sum and all parts, in words and in the table', () => {
    expect(barSentence(rows[4], parts, items)).toMatch(
      /: 4871; fact translation 0, common translation 0, anchor-language text 4871$/,
    );
    expect(barsTable({ rows, parts, axis: items }).rows[0].slice(1)).toEqual([
      '18000',
      '2500',
      '0',
      '20500',
    ]);
  });
});

describe('scatter plot', () => {
  const quadrants = { x: 0.5, y: 0.6, names: ALIGNMENT_FIELDS };
  const input = { points: exampleScatter(24), x: axis, y: axis, quadrants };
  const layout = scatterLayout(input, 640);
  const point = (x: number, y: number) => ({ name: '', label: '', color: '#000000', x, y });

  it('names the field of a point, the threshold itself belonging to the higher one', () => {
    expect(fieldOf(point(0.5, 0.6), quadrants)).toBe('aligned');
    expect(fieldOf(point(0.49, 0.6), quadrants)).toBe('rotated (fixable)');
    expect(fieldOf(point(0.49, 0.59), quadrants)).toBe('scrambled');
    expect(fieldOf(point(0.5, 0.59), quadrants)).toBe('lucky');
    expect(fieldOf(point(NaN, 0.59), quadrants)).toBe('');
  });

  it('reaches every drawn point along either axis', () => {
    for (const key of ['ArrowRight', 'ArrowUp']) {
      const seen = new Set<number>();
      let at = nextPoint(layout, null, key);
      while (at !== null && !seen.has(at)) {
        seen.add(at);
        at = nextPoint(layout, at, key);
      }
      expect(seen.size).toBe(23);
    }
  });

  it('draws no point without a value, and has it in the table', () => {
    expect(layout.places[23]).toBeNull();
    expect(layout.labelAt[23]).toBeNull();
    const { rows } = scatterTable(input, 'Language');
    expect(rows).toHaveLength(24);
    expect(rows[23]).toContain('not defined');
  });
});

describe('curves over layers', () => {
  const { layers, curves, mean } = exampleCurves(6);
  const layout = layerLayout({ layers, curves, mean, axis }, 640);

  it('find the first of equally good layers, and none without a value', () => {
    expect(bestLayer([0.2, NaN, 0.9, 0.9], 'highest')).toBe(2);
    expect(bestLayer([0.2, 0.1, NaN, 0.1], 'lowest')).toBe(1);
    expect(bestLayer([NaN, NaN], 'lowest')).toBeNull();
  });

  it('break lines and bands where a layer has no value', () => {
    expect(curvePath(curves[1].values, layout).match(/M/g)).toHaveLength(2);
    expect(curvePath(curves[0].values, layout).match(/M/g)).toHaveLength(1);
    expect(bandPath(curves[0].intervals, layout).match(/M/g)).toHaveLength(12);
    expect(bandPath(curves[1].intervals, layout).match(/M/g)).toHaveLength(10);
  });

  it('are walked through from the highest end to the lowest', () => {
    const ends = curves.map(({ values }) => Array.from(values).at(-1)!);
    let at = nextOnCurves(layout, null, 'Home');
    const seen = [at!.curve];
    for (let i = 1; i < 6; i++) {
      at = nextOnCurves(layout, at, 'ArrowDown');
      seen.push(at!.curve);
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5].sort((a, b) => ends[b] - ends[a]));
    expect(nextOnCurves(layout, { curve: 2, layer: 5 }, 'ArrowLeft')).toEqual({
      curve: 2,
      layer: 4,
    });
  });
});

describe('curves over steps', () => {
  const input = { ...exampleLosses(11), x: axis, y: axis };

  it('place numbers by their size, and names side by side', () => {
    const [uneven, even] = [undefined, ['0', '0.1', '∞']].map((names) => {
      const at = [0, 1, 10];
      const curves = [{ ...input.curves[0], values: [1, 2, 3] }];
      return curveLayout({ ...input, at, names, curves }, 640).xs;
    });
    expect((uneven[2] - uneven[0]) / (uneven[1] - uneven[0])).toBeCloseTo(10, 9);
    expect((even[2] - even[0]) / (even[1] - even[0])).toBeCloseTo(2, 9);
  });

  it('leave out a value that is not defined, in the picture and by name in the table', () => {
    const layout = curveLayout(input, 640);
    expect(linePath(input.curves[0].values, layout).match(/[ML]/g)).toHaveLength(10);
    expect(curveTable(input).rows[0].slice(1)).toEqual(['not defined', '1.607', '']);
    expect(curveTable(input).rows[5].at(-1)).toBe('kept: step 100');
  });

  it('are walked along by left and right, and between by up and down', () => {
    const first = nextMark(input, null, 'Home');
    expect(first).toBe(10);
    expect(nextMark(input, 10, 'ArrowRight')).toBe(10);
    expect(nextMark(input, 10, 'ArrowDown')).toBe(21);
    expect(nextMark(input, 21, 'Home')).toBe(11);
    expect(nextMark(input, 11, 'ArrowUp')).toBe(0);
  });
});

describe('histogram of k-occurrences', () => {
  it('holds every fact once, in the bin of its occurrence', () => {
    const bins = occurrenceBins([0, 3, 3, 25, 20, 19], 5);
    expect(bins).toHaveLength(21);
    expect(bins[3].facts).toEqual([1, 2]);
    expect(bins[20]).toEqual({ name: '20 or more', facts: [3, 4] });
    expect(bins.flatMap(({ facts }) => facts).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('ends at the largest occurrence when that is small, but not below the mean', () => {
    expect(occurrenceBins([0, 7, 2], 3).map(({ name }) => name)).toEqual([...'01234567']);
    expect(occurrenceBins([1, 1], 4)).toHaveLength(5);
  });

  it('tells hubs apart when they begin above 20', () => {
    expect(occurrenceBins([100], 15).at(-1)?.name).toBe('30 or more');
  });

  it('holds several occurrences in a bin where the mean is large, but zero alone', () => {
    const bins = occurrenceBins([0, 1, 79, 80, 159, 160, 1600, 2000], 800);
    expect(bins).toHaveLength(22);
    expect(bins.filter(({ facts }) => facts.length > 0)).toEqual([
      { name: '0', facts: [0] },
      { name: '1 to 79', facts: [1, 2] },
      { name: '80 to 159', facts: [3, 4] },
      { name: '160 to 239', facts: [5] },
      { name: '1,600 or more', facts: [6, 7] },
    ]);
  });

  it('has the mean where its occurrences begin, whatever a bin holds', () => {
    const input = { occurrences: [0, 2000], k: 10, quantity: 'German' };
    const one = histogramLayout(input, 640);
    const many = histogramLayout({ ...input, mean: 800 }, 640);
    const place = ({ bars, meanX }: typeof one) => (meanX - bars[0].x) / (bars[1].x - bars[0].x);
    expect(place(one)).toBeCloseTo(10.5, 1);
    expect(place(many)).toBeCloseTo(11, 1);
  });

  it('shows a bin of a single fact among thousands, and no bar for an empty one', () => {
    const { bars } = histogramLayout(
      { occurrences: [...new Array<number>(9999).fill(2), 6], k: 2, quantity: 'German' },
      640,
    );
    expect(bars[6].height).toBe(2);
    expect(bars[5].height).toBe(0);
  });
});

describe('dendrogram', () => {
  it('joins neighbours at their height, the root at the top', () => {
    const merges = [
      { a: 2, b: 0, height: 1 },
      { a: 1, b: 3, height: 4 },
    ];
    const path = dendrogramPath(merges, [1, 2, 0], { cell: 10, side: 10, depth: 40 });
    expect(path).toBe('M15 40V30H25V40M5 40V0H20V30');
  });
});

describe('groups of languages', () => {
  const fills = { others: 'grey', unknown: 'hatched' };
  const nine = 'ABCDEFGHI'.split('');

  it('give eight values a colour each, and the rest and the unknown none of these', () => {
    const own = stripFills({ name: 'Family', values: [...nine, 'A', ''] }, fills);
    expect(new Set(own.slice(0, 8)).size).toBe(8);
    expect(own.slice(8)).toEqual(['grey', own[0], 'hatched']);
  });

  it('explain every fill in the legend, inside the width', () => {
    const { entries } = groupLegend([{ name: 'Family', values: [...nine, ''] }], fills, 120);
    expect(entries.map(({ text }) => text)).toEqual(['Family', ...nine, 'not known']);
    for (const { x } of entries) expect(x).toBeLessThan(120);
  });
});

describe('names from right to left', () => {
  it('are kept apart from the sentence, others stay as they are', () => {
    expect(isolated('עברית')).toBe('\u2068עברית\u2069');
    expect(isolated('Hebrew')).toBe('Hebrew');
  });
});
