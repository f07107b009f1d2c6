/** Moments of the gradients of one array of parameters. */
interface Moments {
  first: Float64Array;
  second: Float64Array;
  steps: number;
}

export interface Adam {
  /**
   * One step, in place. An array without a gradient stays as it is, its moments too.
   *
   * @param gradients of each array; null where a batch does not touch it
   */
  step(arrays: readonly Float32Array[], gradients: readonly (Float32Array | null)[]): void;
}

const [BETA_FIRST, BETA_SECOND, EPSILON] = [0.9, 0.999, 1e-8];

/** Largest length of all gradients together. */
const CLIP = 1;

/**
 * AdamW: Adam with decoupled weight decay, gradients clipped to a common length of 1 beforehand.
 *
 * @see Loshchilov and Hutter 2019
 */
export function createAdam(learningRate: number, weightDecay: number): Adam {
  const moments = new Map<number, Moments>();
  return {
    step: (arrays, gradients) => {
      const scale = clipScale(gradients);
      arrays.forEach((array, k) => {
        const gradient = gradients[k];
        if (gradient === null) return;
        const known = moments.get(k) ?? noMoments(array.length);
        moments.set(k, known);
        const decay = 1 - learningRate * weightDecay;
        const rates = ratesAt(++known.steps, learningRate);
        for (let e = 0; e < array.length; e++) {
          const g = gradient[e] * scale;
          known.first[e] += (1 - BETA_FIRST) * (g - known.first[e]);
          known.second[e] += (1 - BETA_SECOND) * (g * g - known.second[e]);
          const root = Math.sqrt(known.second[e]) * rates.second + EPSILON;
          array[e] = array[e] * decay - (rates.first * known.first[e]) / root;
        }
      });
    },
  };
}

function noMoments(length: number): Moments {
  return { first: new Float64Array(length), second: new Float64Array(length), steps: 0 };
}

/** What corrects the moments' start at zero. */
function ratesAt(step: number, learningRate: number): { first: number; second: number } {
  return {
    first: learningRate / (1 - BETA_FIRST ** step),
    second: 1 / Math.sqrt(1 - BETA_SECOND ** step),
  };
}

function clipScale(gradients: readonly (Float32Array | null)[]): number {
  let squares = 0;
  for (const gradient of gradients) for (const g of gradient ?? []) squares += g * g;
  // As PyTorch does it.
  return Math.min(1, CLIP / (Math.sqrt(squares) + 1e-6));
}
