import type { Interval } from '../core/statistics.ts';
import { spreadLabels } from './label-places.ts';
import { fitText, widest, wrapText } from './measure-text.ts';
import { axisTitle, linearAxis, tickWidth, type Axis } from './plot-axis.ts';
import type { LayerCurve, LayerCurvesProps, PlotTable } from './props.ts';
import { inSentence, isolated, remarked } from './sentences.ts';

export interface LayerLayout {
  width: number;
  height: number;
  /** Horizontal place of each layer. */
  xs: number[];
  xAxis: Pick<Axis, 'range' | 'ticks'>;
  y: Axis;
  yTitle: string[];
  top: number;
  bottom: number;
  /** Left edge of the labels at the line ends. */
  labelX: number;
  labels: EndLabel[];
}

/** Label of a line beside the end of its last defined piece. */
export interface EndLabel {
  /** Index into the curves, or null for the mean. */
  curve: number | null;
  text: string;
  from: { x: number; y: number };
  y: number;
}

/** Bands of more lines than this would hide each other. */
export const MOST_BANDS = 8;
const LABEL_HEIGHT = 13;
const NONE = 'not defined';

type LayerInput = Pick<LayerCurvesProps, 'layers' | 'curves' | 'axis' | 'mean'>;

/** Where everything of the curves over layers goes. */
export function layerLayout(input: LayerInput, width: number): LayerLayout {
  const { layers, curves, axis, mean } = input;
  const lines = mean ? [...curves, mean] : curves;
  const yTitle = wrapText(axisTitle(axis), width - 8);
  const top = 16 * yTitle.length + (mean ? 26 : 10);
  const rows = lines.length * LABEL_HEIGHT;
  const bottom = top + Math.max(rows, Math.round(Math.min(360, Math.max(240, width * 0.5))));
  const ends = { domain: axis.domain, spacing: 44 };
  const y = linearAxis(lines.flatMap(numbersOf), [bottom, top], ends);
  const left = tickWidth(y) + 8;
  const texts = lines.map(({ name, label }) => (width >= 520 ? fitText(name, 130, 11) : label));
  const labelX = width - Math.ceil(widest(texts, 11, 600)) - 4;
  // Leaders of many lines need room to part.
  const right = labelX - 16 - Math.min(32, lines.length);
  const xs = layers.map((_, i) => left + (i * (right - left)) / Math.max(1, layers.length - 1));
  return {
    width,
    height: bottom + 48,
    xs,
    xAxis: { range: [left, right], ticks: layerTicks(layers, xs) },
    y,
    yTitle,
    top,
    bottom,
    labelX,
    labels: endLabels(lines, texts, { xs, y, curves: curves.length }),
  };
}

function numbersOf({ values, intervals = [] }: LayerCurve): number[] {
  return [...Array.from(values), ...intervals.flatMap((interval) => interval ?? [])];
}

/** Names of as many layers as stand side by side, always that of the last. */
function layerTicks(layers: string[], xs: number[]): Axis['ticks'] {
  const apart = xs.length > 1 ? xs[1] - xs[0] : Infinity;
  const every = Math.max(1, Math.ceil((widest(layers, 11) + 10) / apart));
  const last = layers.length - 1;
  return layers.flatMap((text, i) => ((last - i) % every === 0 ? [{ at: xs[i], text }] : []));
}

function endLabels(
  lines: LayerCurve[],
  texts: string[],
  { xs, y, curves }: { xs: number[]; y: Axis; curves: number },
): EndLabel[] {
  const ends = lines.flatMap(({ values }, line) => {
    const layer = Array.from(values).findLastIndex(Number.isFinite);
    if (layer === -1) return [];
    const from = { x: xs[layer], y: y.at(values[layer]) };
    return [{ curve: line < curves ? line : null, text: texts[line], from }];
  });
  const places = spreadLabels(
    ends.map(({ from }) => from.y),
    LABEL_HEIGHT,
    [y.range[1], y.range[0]],
  );
  return ends.map((end, i) => ({ ...end, y: places[i] }));
}

/** A line through the defined values, broken where one is not; a lone value is a dot of its own. */
export function curvePath(values: ArrayLike<number>, { xs, y }: LayerLayout): string {
  return xs
    .map((x, i) => {
      if (!Number.isFinite(values[i])) return '';
      const alone = !Number.isFinite(values[i - 1]) && !Number.isFinite(values[i + 1]);
      const start = i === 0 || !Number.isFinite(values[i - 1]);
      return `${start ? 'M' : 'L'}${x} ${y.at(values[i])}${alone ? 'h0' : ''}`;
    })
    .join('');
}

