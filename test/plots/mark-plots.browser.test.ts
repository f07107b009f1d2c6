import { describe, expect, it, vi } from 'vitest';
import { averageLinkage } from '../../src/metrics/order.ts';
import { languageColors } from '../../src/plots/color.ts';
import ForestPlot from '../../src/plots/ForestPlot.svelte';
import HeatMap from '../../src/plots/HeatMap.svelte';
import Histogram from '../../src/plots/Histogram.svelte';
import CurvePlot from '../../src/plots/CurvePlot.svelte';
import LayerCurves from '../../src/plots/LayerCurves.svelte';
import Ridgeline from '../../src/plots/Ridgeline.svelte';
import ScatterPlot from '../../src/plots/ScatterPlot.svelte';
import StackedBars from '../../src/plots/StackedBars.svelte';
import { ALIGNMENT_FIELDS } from '../../src/plots/scatter-layout.ts';
import {
  exampleBars,
  exampleCurves,
  exampleLosses,
  exampleDrift,
  exampleForest,
  exampleLanguages,
  exampleMatrix,
  exampleOccurrences,
  exampleScatter,
} from '../gallery/example-corpus.ts';
import {
  all,
  announced,
  assertStandalone,
  button,
  host,
  one,
  press,
  readout,
  saved,
  settled,
  show,
  texts,
} from './plot-page.ts';

const common = { title: 'Thai drifts most.', name: 'plot' };
const axis = {
  quantity: 'Drift from English',
  unit: '1 − cosine',
  direction: 'lower is closer',
  n: 'n = 240 facts',
  format: (value: number) => value.toFixed(3),
};

function forest(count: number, more = {}) {
  return { ...common, rows: exampleForest(count), axis, ...more };
}

function bars(count: number, more = {}) {
  const parts = ['fact translation', 'common translation', 'anchor-language text'];
  return { ...common, rows: exampleBars(count), parts, axis, ...more };
}

function ridges(count: number, more = {}) {
  const languages = exampleLanguages(count);
  return {
    ...common,
    languages,
    colors: languageColors(languages),
    ...exampleDrift(60, count),
    referenceLabel: 'English',
    ...more,
  };
}

function scatter(count: number, more = {}) {
  const quadrants = { x: 0.5, y: 0.6, names: ALIGNMENT_FIELDS };
  const [x, y] = ['MEXA score', 'CKA'].map((quantity) => ({ ...axis, quantity }));
  return { ...common, points: exampleScatter(count), x, y, quadrants, ...more };
}

function curves(count: number, more = {}) {
  return { ...common, ...exampleCurves(count), axis, best: 'highest' as const, ...more };
}

function losses(points: number) {
  return { ...common, ...exampleLosses(points), x: axis, y: axis };
}

function histogram(more = {}) {
  const occurrences = exampleOccurrences(240);
  return { ...common, occurrences, k: 10, quantity: 'German among English', ...more };
}

const exported = async (): Promise<Document> =>
  assertStandalone(await (await saved('SVG')).blob.text());

/** Pairs of drawn texts whose boxes share more than a pixel. */
function overlaps(selector: string): string[] {
  const boxes = all(selector).map((element) => ({
    text: element.textContent,
    box: element.getBoundingClientRect(),
  }));
  return boxes.flatMap(({ text, box }, i) =>
    boxes
      .slice(i + 1)
      .filter(
        ({ box: other }) =>
          Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
          Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 3,
      )
      .map((other) => `${text} and ${other.text}`),
  );
}

/** Drawn texts that leave the picture. */
function outside(): string[] {
  const picture = one('svg[data-figure]').getBoundingClientRect();
  return all('svg[data-figure] text')
    .filter((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return (
        left < picture.left - 1 ||
        right > picture.right + 1 ||
        top < picture.top - 2 ||
        bottom > picture.bottom + 1
      );
    })
    .map(({ textContent }) => textContent);
}

