import { assert } from '../core/errors.ts';
import {
  TIE_MARGIN,
  assertSameShape,
  dot,
  productBlocks,
  row,
  type Matrix,
  type Products,
} from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';

/**
 * What one pass over the cosine matrix S of a language pair yields. Arrays have n entries; S[i, i] is fact i's match,
 * its rivals are the S[i, j] (row) and S[j, i] (column) with j != i. Cosines within TIE_MARGIN tie. A superset of
 * `PairScores` in compute, with the same names.
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
  /** Sum of all n² cosines. */
  sum: number;
  /** Sum of the squares of the n² - n mismatched cosines. */
  mismatchedSquares: number;
  /** Chance that a match is above a mismatched cosine drawn at random, ties half. NaN for n = 1. */
  auc: number;
}

/** As many as CSLS and hubness use. */
const NEAREST = 10;

/**
 * Scans the cosines of a pair, block by block.
 *
 * @param x [n, d] unit rows of language a; @param y [n, d] of language b, fact by fact
 */
export async function scanPair(x: Matrix, y: Matrix, products: Products): Promise<PairScan> {
  assertSameShape(x, y, 'scanPair');
  const matched = Float32Array.from({ length: x.rows }, (_, i) => dot(row(x, i), row(y, i)));
  const scanner = pairScanner(matched);
  for await (const { block } of productBlocks(x, y, products)) scanner.add(block);
  return scanner.finish();
}

export interface PairScanner {
  /** The next rows of S, all n columns of each. */
  add(rows: Matrix): void;
  /** The result, once all n rows were added. */
  finish(): PairScan;
}

/**
 * Takes S in blocks of rows, in order, and keeps O(n k) numbers and n² bits of it.
 *
 * @param matched the diagonal of S, which the columns are compared with before their own row comes. [n]
 */
export function pairScanner(matched: Float32Array): PairScanner {
  const n = matched.length;
  const standings = emptyStandings(matched);
  const rowNearest = emptyNearest(n);
  const columnNearest = emptyNearest(n);
  const matchesBelow = countMatchesBelow(matched);
  const others = new Float32Array(n);
  let [done, sum, squares, below] = [0, 0, 0, 0];
  return {
    add(rows) {
      assert(
        rows.columns === n && done + rows.rows <= n,
        `pairScanner: rows [${rows.rows}, ${rows.columns}] after ${done} of [${n}, ${n}]`,
      );
      for (let r = 0; r < rows.rows; r++, done++) {
        const cosines = row(rows, r);
        others.set(cosines);
        others[done] = -Infinity;
        compareInRow(standings, done, others);
        compareInColumns(standings, done, others);
        keepNearestOfRow(rowNearest, done, cosines);
        keepNearestOfColumns(columnNearest, done, cosines);
        below += matchesBelow(others);
        sum += total(cosines);
        squares += dot(cosines, cosines) - cosines[done] * cosines[done];
      }
    },
    finish() {
      assert(done === n, `pairScanner: ${done} of ${n} rows`);
      const { reaching, ...compared } = standings;
      return {
        ...compared,
        eitherReach: countBits(reaching, n),
        rowNearest,
        columnNearest,
        sum,
        mismatchedSquares: squares,
        auc: 1 - below / (n * (n * n - n)),
      };
    },
  };
}

function total(cosines: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < cosines.length; j++) sum += cosines[j];
  return sum;
}

/** How matches stand against their rivals. */
interface Standings extends Pick<
  PairScan,
  | 'matched'
  | 'rowRival'
  | 'rowRivalIndex'
  | 'columnRival'
  | 'columnRivalIndex'
  | 'rowRank'
  | 'columnRank'
  | 'rowReach'
  | 'columnReach'
> {
  /** n rows of bits: bit j of row i is set where fact j reaches fact i's match, in its row or in its column. */
  reaching: Uint32Array;
}

function emptyStandings(matched: Float32Array): Standings {
  const n = matched.length;
  return {
    matched,
    rowRival: new Float32Array(n).fill(-Infinity),
    rowRivalIndex: new Int32Array(n).fill(-1),
    columnRival: new Float32Array(n).fill(-Infinity),
    columnRivalIndex: new Int32Array(n).fill(-1),
    rowRank: new Int32Array(n).fill(1),
    columnRank: new Int32Array(n).fill(1),
    rowReach: new Int32Array(n),
    columnReach: new Int32Array(n),
    reaching: new Uint32Array(n * wordsOf(n)),
  };
}

/** Words of 32 bits that hold n bits. */
function wordsOf(n: number): number {
  return Math.ceil(n / 32);
}

