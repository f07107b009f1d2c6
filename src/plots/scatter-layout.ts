import { labelPlaces, type Box, type LabelPlace } from './label-places.ts';
import { textWidth, wrapText } from './measure-text.ts';
import { axisTitle, linearAxis, TICK_SPACING, tickWidth, type Axis } from './plot-axis.ts';
import type { PlotTable, Quadrants, ScatterPlotProps, ScatterPoint } from './props.ts';
import { inSentence, isolated, remarked } from './sentences.ts';

export interface ScatterLayout {
  width: number;
  height: number;
  x: Axis;
  y: Axis;
  xTitle: string[];
  yTitle: string[];
  caption: string[];
  /** Place of each point; null where a value is not defined. */
  places: ({ x: number; y: number } | null)[];
  /** Label of each point, and where it is written; null where none fits. */
  labels: string[];
  labelAt: (LabelPlace | null)[];
  fields: Field[];
}

/** Name of a quadrant in its outer corner. */
export interface Field {
  name: string;
  x: number;
  y: number;
  anchor: 'start' | 'end';
}

/** CKA upwards and MEXA to the right: where languages agree in geometry, in single facts, in both or in neither. */
export const ALIGNMENT_FIELDS: Quadrants['names'] = {
  topLeft: 'rotated (fixable)',
  topRight: 'aligned',
  bottomLeft: 'scrambled',
  bottomRight: 'lucky',
};

const NONE = 'not defined';
const INSET = 10;
/** Above and below the points, so that none lies on the name of a field. */
const FIELD_INSET = 24;

type ScatterInput = Pick<ScatterPlotProps, 'points' | 'x' | 'y' | 'quadrants' | 'caption'>;

/** Where everything of a scatter plot goes. */
export function scatterLayout(input: ScatterInput, width: number): ScatterLayout {
  const { points, x, y, quadrants, caption = '' } = input;
  const yTitle = wrapText(axisTitle(y), width - 8);
  const top = 16 * yTitle.length + 10;
  const bottom = top + Math.round(Math.min(460, Math.max(260, width * 0.62)));
  const inset = quadrants ? FIELD_INSET : INSET;
  const ends = { domain: y.domain, spacing: 44 };
  const yAxis = linearAxis(numbersOf(points, 'y', quadrants), [bottom - inset, top + inset], ends);
  const left = tickWidth(yAxis);
  const xAxis = linearAxis(numbersOf(points, 'x', quadrants), [left + INSET, width - INSET - 8], {
    domain: x.domain,
    spacing: TICK_SPACING,
  });
  const xTitle = wrapText(axisTitle(x), width - 8);
  const captionLines = caption === '' ? [] : wrapText(caption, width - 8);
  const box = { left, top, right: width - 8, bottom };
  const fields = quadrants ? fieldsOf(quadrants, box) : [];
  return {
    width,
    height: bottom + 30 + 16 * (xTitle.length + captionLines.length) + (caption === '' ? 0 : 4),
    x: { ...xAxis, range: [left, box.right] },
    y: { ...yAxis, range: [bottom, top] },
    xTitle,
    yTitle,
    caption: captionLines,
    ...labelled(points, { x: xAxis, y: yAxis }, { box, fields }),
    fields,
  };
}

function numbersOf(points: ScatterPoint[], axis: 'x' | 'y', quadrants?: Quadrants): number[] {
  const numbers = points
    .filter(isDrawn)
    .flatMap((point) => [point[axis], ...(point[`${axis}Interval`] ?? [])]);
  return quadrants ? [...numbers, quadrants[axis]] : numbers;
}

function isDrawn({ x, y }: ScatterPoint): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function fieldsOf({ names }: Quadrants, { left, top, right, bottom }: Box): Field[] {
  return [
    { name: names.topLeft, x: left + 6, y: top + 14, anchor: 'start' as const },
    { name: names.topRight, x: right - 6, y: top + 14, anchor: 'end' as const },
    { name: names.bottomLeft, x: left + 6, y: bottom - 7, anchor: 'start' as const },
    { name: names.bottomRight, x: right - 6, y: bottom - 7, anchor: 'end' as const },
  ].filter(({ name }) => name !== '');
}

