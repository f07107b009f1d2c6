import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { toLanguage } from '../../src/core/language.ts';
import { languageColors } from '../../src/plots/color.ts';
import { MARGIN, serializeSvg, toPng } from '../../src/plots/export-figure.ts';
import DriftPlot from '../../src/plots/DriftPlot.svelte';
import FactTable from '../../src/plots/FactTable.svelte';
import HeatMap from '../../src/plots/HeatMap.svelte';
import ProjectionPlot from '../../src/plots/ProjectionPlot.svelte';
import VarianceBar from '../../src/plots/VarianceBar.svelte';
import type {
  DriftPlotProps,
  FactTableProps,
  HeatMapProps,
  ProjectionPlotProps,
  VarianceBarProps,
} from '../../src/plots/props.ts';
import {
  exampleDrift,
  exampleFacts,
  exampleLanguages,
  exampleMap,
  exampleMatrix,
  exampleText,
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

function heatMapProps(
  count: number,
  more: Partial<HeatMapProps> = {},
): HeatMapProps & Record<string, unknown> {
  return {
    title: 'Thai stands furthest from the others.',
    name: 'alignment',
    labels: exampleLanguages(count).map(({ tag, name }) => ({ label: tag, name })),
    values: exampleMatrix(count),
    domain: [0, 1],
    scale: 'sequential',
    quantity: 'Calibrated alignment',
    unit: 'share',
    direction: 'higher is closer',
    format: (value) => value.toFixed(2),
    ...more,
  };
}

describe('HeatMap', () => {
  it.each([2, 9, 24])('draws one cell per pair of %i languages', async (count) => {
    await show(HeatMap, heatMapProps(count));
    expect(all('[data-cells] rect')).toHaveLength(count * count);
  });

  it('prints the values in the cells of 9 languages in display order, and none in those of 24', async () => {
    const order = [8, 7, 6, 5, 4, 3, 2, 1, 0];
    const props = heatMapProps(9, { order });
    await show(HeatMap, props);
    const expected = order
      .flatMap((r) => order.map((c) => props.values[r * 9 + c]))
      .filter((v) => !Number.isNaN(v));
    expect(texts('.values text')).toEqual(expected.map((value) => value.toFixed(2)));
    await show(HeatMap, heatMapProps(24));
    expect(all('.values')).toHaveLength(1);
  });

  it('paints more than 60 languages on one canvas, in the same colours as the scale', async () => {
    await show(HeatMap, heatMapProps(100));
    expect(all('[data-cells] rect')).toHaveLength(0);
    const canvas = one<HTMLCanvasElement>('canvas');
    const [r, g, b] = canvas.getContext('2d')?.getImageData(1, 1, 1, 1).data ?? [];
    // The first cell of the diagonal is 1, the dark end.
    expect([r, g, b]).toEqual([42, 42, 90].map((v) => expect.closeTo(v, -1)));
  });

  it('names quantity, unit and direction at the colour legend, with both ends of the domain', async () => {
    await show(HeatMap, heatMapProps(9));
    expect(one('[data-legend] .title').textContent).toBe(
      'Calibrated alignment, share (higher is closer)',
    );
    expect(texts('[data-legend] .tick')).toEqual(
      expect.arrayContaining(['0.00', '1.00', 'not defined']),
    );
  });

  it('says at the legend that values lie beyond its ends', async () => {
    await show(HeatMap, heatMapProps(9, { domain: [0.3, 0.9] }));
    expect(texts('[data-legend] .tick')).toEqual(expect.arrayContaining(['≤ 0.30', '≥ 0.90']));
  });

  it('has a table twin with exactly the values of the props, reached with t', async () => {
    const props = heatMapProps(9);
    await show(HeatMap, props);
    one<SVGSVGElement>('svg').focus();
    await press('t');
    const rows = all('tbody tr').map((row) => [...row.children].map((cell) => cell.textContent));
    expect(rows.map(([name]) => name)).toEqual(props.labels.map(({ name }) => name));
    const expected = Array.from(props.values, (value) =>
      Number.isNaN(value) ? 'not defined' : value.toFixed(2),
    );
    expect(rows.flatMap(([, ...cells]) => cells)).toEqual(expected);
    await press('t');
    expect(all('table')).toHaveLength(0);
  });

  it('moves one cursor with the arrow keys through the display order and selects with Enter', async () => {
    const onselect = vi.fn();
    await show(HeatMap, heatMapProps(4, { order: [3, 2, 1, 0], onselect }));
    one<SVGSVGElement>('svg').focus();
    await press('ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter');
    expect(onselect).toHaveBeenCalledExactlyOnceWith({ row: 2, column: 1 });
    expect(announced()).toContain('Russian → German');
    await press('ArrowUp', 'ArrowUp', 'ArrowUp', 'End', 'Enter');
    expect(onselect).toHaveBeenLastCalledWith({ row: 3, column: 0 });
    await press('Escape');
    expect(onselect).toHaveBeenLastCalledWith(null);
  });

  it('opens the selected cell with a second Enter instead of selecting it again', async () => {
    const [onselect, onopen] = [vi.fn(), vi.fn()];
    await show(HeatMap, heatMapProps(4, { selected: { row: 1, column: 2 }, onselect, onopen }));
    one<SVGSVGElement>('svg').focus();
    await press('Enter');
    expect(onopen).toHaveBeenCalledExactlyOnceWith({ row: 1, column: 2 });
    expect(onselect).not.toHaveBeenCalled();
  });

  it('announces a cell without a value as not defined and hatches it', async () => {
    await show(HeatMap, heatMapProps(5, { symmetric: true }));
    one<SVGSVGElement>('svg').focus();
    await press('ArrowDown', 'ArrowDown', 'End');
    expect(announced()).toBe('Russian and Hindi: calibrated alignment not defined');
    expect(
      all('[data-cells] rect').filter((r) => r.getAttribute('fill')?.startsWith('url(')),
    ).toHaveLength(2);
  });

  it('selects the cell under a click, and reads the one under the pointer', async () => {
    const onselect = vi.fn();
    const counts = Int32Array.from({ length: 16 }, (_, i) => 1000 + i);
    await show(HeatMap, heatMapProps(4, { onselect, counts }));
    const cell = all('[data-cells] rect')[6].getBoundingClientRect();
    const at = { clientX: cell.left + 5, clientY: cell.top + 5, bubbles: true };
    one('svg').dispatchEvent(new PointerEvent('pointermove', at));
    await settled();
    expect(readout()).toContain('n = 1,006 facts');
    one('svg').dispatchEvent(new MouseEvent('click', at));
    expect(onselect).toHaveBeenCalledExactlyOnceWith({ row: 1, column: 2 });
  });

  it('exports a standalone SVG with every value and the legend', async () => {
    await show(HeatMap, heatMapProps(9, { subtitle: 'A pair of languages per cell.' }));
    const { blob, file } = await saved('SVG');
    const picture = assertStandalone(await blob.text());
    expect(file).toBe('alignment.svg');
    expect(picture.querySelector('title')?.textContent).toBe(
      'Thai stands furthest from the others.',
    );
    expect(picture.documentElement.textContent).toContain(
      'Calibrated alignment, share (higher is closer)',
    );
    expect(
      [...picture.querySelectorAll('text')].filter(({ textContent }) => textContent === '1.00'),
    ).toHaveLength(10);
  });

  it('says what the marks before names mean: under the map and its table, spoken, and in the exported picture', async () => {
    const labels = exampleLanguages(9).map(({ tag, name }) => ({ label: tag, name }));
    const note = '‡ The encoder is weak here.';
    const remark = 'The encoder finds 34 % of n = 100 sentences in Thai.';
    labels[7] = { label: '‡ th', name: '‡ Thai', ...{ remark } };
    await show(HeatMap, heatMapProps(9, { labels, note }));
    expect(host.textContent).toContain(note);
    expect(texts('.labels title')).toContain(`‡ Thai. ${remark}`);
    one('svg').focus();
    await press('End', 'PageDown', 'ArrowUp');
    expect(announced()).toContain(`. ${remark}`);
    const picture = assertStandalone(await (await saved('SVG')).blob.text());
    expect([...picture.querySelectorAll('text')].map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining([note]),
    );
    await press('t');
    expect(texts('tbody th')).toContain('‡ Thai');
    expect(host.textContent).toContain(note);
  });

  it('exports all cells of 100 languages, which the page shows on a canvas', async () => {
    await show(HeatMap, heatMapProps(100));
    const picture = assertStandalone(await (await saved('SVG')).blob.text());
    const squares = [...picture.querySelectorAll('[data-cells] path')]
      .map((p) => p.getAttribute('d') ?? '')
      .join('');
    expect(squares.split('z')).toHaveLength(100 * 100 + 1);
  });

  it('exports a PNG at twice the size on the page, with its margin', async () => {
    await show(HeatMap, heatMapProps(4));
    const { blob, file } = await saved('PNG');
    const image = await createImageBitmap(blob);
    const svg = one('svg').getBoundingClientRect();
    expect(file).toBe('alignment.png');
    expect(image.width).toBe(2 * (Math.round(svg.width) + 2 * MARGIN));
    expect(image.height).toBe(2 * (Math.round(svg.height) + 2 * MARGIN));
  });
});

describe('serializeSvg', () => {
  it('resolves variables and inherited fonts, and leaves out what is for the screen only', () => {
    host.style.setProperty('--mine', 'rgb(1, 2, 3)');
    host.innerHTML =
      '<svg width="40" height="20"><g style="fill: var(--mine); font-size: 7px"><text>a</text></g><g data-screen-only><rect/></g></svg>';
    const svg = serializeSvg(one('svg'), { title: 'A < B', description: '' });
    const picture = assertStandalone(svg);
    expect(picture.querySelector('g')?.getAttribute('style')).toContain(
      'fill:rgb(1, 2, 3);font-size:7px',
    );
    expect(picture.querySelectorAll('rect')).toHaveLength(1);
    expect(picture.querySelector('title')?.textContent).toBe('A < B');
    expect(picture.documentElement.getAttribute('viewBox')).toBe(
      `${-MARGIN} ${-MARGIN} ${40 + 2 * MARGIN} ${20 + 2 * MARGIN}`,
    );
  });

  it('makes a PNG whose background is the surface, to its corners', async () => {
    host.innerHTML = '<svg width="40" height="20"></svg>';
    host.style.setProperty('--surface', '#102030');
    const bitmap = await createImageBitmap(
      await toPng(serializeSvg(one('svg'), { title: '', description: '' })),
    );
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    for (const [x, y] of [
      [0, 0],
      [bitmap.width - 1, bitmap.height - 1],
    ]) {
      expect([...(context?.getImageData(x, y, 1, 1).data ?? [])]).toEqual([16, 32, 48, 255]);
    }
  });
});

describe('VarianceBar', () => {
  const props: VarianceBarProps & Record<string, unknown> = {
    title: 'Facts explain most.',
    name: 'variance',
    languages: 12,
    shares: {
      fact: { value: 0.612, interval: [0.58, 0.641] },
      language: { value: 0.089, interval: [0.081, 0.098] },
      interaction: { value: 0.299, interval: null },
      facts: 1240,
    },
  };

  it('draws each share as long as it is, side by side and together as long as the axis', async () => {
    await show(VarianceBar, props);
    const bars = all('rect.share')
      .slice(0, 3)
      .map((bar) => bar.getBoundingClientRect());
    const total = bars[2].right - bars[0].left;
    expect(bars[0].width / total).toBeCloseTo(0.612, 2);
    expect(bars[1].left - bars[0].right).toBeCloseTo(1, 0);
    expect(bars[2].width / total).toBeCloseTo(0.299, 2);
  });

  it('labels each share with its value, its interval or the reason there is none, and what it means', async () => {
    await show(VarianceBar, props);
    expect(one('[data-share=fact]').textContent).toMatch(
      /Fact 61.2 %.*95 % interval 58.0 to 64.1 %.*What is said/,
    );
    expect(one('[data-share=interaction]').textContent).toMatch(/29.9 %.*no interval/);
    expect(all('[data-whisker]')).toHaveLength(2);
  });

  it('names quantity, unit and n at the axis', async () => {
    await show(VarianceBar, props);
    expect(one('.axis .title').textContent).toBe(
      'Share of the variance (%), n = 1,240 facts in 12 languages',
    );
  });

  it('exports a standalone SVG and has a table twin with the intervals', async () => {
    await show(VarianceBar, props);
    assertStandalone(await (await saved('SVG')).blob.text());
    button('Table').click();
    await settled();
    expect(texts('tbody tr:first-child > *').slice(0, 4)).toEqual([
      'Fact',
      '61.2 %',
      '58.0 %',
      '64.1 %',
    ]);
  });
});

function driftProps(facts: number, count: number, more: Partial<DriftPlotProps> = {}) {
  const languages = exampleLanguages(count);
  return {
    title: 'Amharic drifts most.',
    name: 'drift',
    languages,
    colors: languageColors(languages),
    ...exampleDrift(facts, count),
    factLabels: exampleFacts(facts).map(({ id }) => id),
    referenceLabel: 'English',
    ...more,
  } satisfies DriftPlotProps & Record<string, unknown>;
}

describe('DriftPlot', () => {
  it('draws a summary for each language of the order, from top to bottom, and for no other', async () => {
    const props = driftProps(60, 6);
    await show(DriftPlot, { ...props, order: [4, 1, 3] });
    const tags = all('[data-summary]').map((element) => element.getAttribute('data-summary'));
    expect(tags).toEqual([4, 1, 3].map((l) => props.languages[l].tag));
  });

  it('names quantity, reference, zero and direction at the axis', async () => {
    await show(DriftPlot, driftProps(60, 3));
    const title = texts('.axis .title').join(' ');
    expect(title).toBe(
      'Drift from English: 1 − cosine (0 = same direction as the reference; larger is further)',
    );
  });

  it('has a table twin with the summaries of the props in display order', async () => {
    const props = driftProps(60, 4);
    await show(DriftPlot, props);
    button('Table').click();
    await settled();
    const expected = Array.from(props.order, (l) => {
      const { n, mean, interval, median, q1, q3, min, max } = props.summaries[l];
      const numbers = [mean, ...(interval ?? []), median, q1, q3, min, max].map((value) =>
        value.toFixed(3),
      );
      return [props.languages[l].name, String(n), ...numbers];
    });
    expect(all('tbody tr').map((row) => [...row.children].map((cell) => cell.textContent))).toEqual(
      expected,
    );
  });

  it('marks the selected fact in every row that has it and breaks the thread at holes', async () => {
    const props = driftProps(60, 5);
    props.values.fill(0.1);
    props.values[11 * 5 + props.order[2]] = NaN;
    await show(DriftPlot, { ...props, selectedFact: 11 });
    expect(all('.thread circle')).toHaveLength(4);
    expect(one('.thread path').getAttribute('d')?.match(/M/g)).toHaveLength(2);
  });

  it('walks along the facts of a row by drift and down the rows with the arrow keys, and selects with Enter', async () => {
    const onfact = vi.fn();
    const props = driftProps(60, 4, { onfact });
    await show(DriftPlot, props);
    const sortedIn = (l: number): number[] =>
      [...Array(60).keys()]
        .filter((f) => !Number.isNaN(props.values[f * 4 + l]))
        .sort((a, b) => props.values[a * 4 + l] - props.values[b * 4 + l]);
    one<SVGSVGElement>('svg').focus();
    await press('Home', 'ArrowRight', 'ArrowRight', 'Enter');
    expect(onfact).toHaveBeenLastCalledWith(sortedIn(props.order[0])[2]);
    await press('ArrowDown', 'End', 'Enter');
    expect(onfact).toHaveBeenLastCalledWith(sortedIn(props.order[1]).at(-1));
    expect(announced()).toContain('(1 is the furthest)');
  });

  it('selects the language of a row with the space bar and clears it with Escape', async () => {
    const onlanguage = vi.fn();
    const props = await show(DriftPlot, { ...driftProps(60, 4), onlanguage });
    one<SVGSVGElement>('svg').focus();
    await press('ArrowDown', ' ');
    expect(onlanguage).toHaveBeenLastCalledWith(props.order[1]);
    await press('Escape');
    expect(onlanguage).toHaveBeenLastCalledWith(null);
  });

  it('finds the fact under the pointer and selects it with a click', async () => {
    const onfact = vi.fn();
    const props = driftProps(60, 3, { onfact, selectedFact: 7 });
    await show(DriftPlot, props);
    const mark = all('.thread circle')[1].getBoundingClientRect();
    const at = {
      clientX: mark.left + mark.width / 2,
      clientY: mark.top + mark.height / 2,
      bubbles: true,
    };
    one('svg').dispatchEvent(new PointerEvent('pointermove', at));
    await settled();
    const value = props.values[7 * 3 + props.order[1]].toFixed(3);
    expect(readout()).toContain(`fact q8: drift ${value}`);
    one('svg').dispatchEvent(new MouseEvent('click', at));
    expect(onfact).toHaveBeenCalledExactlyOnceWith(7);
  });

  it('exports as many dots as there are values', async () => {
    const props = driftProps(60, 4);
    await show(DriftPlot, props);
    const picture = assertStandalone(await (await saved('SVG')).blob.text());
    const dots = [...picture.querySelectorAll('[data-points] path')]
      .map((p) => p.getAttribute('d') ?? '')
      .join('');
    expect(dots.split('h0')).toHaveLength(
      props.values.filter((value) => !Number.isNaN(value)).length + 1,
    );
  });

  it('puts the dots of 50,000 facts into the exported picture as an image', async () => {
    await show(DriftPlot, driftProps(50_000, 3));
    const svg = await (await saved('SVG')).blob.text();
    const picture = assertStandalone(svg);
    expect(picture.querySelector('[data-points] image')?.getAttribute('href')).toMatch(
      /^data:image\/png;base64,/,
    );
    expect(svg.length).toBeLessThan(1_000_000);
  });

  it('shows a language without facts as such instead of a summary', async () => {
    const props = driftProps(60, 3);
    const nothing = {
      n: 0,
      mean: NaN,
      interval: null,
      median: NaN,
      q1: NaN,
      q3: NaN,
      min: NaN,
      max: NaN,
    };
    await show(DriftPlot, { ...props, summaries: [nothing, ...props.summaries.slice(1)] });
    expect(all('[data-summary]')).toHaveLength(2);
    expect(texts('.mean')).toContain('no facts');
    expect(host.innerHTML).not.toContain('NaN');
  });
});

function mapProps(facts: number, count: number, more: Partial<ProjectionPlotProps> = {}) {
  const languages = exampleLanguages(count);
  const map = exampleMap(facts, count);
  const text = exampleText(languages);
  return {
    title: 'Facts make the clusters.',
    name: 'map',
    ...map,
    languages,
    colors: languageColors(languages),
    factLabels: exampleFacts(facts).map(({ id }) => id),
    text: (r) => text(map.fact[r], map.language[r]) ?? '',
    caption: 'UMAP, trustworthiness 0.93 at k = 10',
    ...more,
  } satisfies ProjectionPlotProps & Record<string, unknown>;
}

function inkedPixels(): number {
  const canvas = one<HTMLCanvasElement>('canvas');
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
    data: [],
  };
  let inked = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) inked++;
  return inked;
}

