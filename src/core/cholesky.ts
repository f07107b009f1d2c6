/** Solves A x = b for several b at once, in place: each b becomes its x. A: [d, d], symmetric, positive definite; kept. */
export function solveSymmetric(a: Float64Array, b: readonly Float64Array[]): void {
  const d = Math.sqrt(a.length);
  const factor = cholesky(a, d);
  const m = b.length;
  // Entry i of every b side by side: they are solved together, row by row in memory.
  const x = Float64Array.from({ length: d * m }, (_, e) => b[e % m][Math.floor(e / m)]);
  for (let i = 0; i < d; i++) {
    subtract(x, m, { from: i, rows: [0, i], factorOf: (k) => factor[i * d + k] });
    divide(x.subarray(i * m, (i + 1) * m), factor[i * d + i]);
  }
  for (let i = d - 1; i >= 0; i--) {
    subtract(x, m, { from: i, rows: [d - 1, i], factorOf: (k) => factor[k * d + i] });
    divide(x.subarray(i * m, (i + 1) * m), factor[i * d + i]);
  }
  b.forEach((own, j) => own.forEach((_, i) => (own[i] = x[i * m + j])));
}

interface Subtraction {
  from: number;
  /** From the first, up or down, to before the second. */
  rows: [number, number];
  factorOf(row: number): number;
}

/** Takes multiples of rows of m numbers from another, one after the other; four at a time, which saves memory traffic. */
function subtract(x: Float64Array, m: number, { from, rows, factorOf }: Subtraction): void {
  const [first, end] = rows;
  const step = Math.sign(end - first);
  const count = Math.abs(end - first);
  const target = from * m;
  let done = 0;
  for (; done + 4 <= count; done += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((next) => first + step * (done + next));
    const [p, q, r, s] = [factorOf(a), factorOf(b), factorOf(c), factorOf(d)];
    const [A, B, C, D] = [a * m, b * m, c * m, d * m];
    for (let j = 0; j < m; j++)
      x[target + j] = x[target + j] - p * x[A + j] - q * x[B + j] - r * x[C + j] - s * x[D + j];
  }
  for (; done < count; done++) {
    const row = first + step * done;
    const times = factorOf(row);
    for (let j = 0; j < m; j++) x[target + j] -= times * x[row * m + j];
  }
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
