import { toLanguage } from '../../core/language.ts';
import type { BiasByLayer, LayerReport } from '../../core/layers.ts';
import type { MetricCard } from '../../core/metric-card.ts';
import { mean } from '../../core/statistics.ts';
import { metricCard } from '../../core/metric-catalog.ts';
import { languageColors } from '../../plots/color.ts';
import { bestLayer } from '../../plots/layer-layout.ts';
import type { LayerCurve, LayerCurvesProps } from '../../plots/props.ts';
import { factsText, formatValue, itemOf, sharedFacts, type FigureInput } from './figure-input.ts';

/** A metric by layer: a line for each language, the mean over its pairs, and the mean of the languages. */
export function layersFigure(
  input: FigureInput,
  layers: LayerReport[],
  card: MetricCard,
): LayerCurvesProps {
  const { report, languages, note } = input;
  const best = card.direction === 'higher is closer' ? 'highest' : 'lowest';
  const curves = languages.map((_, l): LayerCurve => {
    const scores = layers.map(({ languageScores }) => languageScores[l][card.id]);
    return {
      ...itemOf(input, l),
      values: scores.map(({ value }) => value),
      intervals: scores.map(({ interval }) => interval),
    };
  });
  const average = meanCurve(curves, layers.length);
  const n = factsText(sharedFacts(report.pairs));
  const names = layers.map(({ name }) => shortLayer(name));
  return {
    name: `layers-${card.id}`,
    title: layersTitle(names, card, { curves, average }),
    subtitle: `${card.name} of each language with the others by layer: mean over its pairs${card.symmetric ? '' : ', both ways'}; ${n}; ${card.direction}; ${card.interval === null ? 'no intervals' : '95 % intervals over facts'}`,
    note: [note, ...zeroNotes(layers)].filter((text) => text !== '').join(' '),
    layers: names,
    curves,
    mean: average,
    axis: {
      quantity: `${card.name}, mean over the other languages`,
      direction: card.direction,
      n,
      format: formatValue,
    },
    best,
  };
}

/** The language bias of a probe that was made elsewhere: the mean over a language's pairs, both ways, by layer. */
export function probeFigure({ layers, pairs }: BiasByLayer, file: string): LayerCurvesProps {
  const card = metricCard('bias');
  const labels = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const languages = labels.map(toLanguage);
  const colors = languageColors(languages);
  const curves = languages.map(({ name, label }, l): LayerCurve => {
    const own = pairs.filter(({ a, b }) => a === label || b === label);
    return { name, label, color: colors[l], values: layers.map((_, k) => meanBias(own, k)) };
  });
  const average = meanCurve(curves, layers.length);
  const names = layers.map(shortLayer);
  return {
    name: 'layers-probe',
    title: layersTitle(names, card, { curves, average }),
    subtitle: `${card.name} of each language by layer as ${file} gives it: mean over its pairs, both ways; ${card.direction}; no intervals, n unknown`,
    layers: names,
    curves,
    mean: average,
    axis: {
      quantity: `${card.name}, mean over the other languages`,
      direction: card.direction,
      format: formatValue,
    },
    best: 'lowest',
  };
}

/** Over the pairs that have a value in the layer. */
function meanBias(pairs: BiasByLayer['pairs'], layer: number): number {
  return mean(pairs.map(({ bias }) => bias[layer]).filter((value) => !Number.isNaN(value)));
}

/** As plots number it: they write 'layer' before. */
export function shortLayer(name: string): string {
  return name.replace(/^layer[ _]/, '');
}

function meanCurve(curves: LayerCurve[], layers: number): LayerCurve {
  const values = Array.from({ length: layers }, (_, k) =>
    mean(curves.map((curve) => curve.values[k]).filter((value) => !Number.isNaN(value))),
  );
  return { name: 'mean of the languages', label: 'mean', color: '#6b727a', values };
}

function zeroNotes(layers: LayerReport[]): string[] {
  return layers
    .filter(({ zeroRows }) => zeroRows > 0)
    .map(
      ({ name, zeroRows }) =>
        `Layer ${shortLayer(name)}: ${zeroRows.toLocaleString('en')} texts have a vector of zeros, whose cosines count as 0.`,
    );
}

/** Where languages meet most, and how many part again as far as their intervals say so. */
function layersTitle(
  names: string[],
  card: MetricCard,
  { curves, average }: { curves: LayerCurve[]; average: LayerCurve },
): string {
  const best = card.direction === 'higher is closer' ? 'highest' : 'lowest';
  const top = bestLayer(average.values, best);
  if (top === null) return `${card.name} is not defined in any layer`;
  const last = names.length - 1;
  const meet = card.family === 'Hubness' ? 'texts are most evenly near' : 'languages meet most';
  const peak = `${card.name}: ${meet} in layer ${names[top]} (mean ${formatValue(average.values[top])})`;
  if (top === last) return `${peak}, the last`;
  const ending = `${peak}; in the last it is ${formatValue(average.values[last])}`;
  const known = curves.flatMap(({ intervals }) => {
    const [there, here] = [intervals?.[top], intervals?.[last]];
    return there && here ? [{ there, here }] : [];
  });
  if (known.length === 0) return ending;
  const parted = known.filter(({ there, here }) =>
    best === 'highest' ? here[1] < there[0] : here[0] > there[1],
  ).length;
  return `${ending}, and ${parted === 0 ? 'no language has' : `${parted} of ${known.length} languages have`} parted again beyond the intervals`;
}
