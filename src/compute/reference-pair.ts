import { TIE_MARGIN, row, transpose, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import { SCAN_NEAREST, type PairScan } from '../core/pair-scan.ts';
import { firstNotBelow } from '../core/statistics.ts';
import { levelShares, thresholdsOf } from './match-levels.ts';

/**
 * The scan of a pair from all of its cosines, each number by its definition.
 *
 * @param cosines [n, n]
 */
export function scanOfMatrix(cosines: Matrix): PairScan {
  const n = cosines.rows;
  const turned = transpose(cosines);
  const matched = Float32Array.from({ length: n }, (_, i) => row(cosines, i)[i]);
  const rows = scanSide(cosines, matched);
  const columns = scanSide(turned, matched);
  const { levels } = thresholdsOf(matched);
  const counts = countLevels(cosines, levels);
  return {
    matched,
    rowRival: rows.rival,
    rowRivalIndex: rows.index,
    columnRival: columns.rival,
    columnRivalIndex: columns.index,
    rowRank: rows.rank,
    columnRank: columns.rank,
    rowReach: rows.reach,
    columnReach: columns.reach,
    eitherReach: Int32Array.from(matched, (match, i) => {
      const [inRow, inColumn] = [row(cosines, i), row(turned, i)];
      const reaches = (j: number): boolean =>
        Math.max(inRow[j], inColumn[j]) + TIE_MARGIN >= match && j !== i;
      return inRow.reduce((count, _, j) => count + Number(reaches(j)), 0);
    }),
    rowNearest: nearestOf(cosines),
    columnNearest: nearestOf(turned),
    rowSum: rows.sum,
    columnSum: columns.sum,
    rowSquares: rows.squares,
    columnSquares: columns.squares,
    ...levelShares(levels, counts, matched),
  };
}

/** What the rows of a matrix say of their matches. [n] each */
interface Side {
  rival: Float32Array;
  index: Int32Array;
  rank: Int32Array;
  reach: Int32Array;
  sum: Float64Array;
  squares: Float64Array;
}

function scanSide(cosines: Matrix, matched: Float32Array): Side {
  const n = cosines.rows;
  const side: Side = {
    rival: new Float32Array(n),
    index: new Int32Array(n),
    rank: new Int32Array(n),
    reach: new Int32Array(n),
    sum: new Float64Array(n),
    squares: new Float64Array(n),
  };
  matched.forEach((match, i) => {
    const line = row(cosines, i);
    const rivals = Float64Array.from(line, (cosine, j) => (j === i ? -Infinity : cosine));
    const others = rivals.filter((_, j) => j !== i);
    side.rival[i] = rivals.reduce((a, b) => Math.max(a, b));
    side.index[i] = n === 1 ? -1 : rivals.indexOf(side.rival[i]);
    side.rank[i] = 1 + others.filter((cosine) => cosine - match > TIE_MARGIN).length;
    side.reach[i] = others.filter((cosine) => cosine + TIE_MARGIN >= match).length;
    side.sum[i] = others.reduce((sum, cosine) => sum + cosine, 0);
    side.squares[i] = others.reduce((sum, cosine) => sum + cosine * cosine, 0);
  });
  return side;
}

function nearestOf(cosines: Matrix): Neighbors {
  const n = cosines.rows;
  const k = Math.min(SCAN_NEAREST, n);
  const result = { rows: n, k, indices: new Int32Array(n * k), cosines: new Float32Array(n * k) };
  for (let i = 0; i < n; i++) {
    const line = row(cosines, i);
    const best = Int32Array.from(line.keys())
      .sort((a, b) => line[b] - line[a] || a - b)
      .subarray(0, k);
    result.indices.set(best, i * k);
    result.cosines.set(
      Array.from(best, (j) => line[j]),
      i * k,
    );
  }
  return result;
}

function countLevels(cosines: Matrix, levels: Float32Array) {
  const n = cosines.rows;
  const counts = {
    tally: new Float64Array(2 * n + 1),
    rowLost: new Float64Array(n),
    columnLost: new Float64Array(n),
  };
  cosines.data.forEach((cosine, e) => {
    const [i, j] = [Math.floor(e / n), e % n];
    if (i === j) return;
    const count = firstNotBelow(levels, cosine);
    counts.tally[count]++;
    counts.rowLost[i] += count;
    counts.columnLost[j] += count;
  });
  return counts;
}
