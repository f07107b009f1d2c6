import type { PairScores } from '../../../src/compute/kernels.ts';
import { TIE_MARGIN } from '../../../src/core/matrix.ts';

/**
 * Reads all scores of a pair from a stored matrix of cosines, in two plain passes.
 *
 * @param cosines [n, n], row-major
 */
export function scanProduct(cosines: Float32Array, n: number): PairScores {
  const matched = Float32Array.from({ length: n }, (_, i) => cosines[i * n + i]);
  const best = (): Float32Array => new Float32Array(n).fill(-Infinity);
  const scores = {
    matched,
    rowRival: best(),
    rowRivalIndex: new Int32Array(n).fill(-1),
    columnRival: best(),
    columnRivalIndex: new Int32Array(n).fill(-1),
    rowRank: new Int32Array(n).fill(1),
    columnRank: new Int32Array(n).fill(1),
    sum: 0,
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const cosine = cosines[i * n + j];
      scores.sum += cosine;
      if (i !== j) meet(scores, i, j, cosine);
    }
  }
  return scores;
}

function meet(scores: PairScores, i: number, j: number, cosine: number): void {
  const { matched, rowRival, rowRivalIndex, columnRival, columnRivalIndex } = scores;
  if (cosine > rowRival[i]) {
    rowRival[i] = cosine;
    rowRivalIndex[i] = j;
  }
  if (cosine > columnRival[j]) {
    columnRival[j] = cosine;
    columnRivalIndex[j] = i;
  }
  if (cosine > matched[i] + TIE_MARGIN) scores.rowRank[i]++;
  if (cosine > matched[j] + TIE_MARGIN) scores.columnRank[j]++;
}
