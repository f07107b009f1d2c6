import { assert } from '../core/errors.ts';
import { meanRow, row, type Matrix } from '../core/matrix.ts';

/** Mean and standard deviation of every dimension. */
export interface Scaler {
  mean: Float64Array;
  deviation: Float64Array;
}

/**
 * Fits z-scores over all rows: population standard deviation; a dimension without variance is divided by 1, as in
 * scikit-learn's StandardScaler.
 *
 * @param x [rows, d]
 */
export function fitScaler(x: Matrix): Scaler {
  const d = x.columns;
  const mean = meanRow(x);
  const deviation = new Float64Array(d);
  for (let r = 0; r < x.rows; r++) {
    for (let k = 0; k < d; k++) deviation[k] += (x.data[r * d + k] - mean[k]) ** 2;
  }
  for (let k = 0; k < d; k++) {
    // A constant column leaves rounding noise of float32 size, which must not be blown up to unit variance.
    const variance = deviation[k] / x.rows;
    deviation[k] = variance > 1e-14 ? Math.sqrt(variance) : 1;
  }
  return { mean, deviation };
}

/**
 * Means, and one deviation for all dimensions: the root of their mean variance. Z-scores with it keep the proportions
 * of the dimensions, so that the variance shares are those of the vectors as they are (the trace version).
 *
 * @param x [rows, d]
 */
export function fitUniformScaler(x: Matrix): Scaler {
  const mean = meanRow(x);
  let squares = 0;
  x.data.forEach((value, e) => (squares += (value - mean[e % x.columns]) ** 2));
  const variance = squares / x.data.length;
  const deviation = variance > 1e-14 ? Math.sqrt(variance) : 1;
  return { mean, deviation: new Float64Array(x.columns).fill(deviation) };
}

/** Parts by fact: the mean of a list is the metric. [n] */
export interface LanguageBias {
  /** Squared distance per dimension of z-scored renderings of one fact; 0 is identical, lower is closer. */
  total: Float64Array;
  /** The part that two languages' mean vectors explain, linearized: its value plus the fact's influence on it. */
  centroid: Float64Array;
  /** The rest: what remains after each language's mean is taken away. */
  residual: Float64Array;
}

/**
 * FaMSS language bias of a pair and its exact split, B = centroid shift + residual misalignment. The scaler's means
 * cancel in differences, so only its deviations are used. To compare two states of the vectors, give both one scaler.
 *
 * @param x [n, d] of language a; @param y [n, d] of language b, fact by fact
 * @see Liu et al. 2025 (arXiv 2406.14434), probe.py; the split is the law of total variance
 */
export function languageBias(x: Matrix, y: Matrix, scaler: Scaler): LanguageBias {
  assert(x.rows === y.rows && x.rows > 0, `languageBias: X has ${x.rows} rows but Y ${y.rows}`);
  const { rows: n, columns: d } = x;
  const shift = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    const difference = scaledDifference(row(x, i), row(y, i), scaler);
    for (let k = 0; k < d; k++) shift[k] += difference[k] / n;
  }
  const [total, residual] = [new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const difference = scaledDifference(row(x, i), row(y, i), scaler);
    for (let k = 0; k < d; k++) {
      total[i] += difference[k] ** 2 / d;
      residual[i] += (difference[k] - shift[k]) ** 2 / d;
    }
  }
  return { total, centroid: total.map((value, i) => value - residual[i]), residual };
}

function scaledDifference(a: Float32Array, b: Float32Array, { deviation }: Scaler): Float64Array {
  return deviation.map((unit, k) => (a[k] - b[k]) / unit);
}
