import { AnalyzerError } from '../../core/errors.ts';
import { matrix, transpose, type Matrix, type Products } from '../../core/matrix.ts';

/** Frobenius norm of Q Qᵀ - I from which one more step, which squares it, ends below rounding. */
const NEARLY_ORTHOGONAL = 1e-3;
const MOST_STEPS = 120;

/** Stretches the interval before a step: small singular values grow 2.46-fold, those near 1 shrink to 0.25 at most. */
const STRETCH = Math.sqrt(2.7);
const SHRUNK = (STRETCH * (3 - STRETCH ** 2)) / 2;

/**
 * The orthogonal factor Q of M = Q H, H positive semidefinite: the rotation nearest to M. By Newton's and Schulz's
 * products alone, Q <- 1.5 Q - 0.5 Q QᵀQ, stretched while the smallest singular values are far below 1.
 *
 * @param m [d, d], singular values at most 1
 * @param smallest what the smallest singular value is expected to be, above 0; decides about speed alone
 * @returns [d, d], QᵀQ = I to about 1e-6
 * @throws AnalyzerError `numeric/not-finite` where M has no inverse, and hence more than one such factor
 * @see Higham 2008, Functions of Matrices, section 8.3; Chen and Chow 2014, ANL/MCS-P5059, for stretching
 */
export async function polarFactor(
  m: Matrix,
  smallest: number,
  products: Products,
): Promise<Matrix> {
  const growth = (3 * STRETCH) / 2;
  const stretched = Math.ceil(Math.log(SHRUNK / smallest) / Math.log(growth));
  let q = m;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (step < stretched) q = scaled(q, STRETCH);
    const squares = await products(q, q);
    const isLast = distanceFromIdentity(squares) < NEARLY_ORTHOGONAL;
    q = halfway(q, await products(squares, transpose(q)));
    if (isLast) return q;
  }
  throw new AnalyzerError(
    'numeric/not-finite',
    `No rotation was found in ${MOST_STEPS} steps: in some direction the two sides have nothing in common.`,
    { hint: 'Choose another strength, or more facts.' },
  );
}

function halfway(q: Matrix, cubed: Matrix): Matrix {
  return matrix(
    q.rows,
    q.columns,
    q.data.map((value, e) => 1.5 * value - 0.5 * cubed.data[e]),
  );
}

function scaled({ rows, columns, data }: Matrix, factor: number): Matrix {
  return matrix(
    rows,
    columns,
    data.map((value) => factor * value),
  );
}

function distanceFromIdentity({ columns, data }: Matrix): number {
  let sum = 0;
  for (let e = 0; e < data.length; e++) sum += (data[e] - Number(e % (columns + 1) === 0)) ** 2;
  return Math.sqrt(sum);
}