describe.each([358, 640, 1376])('at %i pixels', (width) => {
  it.each([
    [
      'forest plot',
      () => show(ForestPlot, forest(60, { reference: { value: 0.2, name: 'mean' } })),
    ],
    ['ridgeline plot', () => show(Ridgeline, ridges(60))],
    ['scatter plot', () => show(ScatterPlot, scatter(60, { caption: 'Spearman ρ = 0.61' }))],
    ['curves over layers', () => show(LayerCurves, curves(59))],
    ['curves over steps', () => show(CurvePlot, losses(101))],
    ['histogram', () => show(Histogram, histogram())],
  ])(
    'a %s of sixty languages, or of many facts, overlaps and cuts no texts',
    async (_, mounted) => {
      host.style.width = `${width}px`;
      await mounted();
      expect(overlaps('svg[data-figure] text')).toEqual([]);
      expect(outside()).toEqual([]);
    },
  );
});

describe('ForestPlot', () => {
  it('draws value and interval of each row where the axis says, and says "not defined" where there is none', async () => {
    const props = forest(9, { axis: { ...axis, domain: [0, 0.4] } });
    await show(ForestPlot, props);
    expect(all('[data-value]')).toHaveLength(8);
    expect(all('[data-interval]')).toHaveLength(7);
    expect(texts('.none')).toEqual(['not defined']);
    const [from, to] = ['0.00', '0.40'].map((text) =>
      Number(
        all('[data-axis=x] text')
          .find(({ textContent }) => textContent === text)
          ?.getAttribute('x'),
      ),
    );
    all('[data-value]').forEach((dot, row) =>
      expect(Number(dot.getAttribute('cx'))).toBeCloseTo(
        from + ((to - from) * props.rows[row].value) / 0.4,
        6,
      ),
    );
  });

  it('names quantity, unit, direction and n at the axis, also in the exported picture', async () => {
    await show(ForestPlot, forest(9));
    const title = 'Drift from English, 1 − cosine (lower is closer), n = 240 facts';
    expect(one('[data-axis=x] .title').textContent).toBe(title);
    expect((await exported()).documentElement.textContent).toContain(title);
  });

  it('moves through the rows with the arrow keys, selects with Enter and clears with Escape', async () => {
    const onselect = vi.fn();
    await show(ForestPlot, forest(9, { onselect }));
    one('svg[data-figure]').focus();
    await press('ArrowDown', 'ArrowDown', 'Enter');
    expect(onselect).toHaveBeenLastCalledWith(2);
    expect(announced()).toBe('Russian: 0.140, no interval (fewer than two facts); n = 240');
    await press('Escape');
    expect(onselect).toHaveBeenLastCalledWith(null);
  });

  it('reads the row under the pointer and takes the selection back at a second click', async () => {
    const onselect = vi.fn();
    const props = await show(ForestPlot, forest(9, { onselect, selected: null }));
    const { left, top } = all('[data-value]')[1].getBoundingClientRect();
    const at = { clientX: left + 3, clientY: top + 3, bubbles: true };
    one('svg[data-figure]').dispatchEvent(new PointerEvent('pointermove', at));
    await settled();
    expect(readout()).toContain('German: 0.110, 95 % interval 0.100 to 0.123; n = 240');
    one('svg[data-figure]').dispatchEvent(new MouseEvent('click', at));
    expect(onselect).toHaveBeenLastCalledWith(1);
    Object.assign(props, { selected: 1 });
    await settled();
    one('svg[data-figure]').dispatchEvent(new MouseEvent('click', at));
    expect(onselect).toHaveBeenLastCalledWith(null);
  });

  it('joins before and after, and says which dot is which', async () => {
    const rows = exampleForest(5, { compared: true });
    await show(ForestPlot, forest(5, { rows, series: ['as encoded', 'centred'] }));
    expect(texts('[data-legend] text')).toEqual(['as encoded', 'centred']);
    expect(all('[data-before]')).toHaveLength(4);
    expect(all('.join')).toHaveLength(4);
  });

  it('follows data that lose the row under the cursor', async () => {
    const props = await show(ForestPlot, forest(9));
    one('svg[data-figure]').focus();
    await press('End');
    Object.assign(props, { rows: exampleForest(3) });
    await settled();
    expect(announced()).toBe('');
    await press('ArrowDown');
    expect(announced()).toContain('English');
  });

  it('keeps a name from right to left apart from the words around it', async () => {
    const [row] = exampleForest(3);
    await show(ForestPlot, forest(1, { rows: [{ ...row, name: 'עברית' }] }));
    one('svg[data-figure]').focus();
    await settled();
    expect(readout()).toMatch(/^\u2068עברית\u2069: 0\.080/);
  });
});

