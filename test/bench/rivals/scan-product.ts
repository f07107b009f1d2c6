import type { Neighbors } from '../../../src/core/neighbors.ts';
import { TIE_MARGIN } from '../../../src/core/matrix.ts';
import { SCAN_NEAREST, type PairScan } from '../../../src/core/pair-scan.ts';
import { firstNotBelow } from '../../../src/core/statistics.ts';

/**
 * Reads all scores of a pair from a stored matrix of cosines, row by row, in JavaScript.
 *
 * @param cosines [n, n], row-major
 */
export function scanProduct(cosines: Float32Array, n: number): PairScan {
  const matched = Float32Array.from({ length: n }, (_, i) => cosines[i * n + i]);
  const standings = emptyStandings(matched);
  const rowNearest = emptyNearest(n);
  const columnNearest = emptyNearest(n);
  const sums = emptySums(n);
  const levels = matchLevels(matched);
  const others = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const line = cosines.subarray(i * n, (i + 1) * n);
    others.set(line);
    others[i] = -Infinity;
    compareInRow(standings, i, others);
    compareInColumns(standings, i, others);
    keepNearestOfRow(rowNearest, i, line);
    keepNearestOfColumns(columnNearest, i, line);
    levels.add(i, others);
    addSums(sums, i, line);
  }
  const { reaching, ...compared } = standings;
  return {
    ...compared,
    eitherReach: countBits(reaching, n),
    rowNearest,
    columnNearest,
    ...sums,
    ...levels.finish(),
  };
}

type Sums = Pick<PairScan, 'rowSum' | 'columnSum' | 'rowSquares' | 'columnSquares'>;

function emptySums(n: number): Sums {
  const zeros = (): Float64Array => new Float64Array(n);
  return { rowSum: zeros(), columnSum: zeros(), rowSquares: zeros(), columnSquares: zeros() };
}

function addSums(sums: Sums, i: number, cosines: Float32Array): void {
  const { columnSum, columnSquares } = sums;
  let [sum, squares] = [0, 0];
  for (let j = 0; j < cosines.length; j++) {
    const cosine = j === i ? 0 : cosines[j];
    const square = cosine * cosine;
    sum += cosine;
    squares += square;
    columnSum[j] += cosine;
    columnSquares[j] += square;
  }
  sums.rowSum[i] = sum;
  sums.rowSquares[i] = squares;
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
  const k = Math.min(SCAN_NEAREST, n);
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

type Levels = Pick<PairScan, 'below' | 'rowBeaten' | 'columnBeaten'>;

/**
 * Compares all matches with all mismatched cosines, ties half. Every match m is two thresholds, m - TIE_MARGIN and
 * m + TIE_MARGIN, each worth one half.
 */
function matchLevels(matched: Float32Array): {
  add(i: number, others: Float32Array): void;
  finish(): Levels;
} {
  const n = matched.length;
  const thresholds = new Float64Array(2 * n);
  matched.forEach((match, i) => {
    thresholds[2 * i] = match - TIE_MARGIN;
    thresholds[2 * i + 1] = match + TIE_MARGIN;
  });
  thresholds.sort();
  const countBelow = counterOf(thresholds);
  /** Thresholds below the mismatched cosines of each row and of each column. */
  const rowLost = new Float64Array(n);
  const columnLost = new Float64Array(n);
  /** tally[t]: mismatched cosines above exactly t of the thresholds. */
  const tally = new Float64Array(2 * n + 1);
  return {
    add(i, others) {
      for (let j = 0; j < n; j++) {
        const count = countBelow(others[j]);
        tally[count]++;
        rowLost[i] += count;
        columnLost[j] += count;
      }
    },
    finish() {
      /** above[t]: mismatched cosines above threshold t. */
      const above = tally.slice(1);
      for (let t = above.length - 2; t >= 0; t--) above[t] += above[t + 1];
      const reached = (threshold: number): number => above[firstNotBelow(thresholds, threshold)];
      const beaten = (lost: number): number => 1 - lost / (2 * n * (n - 1));
      return {
        below: Float64Array.from(matched, (match) => {
          const both = reached(match - TIE_MARGIN) + reached(match + TIE_MARGIN);
          return 1 - both / (2 * (n * n - n));
        }),
        rowBeaten: rowLost.map(beaten),
        columnBeaten: columnLost.map(beaten),
      };
    },
  };
}

/** Number of thresholds below a value: a table of equal steps finds its place among them. `thresholds` ascending. */
function counterOf(thresholds: Float64Array): (value: number) => number {
  const lowest = thresholds[0];
  const highest = thresholds[thresholds.length - 1];
  const steps = 16 * thresholds.length;
  const scale = steps / (highest - lowest);
  /** first[s]: number of thresholds in the steps before s. */
  const first = new Int32Array(steps + 2);
  for (const threshold of thresholds) first[Math.trunc((threshold - lowest) * scale) + 1]++;
  for (let s = 1; s < first.length; s++) first[s] += first[s - 1];
  return (value) => {
    if (value <= lowest) return 0;
    if (value > highest) return thresholds.length;
    const step = ((value - lowest) * scale) | 0;
    let low = first[step];
    for (let high = first[step + 1]; low < high;) {
      const middle = (low + high) >>> 1;
      if (thresholds[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
