/**
 * The k nearest rows of each row, best first, the row itself left out. Row-major [rows, k].
 * `indices` names the neighbour, `cosines` its cosine in [-1, 1].
 */
export interface Neighbors {
  rows: number;
  k: number;
  indices: Int32Array;
  cosines: Float32Array;
}

/** The first k of each list. */
export function shortened({ rows, k, indices, cosines }: Neighbors, length: number): Neighbors {
  const isKept = (_: unknown, e: number): boolean => e % k < length;
  return {
    rows,
    k: Math.min(length, k),
    indices: indices.filter(isKept),
    cosines: cosines.filter(isKept),
  };
}