describe('Ridgeline', () => {
  it('draws an outline, a mean and n for each language in the given order', async () => {
    const props = ridges(6, { order: [4, 1, 3] });
    await show(Ridgeline, props);
    expect(all('[data-ridge]').map((ridge) => ridge.getAttribute('data-ridge'))).toEqual(
      [4, 1, 3].map((l) => props.languages[l].tag),
    );
    expect(all('[data-mean]')).toHaveLength(3);
    expect(texts('[data-ridge] .count')).toEqual(
      [4, 1, 3].map((l) => String(props.summaries[l].n)),
    );
  });

  it('reads median, quartiles and n of the row, and selects its language', async () => {
    const onlanguage = vi.fn();
    const props = ridges(6, { order: [4, 1, 3], onlanguage });
    await show(Ridgeline, props);
    one('svg[data-figure]').focus();
    await press('ArrowDown', 'Enter');
    const { median, q1, q3, n } = props.summaries[1];
    expect(announced()).toContain(
      `median ${median.toFixed(3)}, middle half ${q1.toFixed(3)} to ${q3.toFixed(3)}; n = ${n} facts`,
    );
    expect(onlanguage).toHaveBeenCalledExactlyOnceWith(1);
  });

  it('says in the exported picture how the outlines were made', async () => {
    await show(Ridgeline, ridges(4));
    const words = [...(await exported()).querySelectorAll('text')].map((text) => text.textContent);
    expect(words.join(' ')).toContain('bandwidth after Silverman');
  });

  it('peaks near the mode of the facts: the highest point of an outline lies inside the middle half', async () => {
    const props = ridges(4);
    await show(Ridgeline, props);
    const ticks = all('[data-axis=x] text[text-anchor=middle]');
    const [a, b] = [ticks[0], ticks[ticks.length - 1]].map((tick) => ({
      x: Number(tick.getAttribute('x')),
      value: Number(tick.textContent),
    }));
    Array.from(props.order).forEach((language, row) => {
      const d = all('.ridge')[row].getAttribute('d') ?? '';
      const points = [...d.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [
        Number(x),
        Number(y),
      ]);
      const [x] = points.reduce((best, point) => (point[1] < best[1] ? point : best));
      const value = a.value + ((x - a.x) / (b.x - a.x)) * (b.value - a.value);
      const { min, q3 } = props.summaries[language];
      expect(value).toBeGreaterThan(min);
      expect(value).toBeLessThan(q3);
    });
  });
});

describe('ScatterPlot', () => {
  it('draws the thresholds, the names of the four fields and every point that has both values', async () => {
    await show(ScatterPlot, scatter(9));
    expect(all('[data-point]')).toHaveLength(8);
    expect(all('[data-threshold]')).toHaveLength(2);
    expect(texts('.quadrants text')).toEqual(Object.values(ALIGNMENT_FIELDS));
    expect(host.textContent).toContain('Not drawn, because a value is not defined: Amharic.');
  });

  it('reads both values, the interval and the field, and selects with Enter', async () => {
    const onselect = vi.fn();
    const props = scatter(9, { onselect });
    await show(ScatterPlot, props);
    one('svg[data-figure]').focus();
    await press('End', 'Enter');
    const chosen = onselect.mock.calls[0][0] as number;
    const { x, y, name } = props.points[chosen];
    expect(x).toBe(Math.max(...props.points.filter((p) => !Number.isNaN(p.y)).map((p) => p.x)));
    expect(announced()).toContain(`${name}: CKA ${y.toFixed(3)}, MEXA score ${x.toFixed(3)} [`);
    expect(announced()).toMatch(/; (aligned|lucky)$/);
  });

  it('keeps its caption in the exported picture and does without quadrants', async () => {
    const caption = 'Spearman ρ = 0.61, p = 0.004, n = 9 languages';
    await show(ScatterPlot, scatter(9, { caption, quadrants: undefined }));
    expect((await exported()).documentElement.textContent).toContain(caption);
    expect(all('[data-threshold]')).toHaveLength(0);
    button('Table').click();
    await settled();
    expect(texts('thead th')).not.toContain('Field');
  });
});

