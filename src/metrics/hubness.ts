import type { Hubness } from '../core/report.ts';
import { mean } from '../core/statistics.ts';
import { gini } from './disparity.ts';

/** Length of the lists, as scikit-hubness takes it. */
export const HUB_NEAREST = 10;

/**
 * N_k: in how many queries' lists of nearest texts each text of the index is. Sums to queries · k. Of equal cosines
 * lists hold the first: a text with duplicates can look like a hub.
 *
 * @param indices the lists, one after the other
 * @param size of the index
 * @see Radovanović, Nanopoulos and Ivanović 2010
 */
export function kOccurrence(indices: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (const index of indices) counts[index]++;
  return counts;
}

/**
 * Not defined (NaN, no hubs) where lists name all texts, k >= size, or there are none.
 *
 * @param counts N_k; @param k length of the lists
 * @see Feldbauer, Rattei and Flexer 2020, scikit-hubness, analysis/estimation.py
 */
export function hubness(counts: Int32Array, k: number): Hubness {
  const size = counts.length;
  const centre = mean(counts);
  if (k >= size || !(centre > 0)) return NO_HUBNESS;
  const values = Float64Array.from(counts);
  const moment = (power: number): number => mean(values.map((count) => (count - centre) ** power));
  const hubs = Int32Array.from(counts.keys())
    .filter((text) => counts[text] >= 2 * centre)
    .sort((a, b) => counts[b] - counts[a] || a - b);
  return {
    skewness: moment(2) > 0 ? moment(3) / moment(2) ** 1.5 : NaN,
    robinHood: mean(values.map((count) => Math.abs(count - centre))) / 2 / centre,
    gini: gini(values.sort()),
    antihubs: counts.filter((count) => count === 0).length / size,
    hubOccurrence: hubs.reduce((sum, text) => sum + counts[text], 0) / (size * centre),
    hubs,
  };
}

const NO_HUBNESS: Hubness = {
  skewness: NaN,
  robinHood: NaN,
  gini: NaN,
  antihubs: NaN,
  hubOccurrence: NaN,
  hubs: new Int32Array(0),
};
