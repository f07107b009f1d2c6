/** Solves A x = b for several b at once, in place: each b becomes its x. A: [d, d], symmetric, positive definite; kept. */
export function solveSymmetric(a: Float64Array, b: readonly Float64Array[]): void {
  const d = Math.sqrt(a.length);
  const factor = cholesky(a, d);
  for (const x of b) {
    for (let i = 0; i < d; i++) {
      for (let k = 0; k < i; k++) x[i] -= factor[i * d + k] * x[k];
      x[i] /= factor[i * d + i];
    }
    for (let i = d - 1; i >= 0; i--) {
      x[i] /= factor[i * d + i];
      for (let k = 0; k < i; k++) x[k] -= factor[i * d + k] * x[i];
    }
  }
}

/**
 * The lower triangle L with A = L Lᵀ.
 *
 * @see Golub and Van Loan, section 4.2
 */
function cholesky(a: Float64Array, d: number): Float64Array {
  const factor = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * d + j];
      for (let k = 0; k < j; k++) rest -= factor[i * d + k] * factor[j * d + k];
      factor[i * d + j] = i === j ? Math.sqrt(rest) : rest / factor[j * d + j];
    }
  }
  return factor;
}
