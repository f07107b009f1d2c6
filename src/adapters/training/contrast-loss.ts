import { FALSE_NEGATIVE_COSINE, type TrainingSettings } from '../../core/adapter.ts';
import type { Tensor, Tensor2D } from '../tensors/open-tensors.ts';
import { gram, rowLogSumExp } from '../tensors/products.ts';
import type { BatchTensors, Loss } from './batch.ts';

/** Taken from the logits of what is no negative: no softmax sees it. */
const OUT = 1e9;

type Weights = Pick<
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
export function contrastLoss(weights: Weights): Loss {
  const { temperature, keep, geometry } = weights;
  return (batch) => {
    const { tf, adapted, centred } = batch;
    const cosines = gram(tf, adapted);
    const logits = tf.add(
      tf.div(cosines, temperature),
      tf.mul(leftOut(batch, weights), -OUT),
    ) as Tensor2D;
    const contrast = tf.sub(
      tf.mean(rowLogSumExp(tf, logits)),
      tf.div(tf.mean(matches(batch)), temperature),
    );
    const kept = tf.sum(tf.squaredDifference(adapted, centred));
    let loss = tf.add(contrast, tf.mul(kept, keep / (2 * batch.n)));
    if (geometry > 0) loss = tf.add(loss, tf.mul(geometryChange(batch, cosines), geometry));
    return tf.reshape(loss, []);
  };
}

/** Cosine of each fact's two renderings. [n] */
function matches({ tf, n, adapted }: BatchTensors): Tensor {
  const [a, b] = tf.split(adapted, [n, n], 0);
  return tf.sum(tf.mul(a, b), 1);
}

/** 1 where a rendering is no negative of another, nor its match. [2n, 2n] */
function leftOut({ tf, n, raw }: BatchTensors, { sameLanguageNegatives }: Weights): Tensor {
  const others = tf.sub(1, tf.eye(n));
  const blocks = tf.split(raw, [n, n], 0).map((own) => {
    const near = tf.step(tf.sub(gram(tf, own as Tensor2D), FALSE_NEGATIVE_COSINE));
    const same = sameLanguageNegatives ? tf.maximum(near, tf.eye(n)) : tf.onesLike(near);
    return { same, across: tf.mul(near, others) };
  });
  return tf.concat(
    [
      tf.concat([blocks[0].same, blocks[0].across], 1),
      tf.concat([blocks[1].across, blocks[1].same], 1),
    ],
    0,
  );
}

function geometryChange({ tf, n, centred }: BatchTensors, cosines: Tensor2D): Tensor {
  const first = tf.concat([tf.ones([n, 1]), tf.zeros([n, 1])], 0);
  const second = tf.sub(1, first);
  const within = tf.add(
    tf.mul(first, tf.reshape(first, [1, 2 * n])),
    tf.mul(second, tf.reshape(second, [1, 2 * n])),
  );
  const change = tf.mul(tf.sub(cosines, gram(tf, centred)), within);
  return tf.div(tf.sum(tf.mul(change, change)), 2 * n * n);
}
