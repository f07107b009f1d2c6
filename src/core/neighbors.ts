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
