import type { Kernels } from '../compute/kernels.ts';
import { takeRows, type Matrix } from '../core/matrix.ts';
import { randomSubset, seededRandom } from '../core/random.ts';
import type { PictureQuality } from '../core/report.ts';
import { breatheUnlessStopped, type CallContext } from '../protocol/server.ts';

/** Above twice this many points the sums run over a seeded sample of this many; their neighbours are sought among all. */
const SAMPLE = 1000;
const BLOCK = 64;

export interface PictureRequest {
  /** Unit rows [n, d] */
  vectors: Matrix;
  /** [n, 2] */
  picture: Matrix;
  /** Neighbours of trustworthiness and continuity. */
  k: number;
  /** Neighbours of recall, in [k, n - 1). */
  wide: number;
  seed: number;
}

/**
 * How far a picture's neighbours are neighbours by cosine. Trustworthiness is 1 minus the normalised sum of how far
 * beyond k the picture's k nearest rank by cosine; continuity, of how far beyond k the k nearest by cosine rank in the
 * picture; recall, the share of the picture's `wide` nearest that are among as many nearest by cosine. A random picture
 * has about 0.5, 0.5 and wide / n. Of equal cosines those count as nearest that are nearest in the picture.
 *
 * @returns NaN and 0 points when n <= 2k, where trustworthiness is not defined
 * @see Venna and Kaski 2001 and 2006; scikit-learn's `trustworthiness`
 */
export async function judgePicture(
  { vectors, picture, k, wide, seed }: PictureRequest,
  kernels: Kernels,
  { signal, report }: CallContext,
): Promise<PictureQuality> {
  const n = vectors.rows;
  if (n <= 2 * k) return { trustworthiness: NaN, continuity: NaN, recall: NaN, points: 0 };
  const sample =
    n <= 2 * SAMPLE
      ? Int32Array.from({ length: n }, (_, i) => i)
      : randomSubset(seededRandom(seed), SAMPLE, n);
  const sums = { intruders: 0, missed: 0, kept: 0 };
  for (let start = 0; start < sample.length; start += BLOCK) {
    const points = sample.subarray(start, start + BLOCK);
    const cosines = await kernels.cosineMatrix(takeRows(vectors, points), vectors);
    points.forEach((point, i) => {
      const row = cosines.data.subarray(i * n, (i + 1) * n);
      const found = judgePoint(sidesOf(row, picture, point), point, k, wide);
      sums.intruders += found.intruders;
      sums.missed += found.missed;
      sums.kept += found.kept;
    });
    const done = start + points.length;
    report({ stage: 'Judging the picture (points)', done, total: sample.length });
    await breatheUnlessStopped(signal, 'Judging the picture');
  }
  const share = 2 / (sample.length * k * (2 * n - 3 * k - 1));
  return {
    trustworthiness: 1 - share * sums.intruders,
    continuity: 1 - share * sums.missed,
    recall: sums.kept / (sample.length * wide),
    points: sample.length,
  };
}

/** How far every point lies from one, the less the nearer: by cosine, and squared in the picture. [n] */
interface Sides {
  angles: Float32Array;
  squares: Float64Array;
}

function sidesOf(cosines: Float32Array, { data }: Matrix, point: number): Sides {
  const squares = new Float64Array(cosines.length);
  for (let j = 0; j < squares.length; j++) {
    squares[j] =
      (data[j * 2] - data[point * 2]) ** 2 + (data[j * 2 + 1] - data[point * 2 + 1]) ** 2;
  }
  return { angles: cosines.map((cosine) => -cosine), squares };
}

function judgePoint({ angles, squares }: Sides, point: number, k: number, wide: number) {
  const inPicture = nearest(point, wide, squares, angles);
  const byCosine = nearest(point, wide, angles, squares);
  const farthest = angles[byCosine[wide - 1]];
  return {
    intruders: excessRanks(angles, point, inPicture.subarray(0, k)),
    missed: excessRanks(squares, point, byCosine.subarray(0, k)),
    kept: inPicture.filter((j) => angles[j] <= farthest).length,
  };
}

/** Sum over the neighbours of max(0, rank - k), rank 1 being the nearest. */
function excessRanks(far: ArrayLike<number>, point: number, neighbors: Int32Array): number {
  let sum = 0;
  for (const neighbor of neighbors) {
    let rank = 1;
    for (let j = 0; j < far.length; j++) {
      if (j !== point && far[j] < far[neighbor]) rank++;
    }
    sum += Math.max(0, rank - neighbors.length);
  }
  return sum;
}

/** The k points nearest to one, nearest first; of equally far ones those that are nearer on the other side. */
function nearest(
  point: number,
  k: number,
  far: ArrayLike<number>,
  other: ArrayLike<number>,
): Int32Array {
  const indices = new Int32Array(k).fill(-1);
  const isNearer = (a: number, b: number): boolean =>
    b < 0 || far[a] < far[b] || (far[a] === far[b] && other[a] < other[b]);
  for (let j = 0; j < far.length; j++) {
    if (j === point || !isNearer(j, indices[k - 1])) continue;
    let place = k - 1;
    for (; place > 0 && isNearer(j, indices[place - 1]); place--)
      indices[place] = indices[place - 1];
    indices[place] = j;
  }
  return indices;
}
