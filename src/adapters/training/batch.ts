import { rowsOfLanguage } from '../../core/corpus.ts';
import { matrix, row, takeRows, type Matrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import { centreLanguage } from '../../metrics/centering.ts';
import type { Scalar, Tensor2D, Tf } from '../tensors/open-tensors.ts';

/** Rows that a loss is computed on: blocks of n, row i of each belonging together. */
export interface Batch {
  /** Rows of the vectors, block after block. [blocks * n] */
  rows: Int32Array;
  /** The `down` matrix that each block goes through. */
  slots: number[];
  /** Of preference pairs. [n] */
  noise: Float32Array;
}

/** A batch on the device, block after block. [blocks * n, d] each */
export interface BatchTensors {
  tf: Tf;
  n: number;
  /** f(x) */
  adapted: Tensor2D;
  /** The centred unit rows. */
  centred: Tensor2D;
  /** As they were. */
  raw: Tensor2D;
  /** [n] */
  noise: Float32Array;
}

/** Both inside one `tf.tidy`. */
export type Loss = (batch: BatchTensors) => {
  value: Scalar;
  /** Of the value by the adapted rows. [blocks * n, d] */
  gradient(): Tensor2D;
};

/** What is learned: a loss, and where its batches come from. */
export interface Objective {
  loss: Loss;
  /** Unit rows as they were, and centred; NaN where nothing is left of a row. [rows, d] */
  raw: Matrix;
  centred: Matrix;
  draw(random: Random): Batch;
  /** The same at every evaluation. */
  validation: Batch[];
}

/**
 * Rows less the mean of their language, at unit length: what T4, T5 and T6 start from.
 *
 * @param language of each row, as an index into `means`
 * @param means null where a language has none
 * @returns NaN in rows of a language without a mean, and in those that equal it
 */
export function centredUnitRows(
  vectors: Matrix,
  language: Int32Array,
  means: readonly (Float32Array | null)[],
): Matrix {
  const result = matrix(vectors.rows, vectors.columns);
  result.data.fill(NaN);
  means.forEach((mean, l) => {
    if (mean === null) return;
    const rows = rowsOfLanguage(language, l);
    const centred = centreLanguage(takeRows(vectors, rows), Float64Array.from(mean));
    rows.forEach((r, i) => row(result, r).set(row(centred, i)));
  });
  return result;
}
