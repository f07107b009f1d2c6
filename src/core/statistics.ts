import { randomBelow, type Random } from './random.ts';

/** A percentile or score interval at 95 %: [low, high]. */
export type Interval = [low: number, high: number];

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Quantile by the R-7 method (linear interpolation between order statistics). `sorted` ascending, p in [0, 1]. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return NaN;
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}

export const BOOTSTRAP_ROUNDS = 1000;

/**
 * 95 % percentile interval of a mean, by resampling the values (one value per fact) with replacement.
 *
 * @returns null below two values, where no interval exists
 * @see Efron and Tibshirani 1993, chapter 13
 */
export function bootstrapMean(
  values: ArrayLike<number>,
  random: Random,
  rounds = BOOTSTRAP_ROUNDS,
): Interval | null {
  if (values.length < 2) return null;
  return percentileInterval(bootstrapReplicates([values], random, rounds)[0]);
}

/** Means of several lists over the same facts in each bootstrap round, by list: a round draws its facts once, for all. */
export function bootstrapReplicates(
  lists: readonly ArrayLike<number>[],
  random: Random,
  rounds = BOOTSTRAP_ROUNDS,
): Float64Array[] {
  const n = lists[0].length;
  const drawn = new Int32Array(n);
  const means = lists.map(() => new Float64Array(rounds));
  const blocks = interleaved(lists, n);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < n; i++) drawn[i] = randomBelow(random, n);
    blocks.forEach((block, b) => {
      const sums = sumsOf(block, drawn);
      for (let list = 0; list < WIDTH && b * WIDTH + list < lists.length; list++)
        means[b * WIDTH + list][round] = sums[list] / n;
    });
  }
  return means;
}

/** Lists that are summed side by side: one sum after the other would wait for itself at every step. */
const WIDTH = 4;

/** The lists in blocks of WIDTH, a fact's values side by side; the last block is filled up with zeros. [n * WIDTH] each */
function interleaved(lists: readonly ArrayLike<number>[], n: number): Float64Array[] {
  return Array.from({ length: Math.ceil(lists.length / WIDTH) }, (_, b) =>
    Float64Array.from({ length: n * WIDTH }, (_, e) => {
      const list = lists[b * WIDTH + (e % WIDTH)] as ArrayLike<number> | undefined;
      return list?.[Math.floor(e / WIDTH)] ?? 0;
    }),
  );
}

const sums = new Float64Array(WIDTH);

function sumsOf(block: Float64Array, drawn: Int32Array): Float64Array {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < drawn.length; i++) {
    const at = drawn[i] * WIDTH;
    a += block[at];
    b += block[at + 1];
    c += block[at + 2];
    d += block[at + 3];
  }
  sums[0] = a;
  sums[1] = b;
  sums[2] = c;
  sums[3] = d;
  return sums;
}

/** The 2.5th and 97.5th percentiles of bootstrap replicates. Sorts its argument. */
export function percentileInterval(replicates: Float64Array): Interval {
  replicates.sort();
  return [quantileOfSorted(replicates, 0.025), quantileOfSorted(replicates, 0.975)];
}

/**
 * The same, shifted by the bias of the replicates so that it lies around the value: for what is no mean of facts. Facts
 * drawn twice move the means of languages apart, and every replicate of a language's share may lie above the share.
 * Sorts its argument.
 *
 * @see Efron and Tibshirani 1993, chapter 10, for the bootstrap's estimate of bias
 */
export function aroundValue(replicates: Float64Array, value: number): Interval {
  const bias = mean(replicates) - value;
  const [low, high] = percentileInterval(replicates);
  return [low - bias, high - bias];
}

/**
 * Wilson score interval at 95 % for a proportion: `hits` of `n`.
 *
 * @returns null for n = 0
 * @see Wilson 1927; Brown, Cai and DasGupta 2001
 */
export function wilson(hits: number, n: number): Interval | null {
  if (n === 0) return null;
  const z = 1.959963984540054;
  const p = hits / n;
  const centre = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

/** Ranks from 1 on, equal values sharing the mean of theirs. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort();
  /** Mean rank of the values equal to sorted[start]. */
  const rankAt = new Float64Array(sorted.length);
  for (let start = 0, end = 1; start < sorted.length; start = end++) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    rankAt[start] = (start + 1 + end) / 2;
  }
  return Float64Array.from(values, (value) => rankAt[firstNotBelow(sorted, value)]);
}

/** Index of the first entry that is not below the value. `sorted` ascending. */
export function firstNotBelow(sorted: Float32Array | Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The values less their mean, at length 1: the dot product of two is their Pearson correlation. NaN where all are equal. */
export function standardized(values: ArrayLike<number>): Float64Array {
  const centre = mean(values);
  const centred = Float64Array.from(values, (value) => value - centre);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return centred.map((value) => (length > 0 ? value / length : NaN));
}