/** Names where they are few, short labels in a crowd, inside the plot's box and beside its fields' names. */
function labelled(
  points: ScatterPoint[],
  axes: { x: Axis; y: Axis },
  { box, fields }: { box: Box; fields: Field[] },
): Pick<ScatterLayout, 'places' | 'labels' | 'labelAt'> {
  const roomy = points.length <= 16 && box.right - box.left > 420;
  const labels = points.map(({ name, label }) => (roomy ? name : label));
  const places = points.map((point) =>
    isDrawn(point) ? { x: axes.x.at(point.x), y: axes.y.at(point.y) } : null,
  );
  const drawn = places.flatMap((place, i) => (place ? [i] : []));
  const found = labelPlaces(
    drawn.map((i) => ({
      x: places[i]!.x - box.left,
      y: places[i]!.y - box.top,
      width: textWidth(labels[i], 11) + 2,
    })),
    { width: box.right - box.left, height: box.bottom - box.top },
    fields.map((field) => boxOfField(field, box)),
  );
  const labelAt = new Array<LabelPlace | null>(points.length).fill(null);
  drawn.forEach((i, d) => {
    const place = found[d];
    if (place) labelAt[i] = { ...place, x: place.x + box.left, y: place.y + box.top };
  });
  return { places, labels, labelAt };
}

function boxOfField({ name, x, y, anchor }: Field, { left, top }: Box): Box {
  const width = textWidth(name, 12, 600) + 4;
  const start = (anchor === 'start' ? x : x - width) - left;
  return { left: start, right: start + width, top: y - 12 - top, bottom: y + 4 - top };
}

/** Index of the drawn point nearest to a place, within 24 pixels; else null. */
export function pointNear({ places }: ScatterLayout, x: number, y: number): number | null {
  let [nearest, distance]: [number | null, number] = [null, 24];
  places.forEach((place, i) => {
    const apart = place ? Math.hypot(place.x - x, place.y - y) : Infinity;
    if (apart < distance) [nearest, distance] = [i, apart];
  });
  return nearest;
}

/** The next point to the right or left by x, up or down by y, so that every point can be reached both ways. */
export function nextPoint(
  { places }: ScatterLayout,
  point: number | null,
  key: string,
): number | null {
  const vertical = key === 'ArrowUp' || key === 'ArrowDown';
  const along = (i: number): number => (vertical ? -places[i]!.y : places[i]!.x);
  const order = places
    .flatMap((place, i) => (place ? [i] : []))
    .sort((a, b) => along(a) - along(b) || a - b);
  if (order.length === 0) return null;
  if (key === 'Home' || point === null) return order[0];
  if (key === 'End') return order.at(-1)!;
  const step = key === 'ArrowRight' || key === 'ArrowUp' ? 1 : -1;
  return order[Math.min(order.length - 1, Math.max(0, order.indexOf(point) + step))];
}

/** Name of the field that a point lies in; a value on the threshold counts as above it. */
export function fieldOf({ x, y }: ScatterPoint, quadrants: Quadrants): string {
  const { names } = quadrants;
  if (!(Number.isFinite(x) && Number.isFinite(y))) return '';
  if (y >= quadrants.y) return x >= quadrants.x ? names.topRight : names.topLeft;
  return x >= quadrants.x ? names.bottomRight : names.bottomLeft;
}

/** A point in words: both values with their intervals, and its field. */
export function scatterSentence(point: ScatterPoint, input: ScatterInput): string {
  const { x, y, quadrants } = input;
  const field = quadrants ? fieldOf(point, quadrants) : '';
  const parts = (['y', 'x'] as const).map((axis) => {
    const { quantity, format } = axis === 'x' ? x : y;
    const value = point[axis];
    const interval = point[`${axis}Interval`];
    const between = interval ? ` [${interval.map(format).join(', ')}]` : '';
    return `${inSentence(quantity)} ${Number.isNaN(value) ? NONE : format(value)}${between}`;
  });
  return remarked(`${isolated(point.name)}: ${parts.join(', ')}${field && `; ${field}`}`, point);
}

/** The points as a table, drawn or not, in the caller's order. */
export function scatterTable(input: ScatterInput, itemName: string): PlotTable {
  const { points, x, y, quadrants } = input;
  const axes = [
    { key: 'x', axis: x },
    { key: 'y', axis: y },
  ] as const;
  const numeric = true;
  return {
    columns: [
      { label: itemName, heading: true },
      ...axes.flatMap(({ key, axis: { quantity } }) => [
        { label: quantity, numeric },
        ...(hasIntervals(points, key)
          ? [`${quantity}: 95 % low`, `${quantity}: 95 % high`].map((label) => ({ label, numeric }))
          : []),
      ]),
      ...(quadrants ? [{ label: 'Field' }] : []),
    ],
    rows: points.map((point) => [
      point.name,
      ...axes.flatMap(({ key, axis: { format } }) => [
        Number.isNaN(point[key]) ? NONE : format(point[key]),
        ...(hasIntervals(points, key)
          ? (point[`${key}Interval`]?.map(format) ?? ['none', 'none'])
          : []),
      ]),
      ...(quadrants ? [fieldOf(point, quadrants)] : []),
    ]),
  };
}

function hasIntervals(points: ScatterPoint[], axis: 'x' | 'y'): boolean {
  return points.some((point) => point[`${axis}Interval`]);
}
