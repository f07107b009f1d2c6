import { solveSymmetric } from '../../core/cholesky.ts';
import { matrix, transpose, type Products } from '../../core/matrix.ts';
import type { Sides } from './language-rows.ts';
import { CENTERING_ALONE, LIMIT, type MapAt } from './maps-at.ts';
import { spectralNorm } from './spectral-norm.ts';

/**
 * T3: ridge drawn to the identity, W = (XᵀX + aI)⁻¹ (XᵀY + aI), which minimizes |X W - Y|² + a |W - I|². Strength: ρ, with
 * a = ρ times the spectral norm of XᵀX; Infinity is centering alone, and so is what shares nothing with its target.
 *
 * @see Hoerl and Kennard 1970, Technometrics 12, for ridge regression
 */
export async function ridge({ x, y }: Sides, products: Products): Promise<MapAt> {
  const d = x.columns;
  const columns = transpose(x);
  const squares = x.rows > 0 ? await products(columns, columns) : matrix(0, 0);
  const norm = spectralNorm(squares);
  if (norm === 0) return async () => CENTERING_ALONE;
  // Its row j is column j of XᵀY.
  const shared = await products(transpose(y), columns);
  return async (strength) => {
    if (strength === Infinity) return CENTERING_ALONE;
    const a = Math.max(strength, LIMIT) * norm;
    const left = Float64Array.from(squares.data, (v, e) => v + (e % (d + 1) === 0 ? a : 0));
    const right = Float64Array.from(shared.data, (v, e) => v + (e % (d + 1) === 0 ? a : 0));
    const solved = Array.from({ length: d }, (_, j) => right.subarray(j * d, (j + 1) * d));
    solveSymmetric(left, solved);
    return { kind: 'full', weights: transpose(matrix(d, d, Float32Array.from(right))) };
  };
}
