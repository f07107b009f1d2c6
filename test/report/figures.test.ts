import { describe, expect, it } from 'vitest';
import type { LayerReport } from '../../src/core/layers.ts';
import { metricCard } from '../../src/core/metric-catalog.ts';
import type { AnalysisReport, Estimate, MatrixId } from '../../src/core/report.ts';
import type { Interval } from '../../src/core/statistics.ts';
import { ridgelineFigure } from '../../src/report/figures/drift-figure.ts';
import type { FigureInput } from '../../src/report/figures/figure-input.ts';
import { hubsFigure, soughtFacts } from '../../src/report/figures/hubs-figure.ts';
import { languagesFigure } from '../../src/report/figures/languages-figure.ts';
import { layersFigure, probeFigure } from '../../src/report/figures/layers-figure.ts';
import {
  languageGroups,
  matrixFigure,
  nearnessTree,
} from '../../src/report/figures/matrix-figure.ts';
import { structureFigure } from '../../src/report/figures/structure-figure.ts';
import {
  driftMeans,
  premiumFigure,
  truncationFigure,
} from '../../src/report/figures/tokens-figure.ts';
import { exampleReport } from '../io/example-report.ts';

const { report } = exampleReport();
const colors = ['#111111', '#222222', '#333333'];
/** Pairs of 3, 2 and 2 facts. */
const given: FigureInput = { report, languages: report.languages, colors, note: 'A mark.' };

const near = (value: number): Estimate => ({ value, interval: [value - 0.05, value + 0.05] });

/** The report with these scores by language, and all pairs on the same three facts. */
function scored(scores: Partial<Record<MatrixId, Estimate[]>>): FigureInput {
  const facts = Int32Array.of(0, 1, 2);
  const languageScores = report.languageScores.map((own, l) => ({
    ...own,
    ...Object.fromEntries(Object.entries(scores).map(([id, values]) => [id, values[l]])),
  }));
  const pairs = report.pairs.map((pair) => ({ ...pair, facts }));
  return { ...given, report: { ...report, pairs, languageScores } };
}

function withPool(change: Partial<AnalysisReport['pool']>): FigureInput {
  return { ...given, report: { ...report, pool: { ...report.pool, ...change } } };
}

describe('languagesFigure', () => {
  it('puts the nearest first, also where lower is closer, and what is not defined last', () => {
    const names = (id: MatrixId, values: number[]) =>
      languagesFigure(scored({ [id]: values.map(near) }), metricCard(id)).rows.map(
        ({ label }) => label,
      );
    expect(names('mean_cosine', [0.5, NaN, 0.9])).toEqual(['sw', 'eng_Latn', 'deu']);
    expect(names('bias', [0.5, 0.9, 0.1])).toEqual(['sw', 'eng_Latn', 'deu']);
  });

  it('says in the title what the intervals carry', () => {
    const input = scored({ mean_cosine: [near(0.9), near(0.5), near(0.2)] });
    const { title, subtitle, reference } = languagesFigure(input, metricCard('mean_cosine'));
    expect(title).toBe(
      'Mean cosine: English is nearest to the others, Swahili is farthest from the others',
    );
    expect(subtitle).toBe(
      'Mean cosine of each language with the others: mean over its pairs; n = 3 facts; higher is closer; 95 % intervals over facts',
    );
    expect(reference).toBeUndefined();
  });

  it('does not rank what depends on the number of facts where pairs share unequal numbers', () => {
    expect(languagesFigure(given, metricCard('mexa')).title).toBe(
      'MEXA by language: not ranked, because it depends on the number of facts and pairs share 2 to 3',
    );
    expect(languagesFigure(scored({}), metricCard('mexa')).title).toBe('MEXA by language');
  });

  it('has the reason where there is no interval', () => {
    const open = (value: number): Estimate => ({ value, interval: null });
    const reasons = (input: FigureInput, id: MatrixId) =>
      languagesFigure(input, metricCard(id)).rows.map(({ reason }) => reason);
    expect(reasons(scored({ rsa: [near(0.5), open(0.25), open(NaN)] }), 'rsa')).toEqual([
      undefined,
      'its pairs are not all on the same facts',
      'none of its pairs has a value',
    ]);
    expect(reasons(scored({ antihubs: [0, 1, 2].map(open) }), 'antihubs')[0]).toBe(
      'the metric has none',
    );
  });

  it('draws the line of chance, of one in n where n is one number', () => {
    const line = (input: FigureInput, id: MatrixId) =>
      languagesFigure(input, metricCard(id)).reference?.value;
    expect([line(given, 'auc'), line(given, 'p_at_1'), line(scored({}), 'p_at_1')]).toEqual([
      0.5,
      undefined,
      1 / 3,
    ]);
  });
});

