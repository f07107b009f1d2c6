import { scaleLinear, type ScaleLinear } from 'd3-scale';
import type { Language } from '../core/language.ts';
import { textWidth, widest, wrapText } from './measure-text.ts';
import type { DriftSummary } from './props.ts';

export interface DriftLayout {
  width: number;
  height: number;
  top: number;
  rowHeight: number;
  /** Centre and half height of the points' band, from the top of a row. */
  band: { centre: number; half: number };
  /** Centre of the summary from the top of a row, and the height of its box. */
  summary: { centre: number; box: number };
  /** Row labels carry names, not short labels. */
  named: boolean;
  /** Right edge of the row labels. */
  labelX: number;
  /** Left edge of the column of means, or 0 when there is none. */
  meanX: number;
  x: ScaleLinear<number, number>;
  ticks: { at: number; text: string }[];
  axisTitle: string[];
  axisY: number;
}

const LONGEST_NAME = 132;

/** Where everything of a drift plot goes. */
export function driftLayout(
  {
    languages,
    summaries,
    referenceLabel,
  }: { languages: Language[]; summaries: DriftSummary[]; referenceLabel: string },
  order: number[],
  width: number,
): DriftLayout {
  const rowHeight = Math.round(Math.min(44, Math.max(15, 576 / Math.max(1, order.length))));
  const named = width >= 380;
  const names = order.map((l) => (named ? languages[l].name : languages[l].label));
  const labelX = 8 + Math.min(named ? LONGEST_NAME : 56, Math.ceil(widest(names, 12, 600)));
  const meanWidth = width >= 520 ? 132 : 44;
  const x = scaleLinear(
    [0, niceMax(order.map((l) => summaries[l].max))],
    [labelX + 14, width - meanWidth - 12],
  );
  const top = 20;
  const axisY = top + rowHeight * order.length;
  const format = x.tickFormat(tickCount(x));
  const axisTitle = wrapText(
    `Drift from ${referenceLabel}: 1 − cosine (0 = same direction as the reference; larger is further)`,
    width - 8,
  );
  return {
    width,
    height: axisY + 30 + 16 * axisTitle.length,
    top,
    rowHeight,
    ...lanes(rowHeight),
    named,
    labelX,
    meanX: width - meanWidth,
    x,
    ticks: x.ticks(tickCount(x)).map((tick) => ({ at: x(tick), text: format(tick) })),
    axisTitle,
    axisY,
  };
}

/** High rows carry the points above the summary; in low ones the summary lies on the points. */
function lanes(rowHeight: number): Pick<DriftLayout, 'band' | 'summary'> {
  if (rowHeight >= 32) {
    const half = (rowHeight - 18) / 2;
    return { band: { centre: 3 + half, half }, summary: { centre: rowHeight - 9, box: 8 } };
  }
  const centre = rowHeight / 2;
  return {
    band: { centre, half: centre - 2 },
    summary: { centre, box: Math.min(8, rowHeight / 2.5) },
  };
}

function niceMax(maxima: number[]): number {
  const max = maxima.reduce((a, b) => (b > a ? b : a), 0);
  return max > 0 ? Math.min(2, scaleLinear([0, max], [0, 1]).nice(8).domain()[1]) : 1;
}

function tickCount(x: ScaleLinear<number, number>): number {
  const [from, to] = x.range();
  return Math.max(2, Math.floor((to - from) / (textWidth('0.00', 11) + 36)));
}
