/** Edges from `heads` to `tails`, by head, with the share of epochs in which each is due, in [0, 1]. All arrays are [edges]. */
export interface Edges {
  heads: Int32Array;
  tails: Int32Array;
  shares: Float32Array;
}

/** Where the edges of each point begin, and at last where they end. [points + 1] */
export function offsetsOf(points: number, { heads }: Edges): Int32Array {
  const offsets = new Int32Array(points + 1);
  for (const head of heads) offsets[head + 1]++;
  for (let i = 0; i < points; i++) offsets[i + 1] += offsets[i];
  return offsets;
}

/** The share of steps in which each edge is due, in 65,536ths. [edges] */
export function ratesOf({ shares }: Edges): Uint16Array {
  return Uint16Array.from(shares, (share) => Math.min(65535, Math.round(65536 * share)));
}