describe('ProjectionPlot', () => {
  it('joins and names the renderings of the selected fact', async () => {
    await show(ProjectionPlot, mapProps(30, 5, { selectedFact: 3 }));
    expect(all('[data-selected-fact] circle')).toHaveLength(5);
    expect(one('[data-selected-fact] .thread').getAttribute('d')?.match(/L/g)).toHaveLength(5);
    expect(texts('[data-selected-fact] text').length).toBeGreaterThan(0);
  });

  it('reads the text under the pointer in its own language and direction, and selects its fact with a click', async () => {
    const onfact = vi.fn();
    const props = mapProps(30, 5, { selectedFact: 3, onfact });
    await show(ProjectionPlot, props);
    const arabic = all('[data-selected-fact] circle')[3].getBoundingClientRect();
    const at = {
      clientX: arabic.left + arabic.width / 2,
      clientY: arabic.top + arabic.height / 2,
      bubbles: true,
    };
    one('svg').dispatchEvent(new PointerEvent('pointermove', at));
    await settled();
    const span = one('[data-readout] span[lang]');
    expect([span.lang, span.dir, span.textContent]).toEqual(['ar', 'rtl', props.text(3 * 5 + 3)]);
    one('svg').dispatchEvent(new PointerEvent('pointerdown', { ...at, pointerId: 1 }));
    one('svg').dispatchEvent(new PointerEvent('pointerup', { ...at, pointerId: 1 }));
    expect(onfact).toHaveBeenCalledExactlyOnceWith(3);
  });

  it('moves to a neighbour with an arrow key and selects its fact with Enter', async () => {
    const onfact = vi.fn();
    const positions = Float32Array.from([0, 0, 1, 0, 0, 1, 1, 1]);
    const [language, fact] = [Int32Array.from([0, 1, 0, 1]), Int32Array.from([0, 0, 1, 1])];
    await show(ProjectionPlot, {
      ...mapProps(2, 2),
      positions,
      language,
      fact,
      selectedFact: 0,
      onfact,
    });
    one<SVGSVGElement>('svg').focus();
    await press('ArrowUp', 'Enter');
    expect(onfact).toHaveBeenLastCalledWith(1);
    expect(readout()).toContain('English, fact q2');
    await press('ArrowRight');
    expect(readout()).toContain('German, fact q2');
    await press('Escape');
    expect(onfact).toHaveBeenLastCalledWith(null);
  });

  it('draws fewer pixels without threads than with all', async () => {
    await show(ProjectionPlot, mapProps(60, 6));
    const withThreads = inkedPixels();
    one<HTMLInputElement>('input[value=none]').click();
    await settled();
    expect(inkedPixels()).toBeLessThan(withThreads * 0.9);
  });

  it('redraws when the positions are replaced, on the same canvas', async () => {
    const props = await show(ProjectionPlot, mapProps(60, 6, { threads: 'none' }));
    const [canvas, before] = [one('canvas'), inkedPixels()];
    props.positions = props.positions.map((value: number, i: number) => (i % 2 === 0 ? value : 0));
    await settled();
    expect(one('canvas')).toBe(canvas);
    expect(inkedPixels()).toBeLessThan(before / 2);
  });

  it('draws while the positions change in every frame', async () => {
    const props = await show(ProjectionPlot, mapProps(60, 6, { threads: 'none' }));
    const before = inkedPixels();
    const middle = props.positions.map((value: number, i: number) => (i % 2 === 0 ? value : 0));
    for (let frame = 0; frame < 6; frame++) {
      await new Promise(requestAnimationFrame);
      props.positions = middle.slice();
      flushSync();
    }
    expect(inkedPixels()).toBeLessThan(before / 2);
  });

  it('zooms about the middle with + and shows all again with 0', async () => {
    await show(ProjectionPlot, mapProps(30, 5, { selectedFact: 3 }));
    const spread = (): number => {
      const marks = all('[data-selected-fact] circle').map((mark) =>
        Number(mark.getAttribute('cx')),
      );
      return Math.max(...marks) - Math.min(...marks);
    };
    const before = spread();
    one<SVGSVGElement>('svg').focus();
    await press('+', '+');
    expect(spread()).toBeCloseTo(before * 2.25, 1);
    await press('0');
    expect(spread()).toBeCloseTo(before, 3);
  });

  it('leaves the wheel to the page until the map has the focus', async () => {
    await show(ProjectionPlot, mapProps(30, 5));
    const wheel = (): boolean =>
      one('svg').dispatchEvent(new WheelEvent('wheel', { deltaY: -100, cancelable: true }));
    expect(wheel()).toBe(true);
    one<SVGSVGElement>('svg').focus();
    expect(wheel()).toBe(false);
  });

  it('selects a language in the legend and clears it with a second click', async () => {
    const onlanguage = vi.fn();
    const props = await show(ProjectionPlot, { ...mapProps(30, 5), onlanguage });
    button('Russian').click();
    expect(onlanguage).toHaveBeenLastCalledWith(2);
    props.selectedLanguage = 2;
    await settled();
    button('Russian').click();
    expect(onlanguage).toHaveBeenLastCalledWith(null);
  });

  it('says how it was made and that far distances mean little, also in the exported picture', async () => {
    const props = mapProps(30, 5, { selectedFact: 3 });
    await show(ProjectionPlot, props);
    expect(one('[data-caption]').textContent).toBe('UMAP, trustworthiness 0.93 at k = 10.');
    const picture = assertStandalone(await (await saved('SVG')).blob.text());
    const words = [...picture.querySelectorAll('text')]
      .map(({ textContent }) => textContent)
      .join(' ');
    expect(words).toContain('trustworthiness 0.93');
    expect(words).toContain('distances between far clusters mean little');
    for (const { name } of props.languages) expect(words).toContain(name);
    const dots = [...picture.querySelectorAll('[data-points] path')]
      .map((p) => p.getAttribute('d') ?? '')
      .join('');
    expect(dots.split('h0')).toHaveLength(30 * 5 + 1);
  });

  it('leaves out renderings without a place', async () => {
    const props = mapProps(30, 5, { selectedFact: 0 });
    props.positions[0] = NaN;
    props.positions[1] = NaN;
    await show(ProjectionPlot, props);
    expect(all('[data-selected-fact] circle')).toHaveLength(4);
    expect(one('svg').innerHTML).not.toContain('NaN');
  });
});