/** Bands between the ends of neighbouring intervals, broken where one is missing. */
export function bandPath(
  intervals: (Interval | null)[] | undefined,
  { xs, y }: LayerLayout,
): string {
  return (intervals ?? [])
    .map((here, i) => {
      const before = i === 0 ? null : (intervals?.[i - 1] ?? null);
      if (here === null || before === null) return '';
      const [a, b] = [xs[i - 1], xs[i]];
      return `M${a} ${y.at(before[0])}L${b} ${y.at(here[0])}V${y.at(here[1])}L${a} ${y.at(before[1])}Z`;
    })
    .join('');
}

/** Layer with the best value, the first of equal ones; null where no value is defined. */
export function bestLayer(values: ArrayLike<number>, best: 'highest' | 'lowest'): number | null {
  const sign = best === 'highest' ? 1 : -1;
  let found: number | null = null;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    if (found === null || sign * (values[i] - values[found]) > 0) found = i;
  }
  return found;
}

/** The line nearest to a place within 24 pixels, at the nearest layer; or the one whose label is there. */
export function curveNear(
  { curves }: LayerInput,
  layout: LayerLayout,
  { x, y }: { x: number; y: number },
): { curve: number; layer: number } | null {
  const label = layout.labels.find((own) => Math.abs(own.y - y) <= LABEL_HEIGHT / 2);
  if (x >= layout.labelX - 4)
    return label?.curve == null ? null : { curve: label.curve, layer: layout.xs.length - 1 };
  const layer = layout.xs.reduce(
    (a, at, i) => (Math.abs(at - x) < Math.abs(layout.xs[a] - x) ? i : a),
    0,
  );
  let [nearest, distance]: [number | null, number] = [null, 24];
  curves.forEach(({ values }, curve) => {
    const apart = Math.abs(layout.y.at(values[layer]) - y);
    if (apart < distance) [nearest, distance] = [curve, apart];
  });
  return nearest === null ? null : { curve: nearest, layer };
}

/** The next curve up or down by where lines end, or the next layer. */
export function nextOnCurves(
  { labels, xs }: LayerLayout,
  from: { curve: number; layer: number } | null,
  key: string,
): { curve: number; layer: number } | null {
  const order = labels
    .flatMap(({ curve, y }) => (curve === null ? [] : [{ curve, y }]))
    .sort((a, b) => a.y - b.y)
    .map(({ curve }) => curve);
  if (order.length === 0) return null;
  const last = xs.length - 1;
  if (from === null) return { curve: order[0], layer: last };
  const along = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[key];
  if (along !== undefined)
    return { ...from, layer: Math.min(last, Math.max(0, from.layer + along)) };
  const place = order.indexOf(from.curve) + (key === 'ArrowDown' ? 1 : -1);
  return { ...from, curve: order[Math.min(order.length - 1, Math.max(0, place))] };
}

/** A line at a layer in words, with its best layer. */
export function layerSentence(
  { layers, curves, axis }: LayerInput,
  { curve, layer }: { curve: number; layer: number },
  best: 'highest' | 'lowest',
): string {
  const own = curves[curve];
  const { format, quantity } = axis;
  const text = Number.isFinite(own.values[layer]) ? format(own.values[layer]) : NONE;
  const interval = own.intervals?.[layer];
  const between = interval
    ? `, 95 % interval ${format(interval[0])} to ${format(interval[1])}`
    : '';
  const top = bestLayer(own.values, best);
  const peak = top === null ? '' : `; ${best} at layer ${layers[top]}: ${format(own.values[top])}`;
  return remarked(
    `${isolated(own.name)}, layer ${layers[layer]}: ${inSentence(quantity)} ${text}${between}${peak}`,
    own,
  );
}

/** One row per line, the mean last, with a column per layer and its best layer. */
export function layerTable(
  { layers, curves, axis, mean }: LayerInput,
  itemName: string,
  best: 'highest' | 'lowest',
): PlotTable {
  const numeric = true;
  const text = (value: number): string => (Number.isFinite(value) ? axis.format(value) : NONE);
  return {
    columns: [
      { label: itemName, heading: true },
      { label: 'Best layer', numeric },
      ...layers.map((layer) => ({ label: `Layer ${layer}`, numeric })),
    ],
    rows: (mean ? [...curves, mean] : curves).map(({ name, values, intervals }) => {
      const top = bestLayer(values, best);
      return [
        name,
        top === null ? 'none' : layers[top],
        ...Array.from(values, (value, layer) => {
          const interval = intervals?.[layer];
          return interval ? `${text(value)} [${interval.map(text).join(', ')}]` : text(value);
        }),
      ];
    }),
  };
}
