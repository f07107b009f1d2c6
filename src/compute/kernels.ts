import type { Matrix, Products } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';

/**
 * What one pass over the cosine matrix S = X Yᵀ of a language pair yields; S itself is never stored. All arrays have n
 * entries. Fact i's match is S[i, i]; its rivals are the S[i, j] (row) or S[j, i] (column) with j != i.
 */
export interface PairScores {
  matched: Float32Array;
  /** Best rival of the row: the wrong fact in Y nearest to X's fact i; -1 and -Infinity for n = 1. */
  rowRival: Float32Array;
  rowRivalIndex: Int32Array;
  /** Best rival of the column: the wrong fact in X nearest to Y's fact i. */
  columnRival: Float32Array;
  columnRivalIndex: Int32Array;
  /** 1 + number of rivals above the match by more than TIE_MARGIN. */
  rowRank: Int32Array;
  columnRank: Int32Array;
  /** Sum of all n² cosines, in double precision. */
  sum: number;
}

/** Called with the number of rows finished, and awaited; what it throws ends the call. */
export type OnRows = (done: number) => void | Promise<void>;

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
  /** One fused pass over a language pair; needs n = m. */
  comparePair(x: Matrix, y: Matrix): Promise<PairScores>;
  /**
   * Exact k nearest rows of X for each row of X, the row itself left out, equal cosines in index order. Needs
   * 1 <= k < n.
   *
   * @param onRows called with the number of rows finished; the caller may throw from it to stop
   */
  nearest(x: Matrix, k: number, onRows?: OnRows): Promise<Neighbors>;
  dispose(): void;
}

/** The kernels' cosines as metrics and projection ask for them. */
export function productsOf(kernels: Kernels): Products {
  return (x, y) => kernels.cosineMatrix(x, y);
}
