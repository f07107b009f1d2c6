import type { Kernels } from '../compute/kernels.ts';
import { cancelled } from '../core/errors.ts';
import { takeRows, type Matrix } from '../core/matrix.ts';
import { randomSubset, seededRandom } from '../core/random.ts';
import { breathe, type CallContext } from '../protocol/server.ts';

/** Above twice this many points the sum runs over a seeded sample of this many; their neighbours are sought among all. */
const SAMPLE = 1000;
const BLOCK = 64;

/**
 * Whether the picture's neighbours are neighbours: 1 minus the normalised sum of how far beyond k the picture's k
 * nearest rank by cosine distance. 1 is perfect, a random picture has about 0.5.
 *
 * @param vectors unit rows [n, d]
 * @param picture [n, 2]
 * @returns value in [0, 1] and the number of points summed over; NaN when n <= 2k, where it is not defined
 * @see Venna and Kaski 2001; scikit-learn's `trustworthiness`
 */
export async function trustworthiness(
  { vectors, picture, k, seed }: { vectors: Matrix; picture: Matrix; k: number; seed: number },
  kernels: Kernels,
  { signal, report }: CallContext,
): Promise<{ value: number; points: number }> {
  const n = vectors.rows;
  if (n <= 2 * k) return { value: NaN, points: 0 };
  const sample =
    n <= 2 * SAMPLE
      ? Int32Array.from({ length: n }, (_, i) => i)
      : randomSubset(seededRandom(seed), SAMPLE, n);
  let excess = 0;
  for (let start = 0; start < sample.length; start += BLOCK) {
    const points = sample.subarray(start, start + BLOCK);
    const cosines = await kernels.cosineMatrix(takeRows(vectors, points), vectors);
    points.forEach((point, i) => {
      const row = cosines.data.subarray(i * n, (i + 1) * n);
      excess += excessRanks(row, point, nearestInPicture(picture, point, k));
    });
    report({
      stage: 'Judging the picture (points)',
      done: start + points.length,
      total: sample.length,
    });
    await breathe();
    if (signal.aborted) throw cancelled('Judging the picture');
  }
  return {
    value: 1 - (2 * excess) / (sample.length * k * (2 * n - 3 * k - 1)),
    points: sample.length,
  };
}

/** Sum over the picture's neighbours of max(0, rank - k), rank 1 being the nearest by cosine. */
function excessRanks(cosines: Float32Array, point: number, neighbors: Int32Array): number {
  let sum = 0;
  for (const neighbor of neighbors) {
    let rank = 1;
    for (let j = 0; j < cosines.length; j++) {
      if (j !== point && j !== neighbor && cosines[j] > cosines[neighbor]) rank++;
    }
    sum += Math.max(0, rank - neighbors.length);
  }
  return sum;
}

function nearestInPicture({ rows, data }: Matrix, point: number, k: number): Int32Array {
  const indices = new Int32Array(k).fill(-1);
  const squares = new Float64Array(k).fill(Infinity);
  for (let j = 0; j < rows; j++) {
    if (j === point) continue;
    const square =
      (data[j * 2] - data[point * 2]) ** 2 + (data[j * 2 + 1] - data[point * 2 + 1]) ** 2;
    if (square >= squares[k - 1]) continue;
    let place = k - 1;
    for (; place > 0 && squares[place - 1] > square; place--) {
      squares[place] = squares[place - 1];
      indices[place] = indices[place - 1];
    }
    squares[place] = square;
    indices[place] = j;
  }
  return indices;
}
