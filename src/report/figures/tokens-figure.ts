import type { LanguageTokens, RankCorrelation } from '../../core/report.ts';
import { mean } from '../../core/statistics.ts';
import { driftColumn } from '../../metrics/drift.ts';
import type { PlotAxis, ScatterPlotProps } from '../../plots/props.ts';
import { formatValue, itemOf, type FigureInput } from './figure-input.ts';

interface TokenMeasure {
  name: string;
  /** What a language with much of it is. */
  words: string;
  axis: PlotAxis;
  value: (tokens: LanguageTokens) => number;
}

const PREMIUM: TokenMeasure = {
  name: 'Token premium',
  words: 'Languages that are cut into more tokens',
  axis: {
    quantity: 'Token premium',
    unit: 'tokens over those of the pivot',
    direction: 'lower is shorter',
    format: (value) => value.toFixed(2),
  },
  value: ({ premium }) => premium,
};

const TRUNCATION: TokenMeasure = {
  name: 'Truncation rate',
  words: 'Languages whose texts are cut off more often',
  axis: {
    quantity: 'Truncation rate',
    unit: 'share of texts',
    direction: 'lower is better',
    domain: [0, 0.01],
    format: formatValue,
  },
  value: ({ truncationRate }) => truncationRate,
};

/** Token premium against drift, by language; null where no tokens were counted. */
export function premiumFigure(input: FigureInput): ScatterPlotProps | null {
  return tokensFigure(input, PREMIUM, input.report.pool.correlations?.premium);
}

/** Truncation rate against drift, by language; null where no tokens were counted. */
export function truncationFigure(input: FigureInput): ScatterPlotProps | null {
  const figure = tokensFigure(input, TRUNCATION, input.report.pool.correlations?.truncation);
  const none = figure?.points.every(({ x }) => x === 0);
  return figure && none ? { ...figure, title: 'No text is longer than the encoder reads' } : figure;
}

function tokensFigure(
  input: FigureInput,
  measure: TokenMeasure,
  correlation: RankCorrelation | undefined,
): ScatterPlotProps | null {
  if (correlation === undefined) return null;
  const { report, languages, note } = input;
  const drift = driftMeans(input);
  return {
    name: measure.name.toLowerCase().replace(' ', '-'),
    title: correlationTitle(measure, correlation),
    subtitle: `${measure.name} and mean drift from the mean of the other languages, one point for each of n = ${languages.length} languages; no intervals`,
    note,
    points: report.byLanguage.map(({ tokens }, l) => ({
      ...itemOf(input, l),
      x: tokens === null ? NaN : measure.value(tokens),
      y: drift[l],
    })),
    x: measure.axis,
    y: {
      quantity: 'Mean drift from the mean of the other languages',
      unit: '1 − cosine',
      direction: 'lower is closer',
      n: `n = ${report.facts.length.toLocaleString('en')} facts`,
      format: formatValue,
    },
    caption: correlationText(correlation),
  };
}

/** By language, over its facts; NaN where it has no drift. */
export function driftMeans({ report }: Pick<FigureInput, 'report'>): number[] {
  const { centroidDistance, languages } = report;
  return languages.map((_, l) =>
    mean(
      driftColumn(centroidDistance, languages.length, l).filter((value) => !Number.isNaN(value)),
    ),
  );
}

function correlationTitle({ name, words }: TokenMeasure, { rho, p }: RankCorrelation): string {
  if (Number.isNaN(rho))
    return `${name} and drift: no correlation is defined, because there are fewer than three languages or all are equal`;
  if (p > 0.05) return `${name} and drift: a correlation not told apart from chance`;
  return `${words} drift ${rho > 0 ? 'more' : 'less'}`;
}

function correlationText({ rho, p, n }: RankCorrelation): string {
  if (Number.isNaN(rho)) return `Spearman’s ρ not defined, n = ${n} languages`;
  const chance = p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
  return `Spearman’s ρ = ${rho.toFixed(2).replace('-', '−')}, permutation test ${chance}, n = ${n} languages`;
}
