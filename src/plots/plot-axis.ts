import { scaleLinear } from 'd3-scale';
import type { Interval } from '../core/statistics.ts';
import { textWidth } from './measure-text.ts';
import type { PlotAxis } from './props.ts';

/** A linear axis in pixels. */
export interface Axis {
  at: (value: number) => number;
  /** Values at the low and the high end. */
  domain: Interval;
  /** Pixels there. */
  range: Interval;
  ticks: { at: number; text: string }[];
}

/** An axis that reaches every defined value and ends at round numbers, unless `domain` ends it. */
export function linearAxis(
  values: number[],
  range: Interval,
  { domain, spacing }: { domain?: Interval | undefined; spacing: number },
): Axis {
  const ends = reach(values.filter(Number.isFinite), domain);
  const scale = scaleLinear(ends, range);
  const count = Math.max(2, Math.floor(Math.abs(range[1] - range[0]) / spacing));
  const format = scale.tickFormat(count);
  return {
    at: (value) => scale(value),
    domain: ends,
    range,
    ticks: scale.ticks(count).map((tick) => ({ at: scale(tick), text: format(tick) })),
  };
}

function reach(values: number[], domain: Interval | undefined): Interval {
  const ends = [...values, ...(domain ?? [])];
  if (ends.length === 0) return [0, 1];
  const low = ends.reduce((a, b) => Math.min(a, b));
  const high = ends.reduce((a, b) => Math.max(a, b));
  if (low === high) return [low - 0.5, high + 0.5];
  const round = scaleLinear([low, high], [0, 1]).nice(8).domain();
  return [low === domain?.[0] ? low : round[0], high === domain?.[1] ? high : round[1]];
}

/** Pixels that a tick of a horizontal axis needs. */
export const TICK_SPACING = 62;

/** Quantity, unit, direction and n of an axis in one line. */
export function axisTitle({ quantity, unit = '', direction, n = '' }: PlotAxis): string {
  const words = `${quantity}${unit && `, ${unit}`}${direction && ` (${direction})`}`;
  return n === '' ? words : `${words}, ${n}`;
}

/** Width of a vertical axis: its tick texts and a gap. */
export function tickWidth({ ticks }: Axis): number {
  return Math.ceil(ticks.reduce((width, { text }) => Math.max(width, textWidth(text, 11)), 0)) + 10;
}

/** Width of a plot: the fixed one, else the measured one once there is one. */
export function plotWidth(fixed: number | undefined, measured: number): number {
  return fixed ?? (measured > 120 ? measured : 640);
}
