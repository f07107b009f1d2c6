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
  /** Centre of the mean, on the bins' scale. */
  meanX: number;
  xAxis: Pick<Axis, 'range' | 'ticks'>;
  y: Axis;
  xTitle: string[];
  yTitle: string[];
}

/** Occurrences from here on share a bin, if twice the mean, from where on a fact is a hub, lies below. */
const LAST_BIN = 20;
/** A bar of a single fact among thousands can still be seen. */
const LEAST_BAR = 2;

/** One bin per integer from 0 on; from 20, or 2 k if that is more, on they share the last. */
export function occurrenceBins(occurrences: ArrayLike<number>, k: number): Bin[] {
  const most = Array.from(occurrences).reduce((a, b) => Math.max(a, b), k);
  const last = Math.min(most, Math.max(LAST_BIN, 2 * k));
  const bins = Array.from({ length: last + 1 }, (_, bin): Bin => ({
    name: bin === last && most > last ? `${bin} or more` : String(bin),
    facts: [],
  }));
  Array.from(occurrences).forEach((count, fact) => bins[Math.min(last, count)].facts.push(fact));
  return bins;
}

/** Where everything of a histogram of k-occurrences goes. */
export function histogramLayout(
  { occurrences, k, quantity }: Pick<HistogramProps, 'occurrences' | 'k' | 'quantity'>,
  width: number,
): HistogramLayout {
  const bins = occurrenceBins(occurrences, k);
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
    `k-occurrence: ${quantity}, k = ${k} (0: anti-hub; ${2 * k} or more: hub)`,
    width - 8,
  );
  return {
    width,
    height: bottom + 30 + 16 * xTitle.length,
    bins,
    bars: bins.map(({ facts }, bin) => barOf(facts.length, { x: centre(bin), step, y })),
    meanX: centre(k),
    xAxis: { range: [left, width - 20], ticks: binTicks(bins, step, centre) },
    y,
    xTitle,
    yTitle,
  };
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
