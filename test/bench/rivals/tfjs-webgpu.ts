import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import type { Matrix } from '../../../src/core/matrix.ts';

/** Best values that are asked for in each row and column. */
const K = 10;

/** Starts tfjs on a device of its own. */
export async function startTfjsWebGpu(): Promise<void> {
  await tf.setBackend('webgpu');
  await tf.ready();
}

/** Best values of every row and column of the cosines, as tfjs offers them: product, then `topk` both ways. */
export async function bestBothWays(x: Matrix, y: Matrix): Promise<void> {
  const results = tf.tidy(() => {
    const product = tf.matMul(
      tf.tensor2d(x.data, [x.rows, x.columns]),
      tf.tensor2d(y.data, [y.rows, y.columns]),
      false,
      true,
    );
    const rows = tf.topk(product, K);
    const columns = tf.topk(tf.transpose(product), K);
    return [rows.values, rows.indices, columns.values, columns.indices];
  });
  await Promise.all(results.map((tensor) => tensor.data()));
  tf.dispose(results);
}
