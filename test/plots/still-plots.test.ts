import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
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
import VarianceBar from '../../src/plots/VarianceBar.svelte';
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

/** Markup of a plot without a browser, as a static report has it. */
function still<Props extends object>(plot: Component<Props>, props: NoInfer<Props>): string {
  return render(plot as Component, { props }).body;
}

function count(markup: string, pattern: RegExp): number {
  return [...markup.matchAll(pattern)].length;
}

const common = { title: 'Thai drifts most.', name: 'plot', width: 640 };
const axis = {
  quantity: 'Drift',
  direction: 'lower is closer',
  n: 'n = 240 facts',
  format: (value: number) => value.toFixed(3),
};
const PARTS = ['fact translation', 'common translation', 'anchor-language text'];
const languages = exampleLanguages(9);
const { values, summaries, order } = exampleDrift(60, 9);
const distances = exampleMatrix(9).map((value) => 1 - value);

const plots: Record<string, { markup: () => string; marks: [RegExp, number][] }> = {
  'a forest plot': {
    markup: () => still(ForestPlot, { ...common, rows: exampleForest(9), axis }),
    marks: [
      [/data-value/g, 8],
      [/data-interval/g, 7],
    ],
  },
  'a ridgeline plot': {
    markup: () =>
      still(Ridgeline, {
        ...common,
        languages,
        colors: languageColors(languages),
        values,
        summaries,
        order,
        referenceLabel: 'English',
      }),
    marks: [
      [/class="ridge/g, 9],
      [/data-mean/g, 9],
    ],
  },
  'a scatter plot': {
    markup: () =>
      still(ScatterPlot, {
        ...common,
        points: exampleScatter(9),
        x: axis,
        y: axis,
        quadrants: { x: 0.5, y: 0.5, names: ALIGNMENT_FIELDS },
      }),
    marks: [
      [/data-point/g, 8],
      [/data-threshold/g, 2],
    ],
  },
  'curves over layers': {
    markup: () => still(LayerCurves, { ...common, ...exampleCurves(6), axis, best: 'highest' }),
    marks: [
      [/data-curve/g, 7],
      [/data-label/g, 7],
    ],
  },
  'curves over steps': {
    markup: () => still(CurvePlot, { ...common, ...exampleLosses(60), x: axis, y: axis }),
    marks: [
      [/data-curve/g, 2],
      [/class="name/g, 2],
    ],
  },
  'a histogram': {
    markup: () =>
      still(Histogram, {
        ...common,
        occurrences: exampleOccurrences(240),
        k: 10,
        quantity: 'German among English',
      }),
    marks: [[/data-bin/g, 21]],
  },
  'a heat map with its tree and groups': {
    markup: () =>
      still(HeatMap, {
        ...common,
        labels: languages,
        values: exampleMatrix(9),
        domain: [0, 1],
        scale: 'sequential',
        quantity: 'Calibrated alignment',
        direction: 'higher is closer',
        format: (value: number) => value.toFixed(2),
        sign: (row: number, column: number) => (row === 0 && column === 1 ? 'ⁿˢ' : ''),
        order: averageLinkage(distances, 9).order,
        tree: { merges: averageLinkage(distances, 9).merges, quantity: 'mean distance' },
        groups: [{ name: 'Script', values: languages.map(({ script }) => script) }],
      }),
    marks: [
      [/data-tree/g, 1],
      [/<title>Script: /g, 9],
      [/>1\.00<\/text>/g, 9 + 1],
      [/\dⁿˢ<\/text>/g, 1],
    ],
  },
  'stacked bars': {
    markup: () => still(StackedBars, { ...common, rows: exampleBars(5), parts: PARTS, axis }),
    // The first row has nothing of the third part, the last one nothing of the first two.
    marks: [
      [/data-piece/g, 12],
      [/class="[^"]*sum/g, 5],
    ],
  },
  'a bar of shares': {
    markup: () =>
      still(VarianceBar, {
        ...common,
        shares: {
          fact: { value: 0.6, interval: null },
          language: { value: 0.1, interval: null },
          interaction: { value: 0.3, interval: null },
          facts: 240,
        },
        languages: 9,
      }),
    marks: [[/data-share/g, 3]],
  },
};

describe.each(Object.entries(plots))('%s of a fixed width, without a browser', (_, plot) => {
  const markup = plot.markup();

  it('is one picture of that width with all its marks, each at a place', () => {
    expect(count(markup, /<svg [^>]*data-figure[^>]* width="640"/g)).toBe(1);
    for (const [pattern, expected] of plot.marks) expect(count(markup, pattern)).toBe(expected);
    expect(markup).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('has its table below and nothing that needs a script', () => {
    expect(count(markup, /<details/g)).toBe(1);
    expect(count(markup, /<tbody/g)).toBe(1);
    expect(markup).not.toMatch(/<button|role="application"|data-readout/);
  });
});

it('a still heat map of 100 languages has its cells in the picture, without a canvas', () => {
  const markup = still(HeatMap, {
    ...common,
    labels: exampleLanguages(100),
    values: exampleMatrix(100),
    domain: [0, 1],
    scale: 'sequential',
    quantity: 'Calibrated alignment',
    direction: 'higher is closer',
    format: (value: number) => value.toFixed(2),
  });
  const squares = [...markup.matchAll(/ d="([^"]*z)" fill=/g)].map(([, d]) => d).join('');
  expect(squares.split('z')).toHaveLength(100 * 100 + 1);
  expect(markup).not.toContain('<canvas');
});

it.each([
  ['forest plot', () => still(ForestPlot, { ...common, rows: [], axis })],
  ['scatter plot', () => still(ScatterPlot, { ...common, points: [], x: axis, y: axis })],
  [
    'layer plot',
    () => still(LayerCurves, { ...common, layers: ['0'], curves: [], axis, best: 'highest' }),
  ],
  ['curve plot', () => still(CurvePlot, { ...common, at: [], curves: [], x: axis, y: axis })],
  ['histogram', () => still(Histogram, { ...common, occurrences: [], k: 10, quantity: 'German' })],
  [
    'ridgeline plot',
    () =>
      still(Ridgeline, {
        ...common,
        languages,
        colors: languageColors(languages),
        values,
        summaries,
        order: [],
        referenceLabel: 'English',
      }),
  ],
])('a %s without data is its axes alone', (_, markup) => {
  expect(markup()).toContain('data-axis="x"');
  expect(markup()).not.toMatch(/NaN|undefined|Infinity/);
});
