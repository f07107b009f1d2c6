import { TIE_MARGIN, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { PairScores } from './kernels.ts';

/** What a result counts that cannot be explained by any error of the cosines: cosines differ by 2 at most. */
const IMPOSSIBLE = 2;

/**
 * The smallest error that the cosines must have had for these scores to come out, by backward analysis: an index counts
 * by how far its cosine is from the best, a rank by how far the cosines on its other side are from the match.
 *
 * @param cosines [n, n] by the reference
 * @returns in [0, 2]; NaN when a score is NaN
 */
export function pairDifference(scores: PairScores, cosines: Matrix): number {
  const rows = { best: scores.rowRival, index: scores.rowRivalIndex, rank: scores.rowRank };
  const columns = {
    best: scores.columnRival,
    index: scores.columnRivalIndex,
    rank: scores.columnRank,
  };
  const total = cosines.data.reduce((sum, cosine) => sum + cosine, 0);
  const differences = [Math.abs(scores.sum - total) / cosines.data.length];
  for (let i = 0; i < cosines.rows; i++) {
    const match = entry(cosines, i, i);
    differences.push(Math.abs(scores.matched[i] - match));
    differences.push(rivalDifference(lineOf(cosines, i, false), i, rows));
    differences.push(rivalDifference(lineOf(cosines, i, true), i, columns));
  }
  return largest(differences);
}

interface Rivals {
  best: Float32Array;
  index: Int32Array;
  rank: Int32Array;
}

/** line: cosines of fact i with all facts of the other language, its own at i */
function rivalDifference(line: Float32Array, i: number, { best, index, rank }: Rivals): number {
  const others = line
    .filter((_, j) => j !== i)
    .sort()
    .reverse();
  if (others.length === 0)
    return best[i] === -Infinity && index[i] === -1 && rank[i] === 1 ? 0 : IMPOSSIBLE;
  if (index[i] === i || !(index[i] in line) || rank[i] < 1 || rank[i] > line.length)
    return IMPOSSIBLE;
  const threshold = line[i] + TIE_MARGIN;
  const above = rank[i] - 1;
  const lowestAbove = above > 0 ? threshold - others[above - 1] : 0;
  const highestBelow = above < others.length ? others[above] - threshold : 0;
  return largest([
    Math.abs(best[i] - others[0]),
    others[0] - line[index[i]],
    lowestAbove,
    highestBelow,
  ]);
}

/**
 * The same for neighbour lists.
 *
 * @param cosines [n, n] by the reference, of X with itself
 */
export function neighborsDifference({ rows, k, ...found }: Neighbors, cosines: Matrix): number {
  const differences: number[] = [];
  for (let i = 0; i < rows; i++) {
    const line = lineOf(cosines, i, false);
    const best = line
      .filter((_, j) => j !== i)
      .sort()
      .reverse();
    const indices = found.indices.subarray(i * k, (i + 1) * k);
    if (new Set(indices).size < k || indices.some((j) => j === i || !(j in line)))
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

function entry({ columns, data }: Matrix, i: number, j: number): number {
  return data[i * columns + j];
}

function lineOf(cosines: Matrix, i: number, isColumn: boolean): Float32Array {
  return Float32Array.from({ length: cosines.columns }, (_, j) =>
    isColumn ? entry(cosines, j, i) : entry(cosines, i, j),
  );
}

function largest(values: number[]): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