describe('ridgelineFigure', () => {
  it('says who drifts most, and how many facts', () => {
    const summary = (mean: number, interval: Interval) => ({
      ...{ n: 3, mean, interval, median: mean, q1: mean, q3: mean, min: mean, max: mean },
    });
    const { title, subtitle } = ridgelineFigure(given, {
      values: report.centroidDistance,
      summaries: [summary(0.2, [0.1, 0.3]), summary(0.3, [0.2, 0.4]), summary(0.7, [0.6, 0.8])],
      referenceLabel: 'the mean of the other languages',
      order: [2, 1, 0],
    });
    expect(title).toBe('Mean drift from the mean of the other languages: Swahili drifts most');
    expect(subtitle).toContain(
      'the mean vector of the other languages, 0 to 2, lower is closer; n = 3 facts',
    );
  });
});

describe('structureFigure', () => {
  it('counts a language in a field where its intervals lie in it as a whole', () => {
    const input = scored({
      mexa: [near(0.9), near(0.2), near(0.52)],
      cka_debiased: [near(0.8), near(0.8), near(0.9)],
    });
    const { title, points, quadrants } = structureFigure(input);
    expect(title).toBe(
      'Of 3 languages: 1 rotated (fixable), 1 aligned; 1 not told apart from a threshold',
    );
    expect(points[1]).toMatchObject({ x: 0.2, y: 0.8, color: '#222222', label: 'deu' });
    expect(quadrants).toMatchObject({ x: 0.5, y: 0.5 });
  });

  it('claims no field without intervals', () => {
    const open = { value: 0.9, interval: null };
    const input = scored({ mexa: [open, open, open], cka_debiased: [open, open, open] });
    expect(structureFigure(input).title).toBe('Of 3 languages: 3 not told apart from a threshold');
  });
});

describe('hubsFigure', () => {
  it('leaves out facts that no search looked among, and keeps their order', () => {
    const { occurrences, mean, title, subtitle } = hubsFigure(given, 2);
    expect([occurrences, mean]).toEqual([[8, 20], 14]);
    expect(soughtFacts(given, 2)).toEqual([0, 1]);
    expect(title).toBe(
      'Swahili: N₁₀ has skewness 1.500; 13 % of its texts are antihubs, hubs hold 75 % of all places',
    );
    expect(subtitle).toContain('n = 2 facts');
  });
});

describe('premiumFigure and truncationFigure', () => {
  it('set what tokens cost against drift from the mean of the others', () => {
    const { points, caption } = premiumFigure(given)!;
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [1, 2 / 3],
      [1.25, 2 / 3],
      [1.5, 0.3125],
    ]);
    expect(driftMeans(given)[2]).toBe((0.125 + 0.5) / 2);
    expect(caption).toBe('Spearman’s ρ = 0.50, permutation test p = 1.000, n = 3 languages');
  });

  it('claim a direction only below p = 0.05', () => {
    const title = (rho: number, p: number) =>
      premiumFigure(
        withPool({ correlations: { premium: { rho, p, n: 9 }, truncation: { rho, p, n: 9 } } }),
      )!.title;
    expect(title(0.8, 0.01)).toBe('Languages that are cut into more tokens drift more');
    expect(title(-0.8, 0.01)).toBe('Languages that are cut into more tokens drift less');
    expect(title(0.8, 0.06)).toBe(
      'Token premium and drift: a correlation not told apart from chance',
    );
  });

  it('say where no correlation is defined, and are none without tokens', () => {
    const none = { rho: NaN, p: NaN, n: 2 };
    const input = withPool({ correlations: { premium: none, truncation: none } });
    expect(premiumFigure(input)!.title).toMatch(/^Token premium and drift: no correlation is def/);
    expect(premiumFigure(input)!.caption).toBe('Spearman’s ρ not defined, n = 2 languages');
    expect(truncationFigure(input)!.title).toBe('No text is longer than the encoder reads');
    expect(premiumFigure(withPool({ correlations: null }))).toBeNull();
  });
});

