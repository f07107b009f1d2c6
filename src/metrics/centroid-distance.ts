import { dot, row, type Matrix } from '../core/matrix.ts';

/**
 * 1 - cosine of every rendering with the mean of the same fact's other renderings: drift without a pivot language.
 *
 * @param cells row of each (fact, language) in `vectors`, -1 for a hole; see `cellRows`
 * @returns [facts, L] in [0, 2]; NaN for a hole, for a fact with one rendering, and where the others cancel out
 */
export function centroidDistances(cells: Int32Array, L: number, vectors: Matrix): Float32Array {
  const distances = new Float32Array(cells.length).fill(NaN);
  const sum = new Float64Array(vectors.columns);
  for (let start = 0; start < cells.length; start += L) {
    const present = languagesOf(cells, start, L);
    if (present.length < 2) continue;
    sum.fill(0);
    for (const language of present) add(sum, row(vectors, cells[start + language]));
    const length = dot(sum, sum);
    for (const language of present) {
      const own = row(vectors, cells[start + language]);
      // With s the sum of all and e the own unit vector: e·(s - e) / |s - e|.
      const along = dot(sum, own);
      const square = dot(own, own);
      const others = Math.sqrt(Math.max(0, length - 2 * along + square));
      if (others <= 1e-9) continue;
      const cosine = (along - square) / (others * Math.sqrt(square));
      distances[start + language] = Math.max(0, 1 - cosine);
    }
  }
  return distances;
}

function languagesOf(cells: Int32Array, start: number, L: number): number[] {
  const present: number[] = [];
  for (let language = 0; language < L; language++)
    if (cells[start + language] >= 0) present.push(language);
  return present;
}

function add(sum: Float64Array, values: Float32Array): void {
  for (let k = 0; k < sum.length; k++) sum[k] += values[k];
}
