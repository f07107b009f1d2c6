import { spreadLabels } from './label-places.ts';
import { widest, wrapText } from './measure-text.ts';
import { axisTitle, linearAxis, TICK_SPACING, tickWidth, type Axis } from './plot-axis.ts';
import type { CurvePlotProps, PlotTable } from './props.ts';
import { inSentence, remarked } from './sentences.ts';

export interface CurveLayout {
  width: number;
  height: number;
  /** Horizontal place of each value. */
  xs: number[];
  xAxis: Pick<Axis, 'range' | 'ticks'>;
  y: Axis;
  xTitle: string[];
  yTitle: string[];
  top: number;
  bottom: number;
  /** Left edge of the labels at the line ends, and where each is written. */
  labelX: number;
  labels: { curve: number; from: { x: number; y: number }; y: number }[];
}

type CurveInput = Pick<CurvePlotProps, 'at' | 'names' | 'curves' | 'x' | 'y' | 'mark'>;

const LABEL_HEIGHT = 14;
const NONE = 'not defined';

/** Where everything of curves goes. Named places stand side by side, others where their number says. */
export function curveLayout(input: CurveInput, width: number): CurveLayout {
  const { at, names, curves } = input;
  const yTitle = wrapText(axisTitle(input.y), width - 8);
  const xTitle = wrapText(axisTitle(input.x), width - 8);
  const top = 16 * yTitle.length + 26;
  const bottom = top + Math.round(Math.min(300, Math.max(200, width * 0.4)));
  const values = curves.flatMap((curve) => Array.from(curve.values));
  const y = linearAxis(values, [bottom, top], { domain: input.y.domain, spacing: 44 });
  const left = tickWidth(y) + 8;
  const labelX =
    width -
    Math.ceil(
      widest(
        curves.map(({ name }) => name),
        11,
      ),
    ) -
    4;
  const range: [number, number] = [left, Math.max(left + 40, labelX - 20)];
  const linear = linearAxis(at, range, { domain: input.x.domain, spacing: TICK_SPACING });
  const step = (range[1] - range[0]) / Math.max(1, at.length - 1);
  const xs = at.map((value, i) => (names === undefined ? linear.at(value) : range[0] + i * step));
  const ticks = names?.map((text, i) => ({ at: xs[i], text })) ?? linear.ticks;
  const layout = { xs, y, xAxis: { range, ticks }, labelX, top, bottom, xTitle, yTitle };
  const height = bottom + 30 + 16 * xTitle.length;
  return { ...layout, width, height, labels: endLabels(curves, layout) };
}

function endLabels(
  curves: CurveInput['curves'],
  { xs, y }: Pick<CurveLayout, 'xs' | 'y'>,
): CurveLayout['labels'] {
  const ends = curves.flatMap(({ values }, curve) => {
    const last = Array.from(values).findLastIndex(Number.isFinite);
    return last < 0 ? [] : [{ curve, from: { x: xs[last], y: y.at(values[last]) } }];
  });
  const places = spreadLabels(
    ends.map(({ from }) => from.y),
    LABEL_HEIGHT,
    [y.range[1], y.range[0]],
  );
  return ends.map((end, i) => ({ ...end, y: places[i] }));
}

/** A line through the values that are defined. */
export function linePath(values: ArrayLike<number>, { xs, y }: CurveLayout): string {
  const points = xs.flatMap((x, i) =>
    Number.isFinite(values[i]) ? [`${x} ${y.at(values[i])}`] : [],
  );
  return points.length === 0 ? '' : `M${points.join('L')}${points.length === 1 ? 'h0' : ''}`;
}

/** A mark is a curve at a place: curve * places + place. The nearest curve at the nearest place, within 24 pixels. */
export function markNear(
  { curves, at }: CurveInput,
  { xs, y }: CurveLayout,
  point: { x: number; y: number },
): number | null {
  if (at.length === 0) return null;
  const place = xs.reduce(
    (best, x, i) => (Math.abs(x - point.x) < Math.abs(xs[best] - point.x) ? i : best),
    0,
  );
  let [nearest, distance]: [number | null, number] = [null, 24];
  curves.forEach(({ values }, curve) => {
    const apart = Math.abs(y.at(values[place]) - point.y);
    if (apart < distance) [nearest, distance] = [curve * at.length + place, apart];
  });
  return nearest;
}

/** Left and right go along a curve, up and down change it. */
export function nextMark(
  { curves, at }: CurveInput,
  mark: number | null,
  key: string,
): number | null {
  const n = at.length;
  if (n === 0 || curves.length === 0) return null;
  if (mark === null) return n - 1;
  const [curve, place] = [Math.floor(mark / n), mark % n];
  const along = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[key];
  if (along !== undefined) return curve * n + Math.min(n - 1, Math.max(0, place + along));
  const next = curve + (key === 'ArrowDown' ? 1 : -1);
  return Math.min(curves.length - 1, Math.max(0, next)) * n + place;
}

const textAt = ({ y }: CurveInput, value: number): string =>
  Number.isFinite(value) ? y.format(value) : NONE;

const nameAt = ({ at, names, x }: CurveInput, place: number): string =>
  names?.[place] ?? x.format(at[place]);

export function curveSentence(input: CurveInput, mark: number): string {
  const { curves, at, x, y, mark: marked } = input;
  const [curve, place] = [curves[Math.floor(mark / at.length)], mark % at.length];
  const here = marked?.place === place ? ` (${marked.text})` : '';
  const words = `${curve.name}, ${inSentence(x.quantity)} ${nameAt(input, place)}${here}: ${inSentence(y.quantity)} ${textAt(input, curve.values[place])}`;
  return remarked(words, curve);
}

/** One row per place. */
export function curveTable(input: CurveInput): PlotTable {
  const { at, curves, x, mark } = input;
  return {
    columns: [
      { label: x.quantity, heading: true },
      ...curves.map(({ name }) => ({ label: name, numeric: true })),
      { label: 'Remark' },
    ],
    rows: at.map((_, place) => [
      nameAt(input, place),
      ...curves.map(({ values }) => textAt(input, values[place])),
      mark?.place === place ? mark.text : '',
    ]),
  };
}
