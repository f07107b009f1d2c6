/** Solves A x = b for several b at once, in place: each b becomes its x. A: [d, d], symmetric, positive definite; kept. */
export function solveSymmetric(a: Float64Array, b: readonly Float64Array[]): void {
  const d = Math.sqrt(a.length);
  const factor = cholesky(a, d);
  const m = b.length;
  // Entry i of every b side by side: they are solved together, row by row in memory.
  const x = Float64Array.from({ length: d * m }, (_, e) => b[e % m][Math.floor(e / m)]);
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) subtract(x, m, { from: i, row: k, times: factor[i * d + k] });
    divide(x.subarray(i * m, (i + 1) * m), factor[i * d + i]);
  }
  for (let i = d - 1; i >= 0; i--) {
    divide(x.subarray(i * m, (i + 1) * m), factor[i * d + i]);
    for (let k = 0; k < i; k++) subtract(x, m, { from: k, row: i, times: factor[i * d + k] });
  }
  b.forEach((own, j) => own.forEach((_, i) => (own[i] = x[i * m + j])));
}

/** Takes a multiple of one row of m numbers from another. */
function subtract(
  x: Float64Array,
  m: number,
  { from, row, times }: { from: number; row: number; times: number },
): void {
  const [target, source] = [from * m, row * m];
  for (let j = 0; j < m; j++) x[target + j] -= times * x[source + j];
}

function divide(row: Float64Array, divisor: number): void {
  for (let j = 0; j < row.length; j++) row[j] /= divisor;
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
