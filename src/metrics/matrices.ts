import type { LanguageMatrix } from '../core/matrix.ts';
import type { MatrixId, PairReport } from '../core/report.ts';

/** What a language has with itself. */
const DIAGONAL: Record<MatrixId, number> = {
  mean_cosine: 1,
  calibrated: 1,
  bias: 0,
  bias_centroid: 0,
  bias_residual: 0,
  p_at_1: 1,
  mexa: 1,
};

/** Square matrices of the pairs' scores. `p_at_1` reads row -> column; the others are symmetric. NaN: not defined. */
export function matricesOf(
  pairs: readonly PairReport[],
  L: number,
): Record<MatrixId, LanguageMatrix> {
  const fill = (
    id: MatrixId,
    forth: (pair: PairReport) => number,
    back = forth,
  ): LanguageMatrix => {
    const values = new Float64Array(L * L).fill(NaN);
    for (let l = 0; l < L; l++) values[l * L + l] = DIAGONAL[id];
    for (const pair of pairs) {
      values[pair.a * L + pair.b] = forth(pair);
      values[pair.b * L + pair.a] = back(pair);
    }
    return values;
  };
  return {
    mean_cosine: fill('mean_cosine', ({ meanCosine }) => meanCosine.value),
    calibrated: fill('calibrated', ({ calibrated }) => calibrated),
    bias: fill('bias', ({ bias }) => bias),
    bias_centroid: fill('bias_centroid', ({ biasCentroid }) => biasCentroid),
    bias_residual: fill('bias_residual', ({ biasResidual }) => biasResidual),
    p_at_1: fill(
      'p_at_1',
      ({ precisionAToB }) => precisionAToB.value,
      ({ precisionBToA }) => precisionBToA.value,
    ),
    mexa: fill('mexa', ({ mexa }) => mexa.value),
  };
}
