import type { PreferenceSettings } from '../../core/adapter.ts';
import type { Tensor, Tensor2D } from '../tensors/open-tensors.ts';
import { rowDots } from '../tensors/products.ts';
import type { BatchTensors, Loss } from '../training/batch.ts';

/**
 * Direct preference optimization of a policy that retrieves: π(y | q) is the softmax of cosines at temperature τ over the
 * candidates of q, the reference is centering alone, and what both share cancels out. With the change of the margin,
 * h = [s(q, chosen) - s(q, rejected)] after - before, and z = (β / τ) h:
 *
 * dpo: -log σ(z); conservative: -(1 - ε) log σ(z) - ε log σ(-z), ε the pair's noise; ipo: (h - 1 / (2 β))².
 * h is of cosines and stays below 4: ipo's goal is within reach from β = 0.125 on.
 *
 * Mean over the pairs. Blocks of the batch: queries, chosen, rejected.
 *
 * @see Rafailov et al. 2023 (DPO); Mitchell 2023 (conservative); Azar et al. 2023 (IPO)
 */
export function preferenceLoss(
  { loss, beta }: Pick<PreferenceSettings, 'loss' | 'beta'>,
  temperature: number,
): Loss {
  return (batch) => {
    const { tf, n, adapted, centred } = batch;
    const [query, chosen, rejected] = blocksOf(batch, adapted);
    const between = tf.sub(chosen, rejected);
    const [before, accepted, refused] = blocksOf(batch, centred);
    const h = tf.sub(rowDots(tf, query, between), rowDots(tf, before, tf.sub(accepted, refused)));
    const { value, slope } =
      loss === 'ipo'
        ? ipo(batch, h, beta)
        : smoothed(batch, h, { loss, scale: beta / temperature });
    return {
      value: tf.mean(value),
      gradient: () => {
        const each = tf.div(slope(), n);
        const toChosen = tf.mul(each, query);
        return tf.concat([tf.mul(each, between), toChosen, tf.neg(toChosen)]) as Tensor2D;
      },
    };
  };
}

/** Of each pair, and its derivative by h. [n, 1] */
interface PairLoss {
  value: Tensor;
  slope(): Tensor;
}

function ipo({ tf }: BatchTensors, h: Tensor, beta: number): PairLoss {
  const off = tf.sub(h, 1 / (2 * beta));
  return { value: tf.square(off), slope: () => tf.mul(off, 2) };
}

/** With -log σ(z) = log(1 + exp(-z)) and -log σ(-z) = z - log σ(z); its derivative is ε - σ(-z). */
function smoothed(
  { tf, n, noise }: BatchTensors,
  h: Tensor,
  { loss, scale }: { loss: 'dpo' | 'conservative'; scale: number },
): PairLoss {
  const z = tf.mul(h, scale);
  const epsilon = loss === 'dpo' ? tf.zeros([n, 1]) : tf.tensor2d(noise, [n, 1]);
  return {
    value: tf.add(tf.softplus(tf.neg(z)), tf.mul(epsilon, z)),
    slope: () => tf.mul(tf.sub(epsilon, tf.sigmoid(tf.neg(z))), scale),
  };
}

function blocksOf({ tf, n }: BatchTensors, rows: Tensor2D): Tensor[] {
  return tf.split(rows, [n, n, n], 0);
}
