/** What retrieval metrics need of one pass over a pair's cosines; see `PairScores` in compute. */
export interface MatchScores {
  matched: ArrayLike<number>;
  rowRival: ArrayLike<number>;
  columnRival: ArrayLike<number>;
  rowRank: ArrayLike<number>;
  columnRank: ArrayLike<number>;
}

/**
 * 1 for each fact whose match is among the k best, else 0; the mean is P@k. The rank is 1 + the number of rivals above
 * the match (a tie counts as a hit). In [0, 1], higher is closer, chance k / n. NaN for n <= k, where it cannot fail.
 *
 * @param ranks [n], 1-based
 */
export function precisionAt(k: number, ranks: ArrayLike<number>): Float64Array {
  return Float64Array.from(ranks, (rank) => (ranks.length <= k ? NaN : Number(rank <= k)));
}

/** 1 / rank by fact, in (0, 1], higher is closer; the mean is MRR. NaN below two facts, where there is no rival. [n] */
export function reciprocalRanks(ranks: ArrayLike<number>): Float64Array {
  return Float64Array.from(ranks, (rank) => (ranks.length < 2 ? NaN : 1 / rank));
}

/**
 * 1 for each fact whose match is above every rival of its row and of its column by more than `margin`, else 0; the mean
 * is MEXA. A tie counts as a miss. NaN below two facts.
 *
 * @see Kargaran et al. 2024, arXiv 2410.05873, compute_mexa.py
 */
export function mexaHits(
  { matched, rowRival, columnRival }: MatchScores,
  margin: number,
): Float64Array {
  return hitsOf(matched.length, (i) => matched[i] > Math.max(rowRival[i], columnRival[i]) + margin);
}

/**
 * Chance of each fact to be a hit among m facts, over all subsets of m facts that contain it; the mean is the share of
 * hits to expect. A fact with r blockers hits in a subset that has none of them, hypergeometric: C(n - 1 - r, m - 1) /
 * C(n - 1, m - 1). With `eitherReach` of a pair scan for blockers this is MEXA at m facts, with `rowRank` - 1 P@1; for
 * m = n both are the scores themselves. In [0, 1], higher is closer. NaN for m < 2 and m > n.
 *
 * @param blockers for each fact, how many other facts keep it from being a hit. [n]
 */
export function expectedHits(m: number, blockers: ArrayLike<number>): Float64Array {
  const n = blockers.length;
  const isDefined = m >= 2 && m <= n;
  return Float64Array.from(blockers, (r) => (isDefined ? chanceOfNone(r, m - 1, n - 1) : NaN));
}

/** Chance that `drawn` of `n`, without replacement, hold none of `marked` ones. */
function chanceOfNone(marked: number, drawn: number, n: number): number {
  let chance = 1;
  // C(n - marked, drawn) / C(n, drawn) is the same with marked and drawn exchanged: the shorter product serves.
  const [few, many] = marked < drawn ? [marked, drawn] : [drawn, marked];
  for (let t = 0; t < few; t++) chance *= Math.max(0, n - many - t) / (n - t);
  return chance;
}

/** Facts whose match is as near as its best rival, within the margin: hits for P@1, misses for MEXA. */
export function countTies({ matched, rowRival, columnRival }: MatchScores, margin: number): number {
  let ties = 0;
  for (let i = 0; i < matched.length; i++) {
    const rival = Math.max(rowRival[i], columnRival[i]);
    if (Math.abs(matched[i] - rival) <= margin) ties++;
  }
  return ties;
}

/** 1 for each of n facts that is a hit, else 0. NaN below two facts, where there is no rival. */
export function hitsOf(n: number, isHit: (i: number) => boolean): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (n < 2 ? NaN : Number(isHit(i))));
}
