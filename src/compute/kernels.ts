import type { Matrix, Products } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { PairScan } from '../core/pair-scan.ts';

/** Two languages, fact by fact; both [n, d]. */
export interface LanguagePair {
  x: Matrix;
  y: Matrix;
}

/** Called with the number of rows or pairs finished, and awaited; what it throws ends the call. */
export type OnDone = (done: number) => void | Promise<void>;

/**
 * Dense products of unit-row matrices. X: [n, d], Y: [m, d], both row-major. Results agree with the double-precision
 * reference (`reference.ts`) within `tolerance`. Calls on one instance must not overlap; one that does is refused.
 */
export interface Kernels {
  readonly backend: 'reference' | 'wasm' | 'webgpu';
  /** What computes, in words a user understands. */
  readonly device: string;
  /** Largest absolute difference of a cosine from the reference. */
  readonly tolerance: number;
  /** All cosines. [n, m] */
  cosineMatrix(x: Matrix, y: Matrix): Promise<Matrix>;
  /**
   * One fused pass over each language pair. Pairs that follow each other with the same X share its preparation, and a
   * GPU computes many in one submission.
   *
   * @param onPairs called with the number of pairs finished
   */
  comparePairs(pairs: readonly LanguagePair[], onPairs?: OnDone): Promise<PairScan[]>;
  /**
   * Exact k nearest rows of X for each row of X, the row itself left out, equal cosines in index order. Needs
   * 1 <= k < n.
   *
   * @param onRows called with the number of rows finished; the caller may throw from it to stop
   */
  nearest(x: Matrix, k: number, onRows?: OnDone): Promise<Neighbors>;
  dispose(): void;
}

/** The kernels' cosines as metrics and projection ask for them. */
export function productsOf(kernels: Kernels): Products {
  return (x, y) => kernels.cosineMatrix(x, y);
}
