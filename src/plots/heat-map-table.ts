import type { HeatMapProps, PlotTable } from './props.ts';

export const NOT_DEFINED = 'not defined';

/** The matrix as a table in display order: the languages by name, then one column per group and per language. */
export function heatMapTable(
  {
    labels,
    values,
    format,
    sign = () => '',
    groups = [],
  }: Pick<HeatMapProps, 'labels' | 'values' | 'format' | 'sign' | 'groups'>,
  order: number[],
): PlotTable {
  const text = (row: number, column: number): string => {
    const value = values[row * labels.length + column];
    return Number.isNaN(value) ? NOT_DEFINED : format(value) + sign(row, column);
  };
  return {
    columns: [
      { label: 'Language', heading: true },
      ...groups.map(({ name }) => ({ label: name })),
      ...order.map((column) => ({ label: labels[column].label, numeric: true })),
    ],
    rows: order.map((row) => [
      labels[row].name,
      ...groups.map((group) => group.values[row] || 'unknown'),
      ...order.map((column) => text(row, column)),
    ]),
  };
}
