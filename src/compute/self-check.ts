import { matrix, normalizeRows, row, type Matrix } from '../core/matrix.ts';
import { seededRandom, type Random } from '../core/random.ts';
import { matrixDifference, neighborsDifference, pairDifference } from './difference.ts';
import type { Kernels } from './kernels.ts';
import { createReference } from './reference.ts';

const NEIGHBORS = 15;

/** Two languages of a trial, small enough for a fraction of a second. */
interface Trial {
  x: Matrix;
  y: Matrix;
}

/**
 * Holds kernels against the reference on small matrices: random ones, and ones full of equal, opposite and nearly equal
 * rows whose sizes fit no tile.
 *
 * @returns the largest difference of a cosine, in [0, 2], or NaN
 */
export async function selfCheck(kernels: Kernels): Promise<number> {
  const random = seededRandom(20);
  const reference = createReference();
  let worst = 0;
  for (const { x, y } of [randomTrial(random, 70, 384), hardTrial(random, 65, 51)]) {
    const cosines = await reference.cosineMatrix(x, y);
    const own = await reference.cosineMatrix(x, x);
    const differences = [
      matrixDifference(await kernels.cosineMatrix(x, y), cosines),
      pairDifference((await kernels.comparePairs([{ x, y }]))[0], cosines),
      neighborsDifference(await kernels.nearest(x, NEIGHBORS), own),
    ];
    worst = differences.reduce((a, b) => Math.max(a, b), worst);
  }
  return worst;
}

/** Unit rows in random directions. [rows, columns] */
export function randomRows(random: Random, rows: number, columns: number): Matrix {
  const result = matrix(rows, columns);
  for (let i = 0; i < result.data.length; i++) result.data[i] = random() - 0.5;
  return normalizeRows(result);
}

/** Matches that are close, as those of a good encoder are. */
function randomTrial(random: Random, n: number, d: number): Trial {
  const x = randomRows(random, n, d);
  const noise = randomRows(random, n, d);
  const y = matrix(
    n,
    d,
    x.data.map((value, i) => value + noise.data[i]),
  );
  return { x, y: normalizeRows(y) };
}

function hardTrial(random: Random, n: number, d: number): Trial {
  const { x, y } = randomTrial(random, n, d);
  for (let i = 3; i < n; i += 3) {
    row(x, i).set(row(x, 0));
    row(y, i).set(row(y, i % 2));
    if (i % 4 === 0) row(y, i).forEach((value, k, values) => void (values[k] = -value));
    if (i % 5 === 0) row(x, i)[0] += 1e-3;
  }
  return { x: normalizeRows(x), y };
}
