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

export interface LanguageBias {
  /** Mean squared distance per dimension of z-scored renderings of one fact; 0 is identical, lower is closer. */
  total: number;
  /** The part that two languages' mean vectors explain. */
  centroid: number;
  /** The rest: what remains after each language's mean is taken away. */
  residual: number;
}

/**
 * FaMSS language bias of a pair and its exact split, B = centroid shift + residual misalignment. The scaler's means
 * cancel in differences, so only its deviations are used. To compare two states of the vectors, give both one scaler.
 *
 * @param x [n, d] of language a; @param y [n, d] of language b, fact by fact
 * @see Liu et al. 2025 (arXiv 2406.14434), probe.py; the split is the law of total variance
 */
export function languageBias(x: Matrix, y: Matrix, { deviation }: Scaler): LanguageBias {
  assert(x.rows === y.rows && x.rows > 0, `languageBias: X has ${x.rows} rows but Y ${y.rows}`);
  const d = x.columns;
  const shift = new Float64Array(d);
  let total = 0;
  for (let i = 0; i < x.rows; i++) {
    const a = row(x, i);
    const b = row(y, i);
    for (let k = 0; k < d; k++) {
      const difference = (a[k] - b[k]) / deviation[k];
      shift[k] += difference;
      total += difference * difference;
    }
  }
  let centroid = 0;
  for (let k = 0; k < d; k++) centroid += (shift[k] / x.rows) ** 2;
  total /= x.rows * d;
  centroid /= d;
  return { total, centroid, residual: Math.max(0, total - centroid) };
}