describe('LayerCurves', () => {
  it('draws a line and a label for each language and the mean, and marks where the mean is best', async () => {
    const props = curves(6);
    await show(LayerCurves, props);
    expect(all('[data-curve]')).toHaveLength(7);
    expect(all('[data-label]')).toHaveLength(7);
    const values = Array.from(props.mean.values);
    expect(one('[data-best]').getAttribute('data-best')).toBe(
      props.layers[values.indexOf(Math.max(...values))],
    );
  });

  it('moves between layers and lines, and lets the selected line stand out', async () => {
    const onselect = vi.fn();
    const props = await show(LayerCurves, curves(6, { onselect, selected: null }));
    one('svg[data-figure]').focus();
    await press('ArrowDown', 'ArrowLeft', 'Enter');
    const chosen = onselect.mock.calls[0][0] as number;
    expect(announced()).toContain(`${props.curves[chosen].name}, layer 11: `);
    expect(announced()).toContain('highest at layer');
    Object.assign(props, { selected: chosen });
    await settled();
    expect(all('[data-curve].faint')).toHaveLength(5);
    expect(all('[data-curve].stands').map((g) => g.getAttribute('data-curve'))).toEqual([
      String(chosen),
    ]);
  });

  it('has every value and the best layer of each line in its table', async () => {
    const props = curves(6);
    await show(LayerCurves, props);
    button('Table').click();
    await settled();
    const rows = all('tbody tr').map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows).toHaveLength(7);
    expect(rows[1][2 + 4]).toBe('not defined');
    expect(rows[0][2]).toContain(Number(props.curves[0].values[0]).toFixed(3));
    expect(rows[6][0]).toBe('mean of the languages');
  });
});

describe('Histogram', () => {
  it('draws one bar per bin as high as its facts, and the expected occurrence', async () => {
    const props = histogram();
    await show(Histogram, props);
    const counts = Array.from(
      { length: 21 },
      (_, bin) => Array.from(props.occurrences).filter((o) => Math.min(20, o) === bin).length,
    );
    const heights = all('[data-bin]').map((bar) => Number(bar.getAttribute('height')));
    heights.forEach((height, bin) => {
      expect(height / heights[2]).toBeCloseTo(counts[bin] / counts[2], 1);
    });
    expect(one('[data-mean]').textContent).toContain('expected without hubs: 10');
  });

  it('gives the facts of the bin under a click, and none with Escape', async () => {
    const onselect = vi.fn();
    const props = histogram({ onselect });
    await show(Histogram, props);
    const { left, top } = all('[data-bin]')[3].getBoundingClientRect();
    const at = { clientX: left + 4, clientY: top - 20, bubbles: true };
    one('svg[data-figure]').dispatchEvent(new MouseEvent('click', at));
    const facts = Array.from(props.occurrences).flatMap((o, fact) => (o === 3 ? [fact] : []));
    expect(onselect).toHaveBeenLastCalledWith(3, facts);
    one('svg[data-figure]').focus();
    await press('Escape');
    expect(onselect).toHaveBeenLastCalledWith(null, []);
  });

  it('exports a standalone picture', async () => {
    await show(Histogram, histogram());
    expect((await exported()).querySelectorAll('rect')).toHaveLength(21 + 1);
  });
});

