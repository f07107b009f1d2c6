import type { Proportion } from '../core/report.ts';
import { wilson } from '../core/statistics.ts';

/** What retrieval metrics need of one pass over a pair's cosines; see `PairScores` in compute. */
export interface MatchScores {
  matched: ArrayLike<number>;
  rowRival: ArrayLike<number>;
  columnRival: ArrayLike<number>;
  rowRank: ArrayLike<number>;
  columnRank: ArrayLike<number>;
}

/**
 * P@1: share of facts whose match has rank 1, where the rank is 1 + the number of rivals above the match (a tie counts
 * as a hit). Not defined (NaN) below two facts, where there is no rival.
 *
 * @param ranks [n], 1-based
 */
export function precisionAt1(ranks: ArrayLike<number>): Proportion {
  return share(ranks.length, (i) => ranks[i] === 1);
}

/**
 * MEXA: share of facts whose match is above every rival of its row and of its column by more than `margin`; a tie
 * counts as a miss. Not defined (NaN) below two facts.
 *
 * @see Kargaran et al. 2024, arXiv 2410.05873, compute_mexa.py
 */
export function mexaScore(
  { matched, rowRival, columnRival }: MatchScores,
  margin: number,
): Proportion {
  return share(matched.length, (i) => matched[i] > Math.max(rowRival[i], columnRival[i]) + margin);
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

function share(n: number, isHit: (i: number) => boolean): Proportion {
  if (n < 2) return { value: NaN, interval: null };
  let hits = 0;
  for (let i = 0; i < n; i++) if (isHit(i)) hits++;
  return { value: hits / n, interval: wilson(hits, n) };
}
