import type { Neighbors } from './neighbors.ts';

/**
 * What one pass over the cosine matrix S = X Yᵀ of a language pair yields; S itself is never stored. Arrays have n
 * entries; S[i, i] is fact i's match, its rivals are the S[i, j] (row) and S[j, i] (column) with j != i. Cosines within
 * TIE_MARGIN tie.
 */
export interface PairScan {
  matched: Float32Array;
  /** Best rival; -Infinity and -1 for n = 1. Of equal ones the first. */
  rowRival: Float32Array;
  rowRivalIndex: Int32Array;
  columnRival: Float32Array;
  columnRivalIndex: Int32Array;
  /** 1 + number of rivals above the match. */
  rowRank: Int32Array;
  columnRank: Int32Array;
  /** Number of rivals that reach the match: those above it and those that tie. */
  rowReach: Int32Array;
  columnReach: Int32Array;
  /** Number of facts that reach it in the row, in the column, or in both: what MEXA fails on. */
  eitherReach: Int32Array;
  /** The k best cosines of the row, the match among the candidates; equal ones in index order. */
  rowNearest: Neighbors;
  columnNearest: Neighbors;
  /** Sums of the n - 1 mismatched cosines of each row and of each column, and of their squares. */
  rowSum: Float64Array;
  columnSum: Float64Array;
  rowSquares: Float64Array;
  columnSquares: Float64Array;
  /** Share of all mismatched cosines that lie below the match, ties half; the mean is the AUC. NaN for n = 1. */
  below: Float64Array;
  /** How often a match, drawn at random, is above a mismatched cosine of this row or column; their means are the AUC too. */
  rowBeaten: Float64Array;
  columnBeaten: Float64Array;
}

/** Length of a scan's lists where there are so many facts: as many as CSLS and hubness (`HUB_NEAREST`) use. */
export const SCAN_NEAREST = 10;