describe('HeatMap with a tree and groups', () => {
  const languages = exampleLanguages(9);
  const values = exampleMatrix(9);
  const tree = averageLinkage(
    values.map((value) => 1 - value),
    9,
  );
  const props = {
    ...common,
    labels: languages.map(({ tag, name }) => ({ label: tag, name })),
    values,
    domain: [0, 1] as [number, number],
    scale: 'sequential' as const,
    quantity: 'Calibrated alignment',
    direction: 'higher is closer',
    format: (value: number) => value.toFixed(2),
    order: tree.order,
    tree: { merges: tree.merges, quantity: 'mean of 1 − alignment' },
    groups: [{ name: 'Script', values: languages.map(({ script }, l) => (l === 3 ? '' : script)) }],
  };

  it('ends every branch above the middle of its column', async () => {
    await show(HeatMap, props);
    const cells = all('[data-cells] rect').slice(0, 9);
    const centres = cells.map((cell) => {
      const { left, right } = cell.getBoundingClientRect();
      return (left + right) / 2;
    });
    const path = all('[data-tree] path')[1] as SVGGraphicsElement;
    const { left, right } = path.getBoundingClientRect();
    expect(left).toBeCloseTo(centres[0], 0);
    expect(right).toBeCloseTo(centres[8], 0);
    expect(path.getBoundingClientRect().bottom).toBeLessThan(cells[0].getBoundingClientRect().top);
  });

  it('has a strip beside the rows in display order, explained in the legend and the table', async () => {
    await show(HeatMap, props);
    const strip = all('[data-strip] rect');
    const rows = all('[data-cells] rect').filter((_, i) => i % 9 === 0);
    strip.forEach((rect, row) => {
      const [own, cell] = [rect, rows[row]].map((element) => element.getBoundingClientRect());
      expect(own.top).toBeCloseTo(cell.top, 1);
      expect(own.right).toBeLessThan(cell.left);
      expect(rect.textContent).toBe(
        `Script: ${props.groups[0].values[tree.order[row]] || 'not known'}`,
      );
    });
    expect(texts('[data-groups] text')).toEqual(
      expect.arrayContaining(['Script', 'Latn', 'not known']),
    );
    expect((await exported()).documentElement.textContent).toContain('Script: Latn');
    button('Table').click();
    await settled();
    expect(texts('thead th')[1]).toBe('Script');
  });

  it('says at the tree what pairs without a value count as', async () => {
    await show(HeatMap, props);
    expect(texts('[data-tree] .title').join(' ')).toContain(
      'without a value counts as the furthest',
    );
    const whole = values.map((value) => (Number.isNaN(value) ? 0.5 : value));
    await show(HeatMap, { ...props, values: whole });
    expect(texts('[data-tree] .title').at(-1)).not.toContain('without a value');
  });

  it('reads the cell under the pointer below the tree', async () => {
    await show(HeatMap, props);
    const { left, top } = all('[data-cells] rect')[1].getBoundingClientRect();
    one('svg[data-figure]').dispatchEvent(
      new PointerEvent('pointermove', { clientX: left + 3, clientY: top + 3, bubbles: true }),
    );
    await settled();
    const [row, column] = [tree.order[0], tree.order[1]];
    expect(readout()).toContain(`${languages[row].name} → ${languages[column].name}`);
    expect(readout()).toContain(values[row * 9 + column].toFixed(2));
  });
});

describe.each([
  ['forest plot', () => show(ForestPlot, forest(9)), 9],
  ['ridgeline plot', () => show(Ridgeline, ridges(9)), 9],
  ['scatter plot', () => show(ScatterPlot, scatter(9)), 9],
  ['curves over layers', () => show(LayerCurves, curves(9)), 10],
  ['curves over steps', () => show(CurvePlot, losses(60)), 60],
  ['histogram', () => show(Histogram, histogram()), 21],
  ['stacked bars', () => show(StackedBars, bars(6)), 6],
])('%s', (_, mounted, rows) => {
  it('has a table twin reached with t, with all its marks', async () => {
    await mounted();
    one('svg[data-figure]').focus();
    await press('t');
    expect(all('tbody tr')).toHaveLength(rows);
    await press('t');
    expect(all('table')).toHaveLength(0);
  });

  it('exports a standalone picture of everything it shows', async () => {
    await mounted();
    const drawn = texts('svg[data-figure] text');
    const picture = await exported();
    const kept = [...picture.querySelectorAll('text')].map(({ textContent }) => textContent.trim());
    expect(kept.slice(0, drawn.length)).toEqual(drawn);
  });
});
