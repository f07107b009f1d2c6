import type { Matrix, Products } from '../../core/matrix.ts';
import type { Tensor, Tensor2D, Tensors, Tf } from './open-tensors.ts';

// Transposed beforehand: with its flags for that, tfjs on WebAssembly leaves its fast product for one ten times slower.

/** X Yᵀ. [n, m] for X: [n, d], Y: [m, d] */
export function rowProducts(tf: Tf, x: Tensor2D, y: Tensor2D): Tensor2D {
  return tf.matMul(x, tf.transpose(y));
}

/** Xᵀ Y. [d, e] for X: [n, d], Y: [n, e] */
export function columnProducts(tf: Tf, x: Tensor2D, y: Tensor2D): Tensor2D {
  return tf.matMul(tf.transpose(x), y);
}

/** Dot product of each row with the same row of another. [n, 1] */
export function rowDots(tf: Tf, x: Tensor, y: Tensor): Tensor2D {
  return tf.sum(tf.mul(x, y), 1, true);
}

/** Products of rows on the device of tfjs. */
export function tensorProducts(tensors: Tensors): Products {
  return (x, y) =>
    tensors.run(async (tf) => {
      const result = tf.tidy(() => rowProducts(tf, tensorOf(tf, x), tensorOf(tf, y)));
      try {
        return { rows: x.rows, columns: y.rows, data: (await result.data()) as Float32Array };
      } finally {
        result.dispose();
      }
    });
}

function tensorOf(tf: Tf, { rows, columns, data }: Matrix): Tensor2D {
  return tf.tensor2d(data, [rows, columns]);
}
