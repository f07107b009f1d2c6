import { TIE_MARGIN, row, transpose, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { PairScan } from '../core/pair-scan.ts';
import { firstNotBelow } from '../core/statistics.ts';

/** What a result counts that cannot be explained by any error of the cosines: cosines differ by 2 at most. */
const IMPOSSIBLE = 2;

/**
 * The smallest error that the cosines must have had for a scan to come out, by backward analysis: an index counts by how
 * far its cosine is from the best, a count by how far the cosines on its other side are from what it compares with, a
 * sum by its share of one cosine.
 *
 * @param cosines [n, n] by the reference
 * @returns in [0, 2]; NaN when a number is NaN that should not be
 */
export function pairDifference(scan: PairScan, cosines: Matrix): number {
  const turned = transpose(cosines);
  const either = cosines.data.map((cosine, e) => Math.max(cosine, turned.data[e]));
  const inEither = { ...cosines, data: either };
  return largest([
    sideDifference(rowSide(scan), cosines),
    sideDifference(columnSide(scan), turned),
    ...Array.from(scan.matched, (match, i) => Math.abs(match - row(cosines, i)[i])),
    ...Array.from(scan.eitherReach, (reach, i) =>
      countDifference(othersOf(inEither, i), row(cosines, i)[i] - TIE_MARGIN, reach),
    ),
    chanceDifference(scan, cosines, turned),
  ]);
}

/** What a scan says of the rows, or of the columns. */
interface Side {
  rival: Float32Array;
  index: Int32Array;
  rank: Int32Array;
  reach: Int32Array;
  nearest: Neighbors;
  sum: Float64Array;
  squares: Float64Array;
}

function rowSide(scan: PairScan): Side {
  return {
    rival: scan.rowRival,
    index: scan.rowRivalIndex,
    rank: scan.rowRank,
    reach: scan.rowReach,
    nearest: scan.rowNearest,
    sum: scan.rowSum,
    squares: scan.rowSquares,
  };
}

function columnSide(scan: PairScan): Side {
  return {
    rival: scan.columnRival,
    index: scan.columnRivalIndex,
    rank: scan.columnRank,
    reach: scan.columnReach,
    nearest: scan.columnNearest,
    sum: scan.columnSum,
    squares: scan.columnSquares,
  };
}

/** lines: cosines of fact i with all facts of the other language in row i */
function sideDifference(side: Side, lines: Matrix): number {
  const n = lines.rows;
  const differences = [listsDifference(side.nearest, lines, () => false)];
  for (let i = 0; i < n; i++) {
    const line = row(lines, i);
    const others = othersOf(lines, i);
    const total = (power: number): number => others.reduce((sum, value) => sum + value ** power, 0);
    differences.push(
      rivalDifference({ best: side.rival[i], index: side.index[i] }, line, i),
      countDifference(others, line[i] + TIE_MARGIN, side.rank[i] - 1),
      countDifference(others, line[i] - TIE_MARGIN, side.reach[i]),
      Math.abs(side.sum[i] - total(1)) / n,
      Math.abs(side.squares[i] - total(2)) / n,
    );
  }
  return largest(differences);
}

/** Row i without its own column, best first. */
function othersOf(lines: Matrix, i: number): Float32Array {
  return row(lines, i)
    .filter((_, j) => j !== i)
    .sort()
    .reverse();
}

function rivalDifference(
  { best, index }: { best: number; index: number },
  line: Float32Array,
  i: number,
): number {
  if (line.length === 1) return best === -Infinity && index === -1 ? 0 : IMPOSSIBLE;
  if (index === i || !(index in line)) return IMPOSSIBLE;
  const highest = line.reduce((a, b, j) => (j === i ? a : Math.max(a, b)), -Infinity);
  return largest([Math.abs(best - highest), highest - line[index]]);
}

/** How far the values that a count miscounts are from the threshold. `values` best first. */
function countDifference(values: Float32Array, threshold: number, count: number): number {
  if (!(count >= 0 && count <= values.length)) return IMPOSSIBLE;
  const lowestAbove = count > 0 ? threshold - values[count - 1] : 0;
  const highestBelow = count < values.length ? values[count] - threshold : 0;
  return Math.max(lowestAbove, highestBelow, 0);
}

/** Errors of the cosines up to here explain a chance that differs; larger ones do not. */
const EXPLAINED = 1e-5;

/** 0 where errors of the cosines within `EXPLAINED` explain the chances, else 2. */
function chanceDifference(scan: PairScan, cosines: Matrix, turned: Matrix): number {
  const n = cosines.rows;
  const { below, rowBeaten, columnBeaten } = scan;
  if (n === 1)
    return [below, rowBeaten, columnBeaten].every(([only]) => Number.isNaN(only)) ? 0 : IMPOSSIBLE;
  const matches = Float64Array.from({ length: n }, (_, i) => row(cosines, i)[i]).sort();
  const mismatched = cosines.data.filter((_, e) => e % (n + 1) !== 0).sort();
  const lies = (found: number, shareAt: (shift: number) => number): boolean =>
    found >= shareAt(-EXPLAINED) - 1e-9 && found <= shareAt(EXPLAINED) + 1e-9;
  /** Mean, over the cosines of row i, of the share of matches above them. */
  const beaten = (lines: Matrix, i: number, shift: number): number =>
    othersOf(lines, i).reduce((sum, value) => sum + wonAgainst(matches, value - shift), 0) /
    (n - 1);
  const isExplained = (i: number): boolean =>
    lies(below[i], (shift) => 1 - wonAgainst(mismatched, row(cosines, i)[i] + shift)) &&
    lies(rowBeaten[i], (shift) => beaten(cosines, i, shift)) &&
    lies(columnBeaten[i], (shift) => beaten(turned, i, shift));
  return Array.from(below.keys()).every(isExplained) ? 0 : IMPOSSIBLE;
}

/** Share of values above another one, ties half. `values` ascending. */
function wonAgainst(values: Float32Array | Float64Array, other: number): number {
  const first = firstNotBelow(values, other - TIE_MARGIN);
  const last = firstNotBelow(values, other + TIE_MARGIN);
  return 1 - (first + last) / 2 / values.length;
}

/**
 * The same for neighbour lists.
 *
 * @param cosines [n, n] by the reference, of X with itself
 */
export function neighborsDifference(found: Neighbors, cosines: Matrix): number {
  return listsDifference(found, cosines, (i, j) => i === j);
}

function listsDifference(
  { rows, k, ...found }: Neighbors,
  cosines: Matrix,
  isLeftOut: (i: number, j: number) => boolean,
): number {
  const differences: number[] = [];
  for (let i = 0; i < rows; i++) {
    const line = row(cosines, i);
    const best = line
      .filter((_, j) => !isLeftOut(i, j))
      .sort()
      .reverse();
    const indices = found.indices.subarray(i * k, (i + 1) * k);
    if (new Set(indices).size < k || indices.some((j) => isLeftOut(i, j) || !(j in line)))
      return IMPOSSIBLE;
    indices.forEach((j, s) => {
      const cosine = found.cosines[i * k + s];
      differences.push(Math.abs(cosine - best[s]), Math.abs(cosine - line[j]));
    });
  }
  return largest(differences);
}

/** Largest absolute difference of two matrices of one shape. */
export function matrixDifference(found: Matrix, expected: Matrix): number {
  return largest(Array.from(found.data, (value, at) => Math.abs(value - expected.data[at])));
}

function largest(values: number[]): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
