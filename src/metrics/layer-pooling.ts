/** A score of one language over the layers of an encoder; all NaN (layer -1) where no layer has one. */
export interface PooledScore {
  max: number;
  /** The first layer with the largest score. */
  layer: number;
  mean: number;
}

/**
 * The largest and the mean score over layers, as MEXA pools its own; layers without a score are left out.
 *
 * @param scores by layer, first to last; NaN where a layer has none
 * @see Kargaran et al. 2025, MEXA, which pools before it is scaled by a model's accuracy in the pivot language
 */
export function poolLayers(scores: ArrayLike<number>): PooledScore {
  const pooled = { max: NaN, layer: -1, mean: NaN };
  let sum = 0;
  let count = 0;
  for (let k = 0; k < scores.length; k++) {
    if (Number.isNaN(scores[k])) continue;
    sum += scores[k];
    count++;
    if (count > 1 && scores[k] <= pooled.max) continue;
    pooled.max = scores[k];
    pooled.layer = k;
  }
  return { ...pooled, mean: sum / count };
}
