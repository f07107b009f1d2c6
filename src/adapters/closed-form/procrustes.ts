import { matrix, transpose, type Matrix, type Products } from '../../core/matrix.ts';
import type { Sides } from './language-rows.ts';
import { CENTERING_ALONE, LIMIT, type MapAt } from './maps-at.ts';
import { polarFactor } from './polar.ts';
import { spectralNorm } from './spectral-norm.ts';

/**
 * T2: ridge Procrustes, W = polar(XᵀY + λI), orthogonal. Strength: ρ, with λ = ρ times the spectral norm of XᵀY; Infinity
 * is centering alone, and so is what shares nothing with its target.
 *
 * @see Schönemann 1966, Psychometrika 31, for λ = 0
 */
export async function procrustes({ x, y }: Sides, products: Products): Promise<MapAt> {
  const shared = x.rows > 0 ? await products(transpose(x), transpose(y)) : matrix(0, 0);
  const norm = spectralNorm(shared);
  return async (strength) => {
    if (norm === 0 || strength === Infinity) return CENTERING_ALONE;
    const rho = Math.max(strength, LIMIT);
    const m = ridged(shared, norm, rho);
    return { kind: 'full', weights: await polarFactor(m, rho / (1 + rho), products) };
  };
}

/** (M + λI) / (|M| + λ): singular values at most 1. */
function ridged({ rows, columns, data }: Matrix, norm: number, rho: number): Matrix {
  const scale = 1 / (norm * (1 + rho));
  return matrix(
    rows,
    columns,
    data.map((value, e) => (value + (e % (columns + 1) === 0 ? rho * norm : 0)) * scale),
  );
}
