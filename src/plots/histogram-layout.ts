import { textWidth, wrapText } from './measure-text.ts';
import { linearAxis, tickWidth, type Axis } from './plot-axis.ts';
import type { HistogramProps, PlotTable } from './props.ts';

export interface Bin {
  /** '3', or '20 or more' for the last one where larger values are in it. */
  name: string;
  /** Facts in the bin, ascending. */
  facts: number[];
}

export interface HistogramLayout {
  width: number;
  height: number;
  bins: Bin[];
  bars: { x: number; y: number; width: number; height: number; text: string }[];
  /** Place of the mean, and what is written there. */
  meanX: number;
  meanText: string;
  xAxis: Pick<Axis, 'range' | 'ticks'>;
  y: Axis;
  xTitle: string[];
  yTitle: string[];
}

/** Bins below the mean: where the mean is larger than that, a bin holds several occurrences. */
const BINS_TO_MEAN = 10;
/** Occurrences from here on share a bin, if twice the mean, from where on a fact is a hub, lies below. */
const LAST_BIN = 20;
/** A bar of a single fact among thousands can still be seen. */
const LEAST_BAR = 2;

/** Occurrences that a bin holds: one, or more where the mean is large. */
function binWidth(mean: number): number {
  return Math.max(1, Math.ceil(mean / BINS_TO_MEAN - 1e-9));
}

/** Place of an occurrence on the bins' scale; bin b reaches from b to b + 1. */
function placeOf(occurrence: number, width: number): number {
  return width === 1 ? occurrence : occurrence / width + 1;
}

/**
 * Facts by occurrence. Those that never occur have a bin of their own; from twice the mean on (from 20, if that is more)
 * all share the last.
 */
export function occurrenceBins(occurrences: ArrayLike<number>, mean: number): Bin[] {
  const width = binWidth(mean);
  const binOf = (count: number): number => (count === 0 ? 0 : Math.floor(placeOf(count, width)));
  const most = binOf(Array.from(occurrences).reduce((a, b) => Math.max(a, b), Math.round(mean)));
  const last = Math.min(most, Math.max(width === 1 ? LAST_BIN : 0, binOf(Math.ceil(2 * mean))));
  const bins = Array.from({ length: last + 1 }, (_, bin): Bin => ({
    name: binName(bin, { width, open: bin === last && most > last }),
    facts: [],
  }));
  Array.from(occurrences).forEach((count, fact) =>
    bins[Math.min(last, binOf(count))].facts.push(fact),
  );
  return bins;
}

function binName(bin: number, { width, open }: { width: number; open: boolean }): string {
  const first = width === 1 ? bin : (bin - 1) * width;
  if (open) return `${first.toLocaleString('en')} or more`;
  if (width === 1 || bin === 0) return String(bin);
  return `${Math.max(1, first).toLocaleString('en')} to ${(first + width - 1).toLocaleString('en')}`;
}

/** Where everything of a histogram of k-occurrences goes. */
export function histogramLayout(
  {
    occurrences,
    k,
    mean = k,
    quantity,
  }: Pick<HistogramProps, 'occurrences' | 'k' | 'mean' | 'quantity'>,
  width: number,
): HistogramLayout {
  const bins = occurrenceBins(occurrences, mean);
  const n = occurrences.length.toLocaleString('en');
  const yTitle = wrapText(`Facts (number of n = ${n})`, width - 8);
  const top = 16 * yTitle.length + 24;
  const bottom = top + Math.round(Math.min(300, Math.max(200, width * 0.4)));
  const largest = bins.map(({ facts }) => facts.length);
  const y = linearAxis([0, 1, ...largest], [bottom, top], { spacing: 44 });
  const left = tickWidth(y);
  const step = (width - 20 - left) / bins.length;
  const centre = (bin: number): number => left + (bin + 0.5) * step;
  const xTitle = wrapText(
    `k-occurrence: ${quantity}, k = ${k} (0: anti-hub; ${formatMean(2 * mean)} or more: hub)`,
    width - 8,
  );
  const wide = binWidth(mean);
  return {
    width,
    height: bottom + 30 + 16 * xTitle.length,
    bins,
    bars: bins.map(({ facts }, bin) => barOf(facts.length, { x: centre(bin), step, y })),
    meanX: left + (placeOf(mean, wide) + 0.5 / wide) * step,
    meanText: `expected without hubs: ${formatMean(mean)}`,
    xAxis: {
      range: [left, width - 20],
      ticks: wide === 1 ? binTicks(bins, step, centre) : edgeTicks(bins, { step, left, wide }),
    },
    y,
    xTitle,
    yTitle,
  };
}

