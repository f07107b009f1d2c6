import { textWidth, widest, wrapText } from './measure-text.ts';
import { axisTitle, linearAxis, TICK_SPACING, type Axis } from './plot-axis.ts';
import type { BarRow, PlotAxis, PlotTable, StackedBarsProps } from './props.ts';
import { rowLayout, type RowLayout } from './row-layout.ts';
import { isolated, remarked } from './sentences.ts';

export interface BarsLayout {
  width: number;
  height: number;
  rows: RowLayout;
  axis: Axis;
  axisY: number;
  title: string[];
  /** Sum of each row, written at the right edge. */
  sums: string[];
  /** Pieces of each row's bar, in pixels; parts of 0 have none. */
  pieces: { part: number; x: number; width: number }[][];
  /** What the colours mean: swatch and baseline of each name. */
  legend: { name: string; x: number; y: number }[];
}

type BarsInput = Pick<StackedBarsProps, 'rows' | 'parts' | 'axis'>;

const LEGEND_ROW = 18;
const SWATCH = 16;

/** Where everything of stacked bars goes. */
export function barsLayout({ rows, parts, axis }: BarsInput, width: number): BarsLayout {
  const legend = legendPlaces(parts, width);
  const top = legend[legend.length - 1].y + 12;
  const layout = rowLayout(rows, width, { top, rowHeight: [18, 30] });
  const sums = rows.map(({ values }) => axis.format(sumOf(values)));
  const right = width - Math.ceil(widest(sums, 12, 600)) - 12;
  const numbers = [0, ...rows.map(({ values }) => sumOf(values))];
  const scale = linearAxis(numbers, [layout.labelX + 10, right], { spacing: TICK_SPACING });
  const axisY = top + layout.rowHeight * rows.length + 4;
  const title = wrapText(axisTitle(axis), width - 8);
  return {
    width,
    height: axisY + 30 + 16 * title.length,
    rows: layout,
    axis: scale,
    axisY,
    title,
    sums,
    pieces: rows.map(({ values }) => piecesOf(values, scale)),
    legend,
  };
}

function piecesOf(values: readonly number[], { at }: Axis): BarsLayout['pieces'][number] {
  let start = 0;
  return values.flatMap((value, part) => {
    const x = at(start);
    start += value;
    return value > 0 ? [{ part, x, width: at(start) - x }] : [];
  });
}

function legendPlaces(parts: readonly string[], width: number): BarsLayout['legend'] {
  let [x, y] = [0, 12];
  return parts.map((name) => {
    const space = SWATCH + textWidth(name, 12);
    if (x > 0 && x + space > width) [x, y] = [0, y + LEGEND_ROW];
    const place = { name, x, y };
    x += space + 16;
    return place;
  });
}

/** A row in words: its sum and its parts. */
export function barSentence(row: BarRow, parts: readonly string[], axis: PlotAxis): string {
  const own = parts.map((name, part) => `${name} ${axis.format(row.values[part])}`).join(', ');
  return remarked(`${isolated(row.name)}: ${axis.format(sumOf(row.values))}; ${own}`, row);
}

/** The rows as a table, in the order of the plot. */
export function barsTable({ rows, parts, axis }: BarsInput): PlotTable {
  const numeric = true;
  return {
    columns: [
      { label: 'Language', heading: true },
      ...parts.map((label) => ({ label, numeric })),
      { label: 'All', numeric },
    ],
    rows: rows.map(({ name, values }) => [
      name,
      ...values.map(axis.format),
      axis.format(sumOf(values)),
    ]),
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
