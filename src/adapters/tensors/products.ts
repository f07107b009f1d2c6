import type { Products } from '../../core/matrix.ts';
import type { Tensor, Tensor2D, Tf } from './open-tensors.ts';

// The gradients that tfjs has for these transpose inside the product, or pass the largest tensor many times: on
// WebAssembly that takes most of a step.

/** X Y. [n, m] */
export function product(tf: Tf, x: Tensor2D, y: Tensor2D): Tensor2D {
  const custom = tf.customGrad((...inputs: unknown[]) => {
    const [a, b, save] = inputs as [Tensor2D, Tensor2D, (tensors: Tensor[]) => void];
    save([a, b]);
    return {
      value: tf.matMul(a, b),
      gradFunc: (dy, saved) => {
        const [left, right] = saved as Tensor2D[];
        return [
          tf.matMul(dy as Tensor2D, tf.transpose(right)),
          tf.matMul(tf.transpose(left), dy as Tensor2D),
        ];
      },
    };
  });
  return custom(x, y) as Tensor2D;
}

/** X Xᵀ. [n, n] */
export function gram(tf: Tf, x: Tensor2D): Tensor2D {
  const custom = tf.customGrad((...inputs: unknown[]) => {
    const [a, save] = inputs as [Tensor2D, (tensors: Tensor[]) => void];
    save([a]);
    return {
      value: tf.matMul(a, tf.transpose(a)),
      gradFunc: (dy, saved) =>
        tf.matMul(tf.add(dy, tf.transpose(dy)) as Tensor2D, saved[0] as Tensor2D),
    };
  });
  return custom(x) as Tensor2D;
}

/** Logarithm of the sum of exponentials of each row: its maximum less the logarithm of its largest softmax. [n] */
export function rowLogSumExp(tf: Tf, x: Tensor2D): Tensor {
  const custom = tf.customGrad((...inputs: unknown[]) => {
    const [a, save] = inputs as [Tensor2D, (tensors: Tensor[]) => void];
    const shares = tf.softmax(a);
    save([shares]);
    return {
      value: tf.sub(tf.max(a, 1), tf.log(tf.max(shares, 1))),
      gradFunc: (dy, saved) => tf.mul(tf.expandDims(dy, 1), saved[0]),
    };
  });
  return custom(x);
}

/** Rows at length 1; a row of zeros stays. */
export function unitRows(tf: Tf, x: Tensor2D): Tensor2D {
  const squares = tf.sum(tf.mul(x, x), 1, true);
  return tf.div(x, tf.sqrt(tf.add(squares, 1e-24)));
}

/** Products of rows on the device of tfjs. */
export function tensorProducts(tf: Tf): Products {
  return async (x, y) => {
    const result = tf.tidy(() =>
      tf.matMul(
        tf.tensor2d(x.data, [x.rows, x.columns]),
        tf.transpose(tf.tensor2d(y.data, [y.rows, y.columns])),
      ),
    );
    try {
      return { rows: x.rows, columns: y.rows, data: (await result.data()) as Float32Array };
    } finally {
      result.dispose();
    }
  };
}