function compareInRow(standings: Standings, i: number, others: Float32Array): void {
  const { reaching } = standings;
  const match = standings.matched[i];
  const start = i * wordsOf(others.length);
  let best = -Infinity;
  let index = -1;
  let rank = 1;
  let reach = 0;
  for (let j = 0; j < others.length; j++) {
    const cosine = others[j];
    if (cosine > best) {
      best = cosine;
      index = j;
    }
    if (cosine + TIE_MARGIN >= match) {
      reach++;
      reaching[start + (j >>> 5)] |= 1 << (j & 31);
      if (cosine - match > TIE_MARGIN) rank++;
    }
  }
  standings.rowRival[i] = best;
  standings.rowRivalIndex[i] = index;
  standings.rowRank[i] = rank;
  standings.rowReach[i] = reach;
}

function compareInColumns(standings: Standings, i: number, others: Float32Array): void {
  const { matched, columnRival, columnRivalIndex, columnRank, columnReach, reaching } = standings;
  const words = wordsOf(others.length);
  for (let j = 0; j < others.length; j++) {
    const cosine = others[j];
    if (cosine > columnRival[j]) {
      columnRival[j] = cosine;
      columnRivalIndex[j] = i;
    }
    if (cosine + TIE_MARGIN >= matched[j]) {
      columnReach[j]++;
      reaching[j * words + (i >>> 5)] |= 1 << (i & 31);
      if (cosine - matched[j] > TIE_MARGIN) columnRank[j]++;
    }
  }
}

function countBits(bits: Uint32Array, n: number): Int32Array {
  const words = wordsOf(n);
  const counts = new Int32Array(n);
  for (let w = 0; w < bits.length; w++) counts[Math.floor(w / words)] += bitsOf(bits[w]);
  return counts;
}

/** Set bits of a word, by sums of neighbouring pairs, fours and eights. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function emptyNearest(n: number): Neighbors {
  const k = Math.min(NEAREST, n);
  return {
    rows: n,
    k,
    indices: new Int32Array(n * k).fill(-1),
    cosines: new Float32Array(n * k).fill(-Infinity),
  };
}

function keepNearestOfRow(nearest: Neighbors, i: number, cosines: Float32Array): void {
  const last = (i + 1) * nearest.k - 1;
  for (let j = 0; j < cosines.length; j++) {
    if (cosines[j] > nearest.cosines[last]) insert(nearest, i, j, cosines[j]);
  }
}

function keepNearestOfColumns(nearest: Neighbors, i: number, cosines: Float32Array): void {
  const { k } = nearest;
  for (let j = 0, last = k - 1; j < cosines.length; j++, last += k) {
    if (cosines[j] > nearest.cosines[last]) insert(nearest, j, i, cosines[j]);
  }
}

/** Puts a cosine into list r behind all that are not below it; the last one falls out. */
function insert(
  { k, indices, cosines }: Neighbors,
  r: number,
  index: number,
  cosine: number,
): void {
  let place = (r + 1) * k - 1;
  for (; place > r * k && cosine > cosines[place - 1]; place--) {
    cosines[place] = cosines[place - 1];
    indices[place] = indices[place - 1];
  }
  cosines[place] = cosine;
  indices[place] = index;
}

/**
 * Counts the matches below the cosines of a row, ties half, summed over the row. Every match m is two thresholds,
 * m - TIE_MARGIN and m + TIE_MARGIN, each worth one half; a table of equal steps finds a cosine's place among them.
 */
function countMatchesBelow(matched: Float32Array): (others: Float32Array) => number {
  const thresholds = new Float64Array(2 * matched.length);
  matched.forEach((match, i) => {
    thresholds[2 * i] = match - TIE_MARGIN;
    thresholds[2 * i + 1] = match + TIE_MARGIN;
  });
  thresholds.sort();
  const lowest = thresholds[0];
  const highest = thresholds[thresholds.length - 1];
  const steps = 16 * thresholds.length;
  const scale = steps / (highest - lowest);
  /** first[s]: number of thresholds in the steps before s. */
  const first = new Int32Array(steps + 2);
  for (const threshold of thresholds) first[Math.trunc((threshold - lowest) * scale) + 1]++;
  for (let s = 1; s < first.length; s++) first[s] += first[s - 1];
  return (others) => {
    let count = 0;
    for (let j = 0; j < others.length; j++) {
      const cosine = others[j];
      if (cosine <= lowest) continue;
      if (cosine > highest) {
        count += thresholds.length;
        continue;
      }
      const step = ((cosine - lowest) * scale) | 0;
      let low = first[step];
      for (let high = first[step + 1]; low < high;) {
        const middle = (low + high) >>> 1;
        if (thresholds[middle] < cosine) low = middle + 1;
        else high = middle;
      }
      count += low;
    }
    return count / 2;
  };
}