describe('layersFigure', () => {
  const layer = (name: string, values: number[], zeroRows = 0): LayerReport => ({
    name,
    zeroRows,
    variance: null,
    varianceReason: '',
    matrices: report.matrices,
    pairs: [],
    languageScores: scored({ mean_cosine: values.map(near) }).report.languageScores,
  });
  const figure = (...layers: LayerReport[]) =>
    layersFigure(scored({}), layers, metricCard('mean_cosine'));

  it('says where languages meet most and how many part again beyond their intervals', () => {
    const { title, layers, mean } = figure(
      layer('table', [0.1, 0.2, 0.3]),
      layer('layer 1', [0.7, 0.8, 0.9]),
      layer('layer 2', [0.65, 0.5, 0.4]),
    );
    expect(title).toBe(
      'Mean cosine: languages meet most in layer 1 (mean 0.800); in the last it is 0.517, and 2 of 3 languages have parted again beyond the intervals',
    );
    expect(layers).toEqual(['table', '1', '2']);
    expect(mean!.values[0]).toBeCloseTo(0.2, 12);
  });

  it('does not let them part where the last layer is the nearest', () => {
    expect(figure(layer('a', [0.1, 0.1, 0.1]), layer('b', [0.5, 0.5, 0.5])).title).toBe(
      'Mean cosine: languages meet most in layer b (mean 0.500), the last',
    );
  });

  it('tells of vectors of zeros under the plot, after the marks', () => {
    expect(figure(layer('layer_0', [0.1, 0.1, NaN], 2)).note).toBe(
      'A mark. Layer 0: 2 texts have a vector of zeros, whose cosines count as 0.',
    );
  });
});

describe('probeFigure', () => {
  it('has the mean bias of each language over its pairs, both ways, by layer', () => {
    const pairs = [
      { a: 'en', b: 'fr', bias: [1, 0.5] },
      { a: 'fr', b: 'en', bias: [2, NaN] },
      { a: 'en', b: 'sw', bias: [3, 0.25] },
    ];
    const { curves, mean, layers, title } = probeFigure(
      { layers: ['layer_0', 'layer_1'], pairs },
      'probe.json',
    );
    expect(curves.map(({ name, values }) => [name, values])).toEqual([
      ['English', [2, 0.375]],
      ['French', [1.5, 0.5]],
      ['Swahili', [3, 0.25]],
    ]);
    expect([layers, mean!.values]).toEqual([
      ['0', '1'],
      [6.5 / 3, 0.375],
    ]);
    expect(title).toBe('Language bias B: languages meet most in layer 1 (mean 0.375), the last');
  });
});

describe('matrixFigure', () => {
  const view = { order: [0, 1, 2], tree: null, groups: [] };
  const alike = scored({});

  it('marks what does not differ from chance, in the cell, its sentence and the note', () => {
    const { sign, describe: words, note } = matrixFigure(given, metricCard('contrast'), view);
    expect([sign!(0, 1), sign!(0, 2), sign!(1, 1)]).toEqual(['', 'ⁿˢ', '']);
    expect(words!(0, 1)).not.toContain('chance');
    expect(words!(0, 2)).toContain('not told apart from chance');
    expect(note).toBe(
      'A mark. ⁿˢ Not told apart from chance (0), at 5 % false discoveries among the pairs (Benjamini and Hochberg).',
    );
    expect(matrixFigure(given, metricCard('mean_cosine'), view).note).toBe('A mark.');
  });

  it('names no pair where n is unequal and the metric depends on it', () => {
    expect(matrixFigure(given, metricCard('mexa'), view).title).toBe(
      'MEXA of every two languages: not ranked, because it depends on the number of facts and pairs share 2 to 3',
    );
  });

  it('names a pair where its interval lies apart from all others', () => {
    const bySize = (size: Interval[]): FigureInput['report'] => ({
      ...alike.report,
      pairs: alike.report.pairs.map((pair, i) => {
        const own = { value: (size[i][0] + size[i][1]) / 2, interval: size[i] };
        return { ...pair, scores: { ...pair.scores, mexa: { forth: own, back: own } } };
      }),
    });
    const title = (...size: Interval[]) =>
      matrixFigure({ ...alike, report: bySize(size) }, metricCard('mexa'), view).title;
    expect(title([0.8, 0.9], [0.4, 0.6], [0.1, 0.2])).toBe(
      'MEXA: English and German are nearest, German and Swahili are farthest apart',
    );
    expect(title([0.8, 0.9], [0.1, 0.2], [0.15, 0.3])).toBe('MEXA: English and German are nearest');
  });

  it('carries order, tree and strips', () => {
    const tree = nearnessTree(report.matrices, 3);
    const { script, family } = languageGroups(report.languages);
    const figure = matrixFigure(given, metricCard('mexa'), {
      order: tree.order,
      tree,
      groups: [script, family],
    });
    expect(figure.tree!.merges).toHaveLength(2);
    expect(figure.order).toEqual(tree.order);
    expect(figure.groups!.map(({ values }) => values)).toEqual([
      ['Latn', 'Latn', 'Latn'],
      ['Germanic', 'Germanic', 'Bantu'],
    ]);
  });
});
