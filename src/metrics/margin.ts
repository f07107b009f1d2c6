import { TIE_MARGIN } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { PairScan } from '../core/pair-scan.ts';

/**
 * How a cosine is corrected for dense neighbourhoods, with m the mean of both sides' mean cosine to their k nearest in
 * the other language: ratio cos / m, distance cos - m, absolute cos. The ratio is not defined (NaN) where m is not
 * positive, as happens after centering.
 *
 * @see Artetxe and Schwenk 2019, arXiv 1811.01136
 */
export type Margin = 'ratio' | 'distance' | 'absolute';

/** Neighbours that LASER's xSIM takes. */
const XSIM_NEAREST = 4;
/** Neighbours that CSLS customarily takes. */
const CSLS_NEAREST = 10;

/**
 * Margin of each match; higher is closer. The mean of the ratio is the mean aligned margin, and not defined when one
 * entry is not. All NaN for n <= k.
 *
 * @returns [n]
 */
export function matchedMargins(
  { matched, rowNearest, columnNearest }: PairScan,
  margin: Margin,
  k = XSIM_NEAREST,
): Float64Array {
  const rows = neighborhoodMeans(rowNearest, k);
  const columns = neighborhoodMeans(columnNearest, k);
  return Float64Array.from(matched, (cosine, i) =>
    marginScore(margin, cosine, (rows[i] + columns[i]) / 2),
  );
}

/**
 * CSLS of each match: 2 S[i, i] - r(i) - r'(i), r being the mean cosine to the k nearest. In [-4, 4], higher is closer.
 * NaN for n <= k.
 *
 * @see Conneau et al. 2018, arXiv 1710.04087
 */
export function matchedCsls(scan: PairScan, k = CSLS_NEAREST): Float64Array {
  return matchedMargins(scan, 'distance', k).map((distance) => 2 * distance);
}

/**
 * xSIM error: 100 for each query whose best candidate by margin is not its match, else 0; the mean is the percentage,
 * lower is closer. As in LASER, the candidates of a query are its k nearest by cosine. A candidate that ties with the match is no error. All NaN
 * for n <= k and where a candidate's margin is not defined.
 *
 * @param queries the pair's `rowNearest` for a -> b, its `columnNearest` for b -> a
 * @param index the other one
 * @see facebookresearch/LASER, source/xsim.py
 */
export function xsimErrors(
  queries: Neighbors,
  index: Neighbors,
  margin: Margin,
  k = XSIM_NEAREST,
): Float64Array {
  const ofQuery = neighborhoodMeans(queries, k);
  const ofCandidate = neighborhoodMeans(index, k);
  const errors = new Float64Array(queries.rows);
  for (let i = 0; i < queries.rows; i++) {
    let best = -Infinity;
    let own = -Infinity;
    for (let e = i * queries.k; e < i * queries.k + k; e++) {
      const j = queries.indices[e];
      const score = marginScore(margin, queries.cosines[e], (ofQuery[i] + ofCandidate[j]) / 2);
      if (Number.isNaN(score)) return errors.fill(NaN);
      best = Math.max(best, score);
      if (j === i) own = score;
    }
    if (best > own + TIE_MARGIN) errors[i] = 100;
  }
  return errors;
}

/** Mean cosine of each row to its k nearest; NaN for n <= k, where they would be all there are. */
function neighborhoodMeans(nearest: Neighbors, k: number): Float64Array {
  const means = new Float64Array(nearest.rows).fill(nearest.rows > k ? 0 : NaN);
  for (let i = 0; i < nearest.rows; i++) {
    for (let e = i * nearest.k; e < i * nearest.k + k; e++) means[i] += nearest.cosines[e] / k;
  }
  return means;
}

function marginScore(margin: Margin, cosine: number, neighborhood: number): number {
  switch (margin) {
    case 'ratio':
      return neighborhood > 0 ? cosine / neighborhood : NaN;
    case 'distance':
      return cosine - neighborhood;
    case 'absolute':
      return Number.isNaN(neighborhood) ? NaN : cosine;
  }
}