/** Without digits where it is whole. */
function formatMean(mean: number): string {
  return mean.toLocaleString('en', { maximumFractionDigits: 1 });
}

/** Where bins hold several occurrences: 0 under its bin, the others where a bin begins. */
function edgeTicks(
  bins: Bin[],
  { step, left, wide }: { step: number; left: number; wide: number },
): Axis['ticks'] {
  const text = (bin: number): string => ((bin - 1) * wide).toLocaleString('en');
  const every = [1, 2, 5, 10].find((count) => count * step >= 34) ?? 20;
  return bins.flatMap((_, bin) => {
    if (bin === 0) return [{ at: left + step / 2, text: '0' }];
    return bin > 1 && (bin - 1) % every === 0 ? [{ at: left + bin * step, text: text(bin) }] : [];
  });
}

function barOf(
  count: number,
  { x, step, y }: { x: number; step: number; y: Axis },
): HistogramLayout['bars'][number] {
  const base = y.range[0];
  const height = count === 0 ? 0 : Math.max(LEAST_BAR, base - y.at(count));
  const text = count.toLocaleString('en');
  const fits = count > 0 && textWidth(text, 10) <= step - 2;
  const width = Math.max(1, step - (step > 6 ? 2 : 0.5));
  return { x: x - width / 2, y: base - height, width, height, text: fits ? text : '' };
}

/** As many integers as stand side by side, the last as `20+`. */
function binTicks(bins: Bin[], step: number, centre: (bin: number) => number): Axis['ticks'] {
  const last = bins.length - 1;
  const open = bins[last].name !== String(last);
  const every = [1, 2, 5, 10, 20, 50].find((count) => count * step >= 22) ?? 100;
  return bins.flatMap((_, bin) => {
    if (bin === last && open) return [{ at: centre(bin), text: `${bin}+` }];
    const clear = !open || (last - bin) * step >= 28;
    return bin % every === 0 && clear ? [{ at: centre(bin), text: String(bin) }] : [];
  });
}

/** Bin under a place, empty ones too: the whole height of a bin can be pointed at. */
export function binUnder({ xAxis, bins }: HistogramLayout, x: number): number | null {
  const [left, right] = xAxis.range;
  const bin = Math.floor(((x - left) / (right - left)) * bins.length);
  return bin >= 0 && bin < bins.length ? bin : null;
}

/** A bin in words: what it holds, how many facts, their share. */
export function binSentence({ name, facts }: Bin, n: number): string {
  const share =
    n === 0 ? '' : ` (${((100 * facts.length) / n).toFixed(1)} % of n = ${n.toLocaleString('en')})`;
  const many = facts.length === 1 ? '1 fact' : `${facts.length.toLocaleString('en')} facts`;
  return `${name} times among the nearest: ${many}${share}`;
}

/** The bins as a table. */
export function histogramTable(bins: Bin[], n: number): PlotTable {
  return {
    columns: [
      { label: 'k-occurrence', heading: true },
      { label: 'Facts', numeric: true },
      { label: 'Share of facts (%)', numeric: true },
    ],
    rows: bins.map(({ name, facts }) => [
      name,
      String(facts.length),
      n === 0 ? 'none' : ((100 * facts.length) / n).toFixed(1),
    ]),
  };
}
