import { widest, wrapText } from './measure-text.ts';
import { kernelDensity, silvermanBandwidth } from './kernel-density.ts';
import { linearAxis, TICK_SPACING, type Axis } from './plot-axis.ts';
import type { RidgelineProps } from './props.ts';
import { rowLayout, type RowLayout } from './row-layout.ts';

/** One row: an outline, or single values where no density is defined. */
export interface Ridge {
  /** Density at `RIDGE_PLACES` places over the axis as shares of its highest; null where none is defined. */
  density: Float64Array | null;
  /** The values that have no density. */
  values: number[];
}

export interface RidgeLayout {
  width: number;
  height: number;
  rows: RowLayout;
  /** Height of a full ridge in pixels: it may reach into the row above. */
  peak: number;
  /** Left edge of the column of n. */
  countX: number;
  axis: Axis;
  /** Largest drift on the axis. */
  max: number;
  axisY: number;
  title: string[];
}

const RIDGE_PLACES = 161;

type RidgeData = Pick<RidgelineProps, 'languages' | 'values'>;

/** Density of drift over the facts of one language, from 0 to `max`. */
export function ridgeOf({ languages, values }: RidgeData, language: number, max: number): Ridge {
  const own: number[] = [];
  for (let i = language; i < values.length; i += languages.length)
    if (!Number.isNaN(values[i])) own.push(values[i]);
  const bandwidth = silvermanBandwidth(own);
  if (!(bandwidth > 0)) return { density: null, values: own.slice(0, 1) };
  const density = kernelDensity(own, bandwidth, { low: 0, high: max, count: RIDGE_PLACES });
  const highest = density.reduce((a, b) => Math.max(a, b));
  return { density: density.map((value) => value / highest), values: [] };
}

/** Where everything of a ridgeline plot goes. */
export function ridgeLayout(
  {
    languages,
    summaries,
    order,
    referenceLabel,
  }: Pick<RidgelineProps, 'languages' | 'summaries' | 'order' | 'referenceLabel'>,
  width: number,
): RidgeLayout {
  const items = Array.from(order, (language) => languages[language]);
  const top = 36;
  const rows = rowLayout(items, width, { top, rowHeight: [18, 40] });
  const counts = Array.from(order, (language) => countText(summaries[language].n));
  const countX = width - Math.ceil(widest(counts, 12, 600)) - 4;
  const maxima = Array.from(order, (language) => summaries[language].max);
  const largest = maxima.reduce((a, b) => (b > a ? b : a), 0);
  const axis = linearAxis([0, largest > 0 ? largest : 1], [rows.labelX + 14, countX - 16], {
    spacing: TICK_SPACING,
  });
  const axisY = top + rows.rowHeight * items.length;
  const title = wrapText(
    `Drift from ${referenceLabel}: 1 − cosine (0 = same direction as the reference; larger is further)`,
    width - 8,
  );
  return {
    width,
    height: axisY + 30 + 16 * title.length,
    rows,
    peak: rows.rowHeight * 1.25,
    countX,
    axis,
    max: axis.domain[1],
    axisY,
    title,
  };
}

export function countText(n: number): string {
  return n.toLocaleString('en');
}

/** Outline of a ridge above its base line, closed at the bottom. */
export function ridgePath(
  density: Float64Array,
  base: number,
  { axis, peak }: RidgeLayout,
): string {
  const [left, right] = axis.range;
  const step = (right - left) / (density.length - 1);
  const points = Array.from(density, (share, place) => {
    const y = base - share * peak;
    return `${(left + place * step).toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join('L')}L${right} ${base}H${left}Z`;
}
