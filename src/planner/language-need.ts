import type { LanguageMatrix } from '../core/matrix.ts';
import type { PairMeasures } from '../core/plan.ts';
import { mean } from '../core/statistics.ts';

/** Differences of bias below this part of the largest are rounding. */
const ROUNDING = 1e-12;

/** By language. [L] each */
export interface Needs {
  /** b(l): mean bias to the other languages; NaN where no fact is shared. */
  bias: Float64Array;
  /** w(l); sums to 1. Equal among languages with a bias where all biases are equal, 0 without one. */
  need: Float64Array;
  /** Centroid shift's share of b(l), in [0, 1]; NaN where b(l) is 0 or not defined. */
  centroidShare: Float64Array;
}

/** w(l) = max(0, b(l) - lowest b), normalized to sum 1. */
export function languageNeeds({ bias, centroid }: PairMeasures, L: number): Needs {
  const means = meansOverOthers(bias, L);
  const known = means.filter((value) => !Number.isNaN(value));
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  const isEven = highest - lowest <= ROUNDING * highest;
  const excess = means.map((value) =>
    Number.isNaN(value) ? 0 : isEven ? 1 : Math.max(0, value - lowest),
  );
  const sum = excess.reduce((total, value) => total + value, 0);
  return {
    bias: means,
    need: excess.map((value) => value / sum),
    centroidShare: meansOverOthers(centroid, L).map((value, l) => value / means[l]),
  };
}

/** Mean of each row's defined entries off the diagonal; NaN for none. */
function meansOverOthers(values: LanguageMatrix, L: number): Float64Array {
  return Float64Array.from({ length: L }, (_, l) => {
    const others = values.subarray(l * L, (l + 1) * L);
    return mean(others.filter((value, k) => k !== l && !Number.isNaN(value)));
  });
}
