import type { HeatMapProps, PlotTable } from './props.ts';

export const NOT_DEFINED = 'not defined';

/** The matrix as a table in display order: the languages by name, then one column per group and per language. */
export function heatMapTable(
  {
    labels,
    values,
    format,
    groups = [],
  }: Pick<HeatMapProps, 'labels' | 'values' | 'format' | 'groups'>,
  order: number[],
): PlotTable {
  const text = (value: number): string => (Number.isNaN(value) ? NOT_DEFINED : format(value));
  return {
    columns: [
      { label: 'Language', heading: true },
      ...groups.map(({ name }) => ({ label: name })),
      ...order.map((column) => ({ label: labels[column].label, numeric: true })),
    ],
    rows: order.map((row) => [
      labels[row].name,
      ...groups.map((group) => group.values[row] || 'unknown'),
      ...order.map((column) => text(values[row * labels.length + column])),
    ]),
  };
}
