import { FALSE_NEGATIVE_COSINE, type TrainingSettings } from '../../core/adapter.ts';
import type { Scalar, Tensor, Tensor2D } from '../tensors/open-tensors.ts';
import { rowDots, rowProducts } from '../tensors/products.ts';
import type { BatchTensors, Loss } from './batch.ts';

/** Taken from the logits of what is no negative: no softmax sees it. */
const OUT = 1e9;

/** Settings that the loss depends on. */
export type ContrastWeights = Pick<
  TrainingSettings,
  'temperature' | 'sameLanguageNegatives' | 'keep' | 'geometry'
>;

/**
 * Symmetric InfoNCE over n facts in two languages, with what keeps the space as it was: for each rendering, the softmax
 * over the other language's renderings and, if asked, the other ones of its own language, at the one of the same fact.
 * Facts whose vectors, before any adapter, are nearer than FALSE_NEGATIVE_COSINE in the rendering's language are in no
 * denominator.
 *
 * keep: mean over renderings of |f(x) - c|², c the centred unit row; geometry: mean squared difference of the cosines
 * within each language after and before.
 *
 * @see van den Oord, Li and Vinyals 2018 (InfoNCE); Roy et al. 2020 (same-language negatives)
 */
export function contrastLoss(weights: ContrastWeights): Loss {
  const { temperature, keep, geometry } = weights;
  return (batch) => {
    const { tf, n, adapted, centred } = batch;
    const cosines = rowProducts(tf, adapted, adapted);
    const logits = tf.sub(tf.div(cosines, temperature), tf.mul(leftOut(batch, weights), OUT));
    const shares = tf.softmax(logits as Tensor2D);
    const matches = matchesOf(batch);
    const moved = tf.sub(adapted, centred) as Tensor2D;
    const bent = tf.mul(tf.sub(cosines, rowProducts(tf, centred, centred)), within(batch));
    const parts = [
      tf.mean(logSums(batch, logits, shares)),
      tf.mul(tf.mean(rowDots(tf, adapted, matches)), -1 / temperature),
      tf.mul(tf.sum(tf.square(moved)), keep / (2 * n)),
      tf.mul(tf.sum(tf.square(bent)), geometry / (2 * n * n)),
    ];
    return {
      value: tf.addN(parts) as Scalar,
      gradient: () => {
        const byCosine = tf.add(
          tf.mul(shares, 1 / (2 * n * temperature)),
          tf.mul(bent, geometry / (n * n)),
        ) as Tensor2D;
        return tf.addN([
          tf.matMul(tf.add(byCosine, tf.transpose(byCosine)) as Tensor2D, adapted),
          tf.mul(matches, -1 / (n * temperature)),
          tf.mul(moved, keep / n),
        ]);
      },
    };
  };
}

/** Logarithm of the sum of exponentials of each row: its maximum less the logarithm of its largest share. [2n] */
function logSums({ tf }: BatchTensors, logits: Tensor, shares: Tensor): Tensor {
  return tf.sub(tf.max(logits, 1), tf.log(tf.max(shares, 1)));
}

/** For each row that of its fact in the other language. [2n, d] */
function matchesOf({ tf, n, adapted }: BatchTensors): Tensor2D {
  const [a, b] = tf.split(adapted, [n, n], 0);
  return tf.concat([b, a], 0) as Tensor2D;
}

/** 1 where a rendering is no negative of another, nor its match. [2n, 2n] */
function leftOut({ tf, n, raw }: BatchTensors, { sameLanguageNegatives }: ContrastWeights): Tensor {
  const self = tf.eye(n);
  const [first, second] = tf.split(raw, [n, n], 0).map((own) => {
    const cosines = rowProducts(tf, own as Tensor2D, own as Tensor2D);
    const near = tf.step(tf.sub(cosines, FALSE_NEGATIVE_COSINE));
    return {
      same: sameLanguageNegatives ? tf.maximum(near, self) : tf.onesLike(near),
      across: tf.mul(near, tf.sub(1, self)),
    };
  });
  return tf.concat([
    tf.concat([first.same, first.across], 1),
    tf.concat([second.across, second.same], 1),
  ]);
}

/** 1 where two renderings are of one language. [2n, 2n] */
function within({ tf, n }: BatchTensors): Tensor {
  const side = tf.concat([tf.ones([n, 1]), tf.mul(tf.ones([n, 1]), -1)]);
  return tf.step(tf.mul(side, tf.transpose(side)));
}