function tableProps(facts: number, count: number, more: Partial<FactTableProps> = {}) {
  const languages = exampleLanguages(count);
  return {
    title: 'Long facts are rendered least alike.',
    name: 'facts',
    facts: exampleFacts(facts),
    languages,
    text: exampleText(languages),
    drift: exampleDrift(facts, count).values,
    referenceLabel: 'English',
    pivot: 0,
    ...more,
  } satisfies FactTableProps & Record<string, unknown>;
}

const shownFacts = (): string[] =>
  all('[data-fact]').map((row) => row.getAttribute('data-fact') ?? '');

/** What the table shows from the top, spare rows above the edge left out. */
function topFact(): string {
  const grid = one('[role=grid]').getBoundingClientRect();
  const head = one('[role=grid] > [role=row]').getBoundingClientRect();
  const row = all('[data-fact]').find(
    (element) => element.getBoundingClientRect().bottom > Math.max(grid.top, head.bottom) + 1,
  );
  return row?.getAttribute('data-fact') ?? '';
}

describe('FactTable', () => {
  it('draws only the rows in view of 50,000, and says how many there are', async () => {
    await show(FactTable, tableProps(50_000, 4));
    expect(shownFacts().length).toBeGreaterThan(5);
    expect(shownFacts().length).toBeLessThan(40);
    expect(one('[role=grid]').getAttribute('aria-rowcount')).toBe('50001');
    expect(one('[role=grid]').scrollHeight).toBeGreaterThan(50_000 * 20);
  });

  it('draws other rows after scrolling', async () => {
    await show(FactTable, tableProps(50_000, 4));
    const before = shownFacts();
    one('[role=grid]').scrollTop = 400_000;
    await settled();
    expect(shownFacts().some((id) => before.includes(id))).toBe(false);
  });

  it('scrolls to the fact that is selected elsewhere', async () => {
    const props = await show(FactTable, tableProps(50_000, 4));
    expect(shownFacts()).not.toContain('q30001');
    props.selectedFact = 30_000;
    await settled();
    const row = one('[data-fact=q30001]');
    const [box, grid] = [row.getBoundingClientRect(), one('[role=grid]').getBoundingClientRect()];
    expect(row.getAttribute('aria-selected')).toBe('true');
    expect(box.top).toBeGreaterThanOrEqual(grid.top);
    expect(box.bottom).toBeLessThanOrEqual(grid.bottom);
  });

  it('shows the mean drift over the languages that have one, most first, and the furthest language', async () => {
    const drift = Float32Array.from([0.1, 0.2, 0.3, 0.5, NaN, 0.7, NaN, NaN, NaN]);
    await show(FactTable, { ...tableProps(3, 3), drift });
    expect(shownFacts()).toEqual(['q2', 'q1', 'q3']);
    expect(one('[data-fact=q2]').textContent).toMatch(/0\.600.*Russian/s);
    expect(one('[data-fact=q3]').textContent).toContain('–');
  });

  it('sorts by id, topic, furthest and a chosen language, both ways, and says so', async () => {
    const props = tableProps(240, 4, { selectedLanguage: 2 });
    await show(FactTable, props);
    const sort = (key: string): HTMLElement => one(`[data-sort=${key}] button`);
    const said = (key: string): string | null =>
      one(`[data-sort=${key}]`).getAttribute('aria-sort');
    expect([said('drift'), said('id')]).toEqual(['descending', 'none']);
    sort('id').click();
    await settled();
    expect(shownFacts().slice(0, 10)).toEqual([...Array(10).keys()].map((i) => `q${i + 1}`));
    sort('id').click();
    await settled();
    expect([shownFacts()[0], said('id'), said('drift')]).toEqual(['q240', 'descending', 'none']);
    sort('language').click();
    await settled();
    const own = (f: number): number => props.drift[f * 4 + 2];
    const furthest = [...Array(240).keys()]
      .filter((f) => !Number.isNaN(own(f)))
      .sort((a, b) => own(b) - own(a))[0];
    expect([shownFacts()[0], said('language')]).toEqual([`q${furthest + 1}`, 'descending']);
    sort('topic').click();
    await settled();
    expect(one(`[data-fact=${shownFacts()[0]}] .topic`).textContent).toBe('arts');
  });

  it('finds facts by a text in another script', async () => {
    await show(FactTable, tableProps(240, 4));
    await userEvent.fill(one<HTMLInputElement>('input[type=search]'), 'ЦЕЛЬСИЯ. (17)');
    await vi.waitFor(() => expect(one('[role=status]').textContent).toBe('1 of 240 facts'));
    expect(shownFacts()).toEqual(['q17']);
    await userEvent.fill(one<HTMLInputElement>('input[type=search]'), 'nowhere');
    await vi.waitFor(() =>
      expect(one('[role=grid]').textContent).toContain('No fact contains “nowhere”.'),
    );
  });

  it('moves with the arrow keys, selects with Enter and opens with a second Enter', async () => {
    const onfact = vi.fn();
    const props = await show(FactTable, { ...tableProps(240, 4), onfact });
    const third = shownFacts()[2];
    one<HTMLElement>('[role=grid]').focus();
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    const fact = Number(third.slice(1)) - 1;
    expect(onfact).toHaveBeenCalledExactlyOnceWith(fact);
    expect(one('[role=grid]').getAttribute('aria-activedescendant')).toBe(
      one(`[data-fact=${third}]`).id,
    );
    props.selectedFact = fact;
    await settled();
    await press('Enter');
    expect(all('[data-rendering]')).toHaveLength(4);
    await press('End');
    expect(shownFacts().at(-1)).toBe(one('.row.current').getAttribute('data-fact'));
  });

  it('gives every rendering of an open fact its own lang, dir and font, the pivot first, and names holes', async () => {
    const props = tableProps(60, 5, { selectedFact: 19 });
    await show(FactTable, props);
    one<HTMLElement>('[data-fact=q20] button').click();
    await settled();
    expect(all('[data-rendering]')[0].getAttribute('data-rendering')).toBe('en');
    const arabic = one('[data-rendering=ar] span[lang]');
    expect([arabic.lang, arabic.dir, arabic.textContent]).toEqual(['ar', 'rtl', props.text(19, 3)]);
    expect(arabic.style.fontFamily).toContain('Noto Naskh Arabic');
    const holes = props.languages.flatMap(({ tag }, l) =>
      props.text(19, l) === null ? [tag] : [],
    );
    for (const tag of holes)
      expect(one(`[data-rendering=${tag}]`).textContent).toContain('no rendering');
    expect(all('[data-rendering]')).toHaveLength(5);
  });

  it('shows the whole of a text that a closed row cuts, and moves the rows below it down', async () => {
    const long = 'word '.repeat(400).trim();
    const text = (_fact: number, language: number): string | null => (language === 0 ? long : null);
    await show(FactTable, { ...tableProps(20, 2), text, selectedFact: 3 });
    const [closed, next] = [one('[data-fact=q4]'), shownFacts()[shownFacts().indexOf('q4') + 1]];
    const before = closed.getBoundingClientRect().height;
    one<HTMLElement>('[data-fact=q4] button').click();
    await settled();
    const whole = one('[data-rendering=en] span[lang]');
    expect(whole.textContent).toBe(long);
    expect(whole.scrollHeight).toBe(whole.clientHeight);
    expect(one('[data-fact=q4]').getBoundingClientRect().height).toBeGreaterThan(before + 200);
    const below = all(`[data-fact=${next}]`)[0];
    if (below) {
      const gap =
        below.getBoundingClientRect().top - one('[data-fact=q4]').getBoundingClientRect().bottom;
      expect(Math.abs(gap)).toBeLessThanOrEqual(1.5);
    }
  });

  it('starts at the most drift and goes back to the top when the order changes', async () => {
    await show(FactTable, tableProps(5000, 3));
    one('[role=grid]').scrollTop = 50_000;
    await settled();
    one<HTMLElement>('[data-sort=id] button').click();
    await settled();
    expect(topFact()).toBe('q1');
  });
});

describe('languages of other labels', () => {
  it('puts no lang attribute on texts of a language that is not known', async () => {
    const languages = [toLanguage('en'), toLanguage('my dialect')];
    await show(FactTable, {
      ...tableProps(5, 2),
      languages,
      text: () => 'a text',
      selectedFact: 0,
    });
    one<HTMLElement>('[data-fact=q1] button').click();
    await settled();
    expect(all('[data-rendering="my dialect"] span[lang]')).toHaveLength(0);
    expect(one('[data-rendering="my dialect"] .text').textContent.trim()).toBe('a text');
  });
});
