import type { PreferenceSettings } from '../../core/adapter.ts';
import type { Tensor } from '../tensors/open-tensors.ts';
import type { BatchTensors, Loss } from '../training/batch.ts';

/**
 * Direct preference optimization of a policy that retrieves: π(y | q) is the softmax of cosines at temperature τ over the
 * candidates of q, the reference is centering alone, and what both share cancels out. With the change of the margin,
 * h = [s(q, chosen) - s(q, rejected)] after - before, and z = (β / τ) h:
 *
 * dpo: -log σ(z); conservative: -(1 - ε) log σ(z) - ε log σ(-z), ε the pair's noise; ipo: (h - 1 / (2 β))².
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
    const { tf } = batch;
    const change = tf.sub(margins(batch, 'adapted'), margins(batch, 'centred'));
    if (loss === 'ipo') return tf.mean(tf.square(tf.sub(change, 1 / (2 * beta))));
    const z = tf.mul(change, beta / temperature);
    // -log σ(z) = softplus(-z)
    if (loss === 'dpo') return tf.mean(tf.softplus(tf.neg(z)));
    const noise = tf.tensor1d(batch.noise);
    return tf.mean(
      tf.add(
        tf.mul(tf.sub(1, noise), tf.softplus(tf.neg(z))),
        tf.mul(noise, tf.softplus(z)),
      ),
    );
  };
}

/** s(q, chosen) - s(q, rejected). [n] */
function margins(batch: BatchTensors, state: 'adapted' | 'centred'): Tensor {
  const { tf, n } = batch;
  const [query, chosen, rejected] = tf.split(batch[state], [n, n, n], 0);
  return tf.sum(tf.mul(query, tf.sub(chosen, rejected)), 1);
}
