import { widest, wrapText } from './measure-text.ts';
import { axisTitle, linearAxis, TICK_SPACING, type Axis } from './plot-axis.ts';
import type { Estimate, ForestPlotProps, ForestRow, PlotAxis, PlotTable } from './props.ts';
import { rowLayout, type RowLayout } from './row-layout.ts';
import { isolated, remarked } from './sentences.ts';

export interface ForestLayout {
  width: number;
  height: number;
  rows: RowLayout;
  /** Left edge of the column of values, and its texts from top to bottom. */
  valueX: number;
  values: string[];
  head: string;
  axis: Axis;
  axisY: number;
  title: string[];
  /** How far before and after lie above and below the middle of a row. */
  lane: number;
}

const NONE = 'not defined';

/** Where everything of a forest plot goes. */
export function forestLayout(
  {
    rows,
    axis,
    reference,
    series,
  }: Pick<ForestPlotProps, 'rows' | 'axis' | 'reference' | 'series'>,
  width: number,
): ForestLayout {
  const compared = series !== undefined;
  const top = compared ? 40 : 20;
  const layout = rowLayout(rows, width, { top, rowHeight: compared ? [22, 36] : [18, 28] });
  const short = width < 520;
  const values = rows.map((row) => valueText(row, axis.format, short));
  const head = compared ? series.join(' → ') : short ? '' : 'value [95 % interval]';
  const valueWidth = Math.ceil(widest(short ? values : [...values, head], 12, 600)) + 4;
  const valueX = width - valueWidth;
  const numbers = [...rows.flatMap(numbersOf), ...(reference ? [reference.value] : [])];
  const scale = linearAxis(numbers, [layout.labelX + 14, valueX - 16], {
    domain: axis.domain,
    spacing: TICK_SPACING,
  });
  const axisY = top + layout.rowHeight * rows.length;
  const title = wrapText(axisTitle(axis), width - 8);
  return {
    width,
    height: axisY + 30 + 16 * title.length,
    rows: layout,
    valueX,
    values,
    head: short ? '' : head,
    axis: scale,
    axisY,
    title,
    lane: compared ? 5 : 0,
  };
}

function numbersOf({ value, interval, before }: ForestRow): number[] {
  return [
    value,
    ...(interval ?? []),
    ...(before ? [before.value, ...(before.interval ?? [])] : []),
  ];
}

function valueText(row: ForestRow, format: PlotAxis['format'], short: boolean): string {
  const text = (value: number): string => (Number.isNaN(value) ? '–' : format(value));
  if (row.before && !Number.isNaN(row.before.value + row.value))
    return `${text(row.before.value)} → ${text(row.value)}`;
  if (short || row.interval === null) return text(row.value);
  return `${text(row.value)} [${row.interval.map(format).join(', ')}]`;
}

/** A row in words: value, interval or the reason there is none, n. */
export function forestSentence(
  row: ForestRow,
  { axis, series, reference }: Pick<ForestPlotProps, 'axis' | 'series' | 'reference'>,
): string {
  const { format } = axis;
  const after = estimateText(row, format, row.reason);
  const text =
    row.before && series
      ? `${series[0]} ${estimateText(row.before, format, row.reason)}, ${series[1]} ${after}`
      : after;
  const line = reference ? `; ${reference.name} ${format(reference.value)}` : '';
  return remarked(`${isolated(row.name)}: ${text}; n = ${row.n.toLocaleString('en')}${line}`, row);
}

function estimateText(
  { value, interval }: Estimate,
  format: PlotAxis['format'],
  reason: string | undefined,
): string {
  const why = reason ? ` (${reason})` : '';
  if (Number.isNaN(value)) return `${NONE}${why}`;
  if (interval === null) return `${format(value)}, no interval${why}`;
  return `${format(value)}, 95 % interval ${format(interval[0])} to ${format(interval[1])}`;
}

/** The rows as a table, in the order of the plot. */
export function forestTable({
  rows,
  axis,
  series,
  itemName = 'Language',
}: Pick<ForestPlotProps, 'rows' | 'axis' | 'series' | 'itemName'>): PlotTable {
  const columns = (name: string): { label: string; numeric: boolean }[] =>
    [name, `${name}: 95 % low`, `${name}: 95 % high`].map((label) => ({ label, numeric: true }));
  return {
    columns: [
      { label: itemName, heading: true },
      { label: 'n', numeric: true },
      ...(series ?? [axis.quantity]).flatMap(columns),
    ],
    rows: rows.map((row) => [
      row.name,
      String(row.n),
      ...(series ? cells(row.before ?? { value: NaN, interval: null }, axis.format) : []),
      ...cells(row, axis.format),
    ]),
  };
}

function cells({ value, interval }: Estimate, format: PlotAxis['format']): string[] {
  return [
    Number.isNaN(value) ? NONE : format(value),
    ...(interval === null ? ['none', 'none'] : interval.map(format)),
  ];
}
