import { describe, expect, it } from 'vitest';
import { deflate, eigenvalues, leadingAxis } from '../../src/core/eigen.ts';
import { dot } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { gaussians } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { statistics } from '../helpers/golden.ts';

/** Covariance of rows of numbers. [d, d] */
function covarianceOf(rows: number[][]): Float64Array {
  const d = rows[0].length;
  const mean = rows[0].map((_, k) => rows.reduce((sum, r) => sum + r[k], 0) / rows.length);
  return Float64Array.from({ length: d * d }, (_, e) => {
    const [i, j] = [Math.floor(e / d), e % d];
    return (
      rows.reduce((sum, r) => sum + (r[i] - mean[i]) * (r[j] - mean[j]), 0) / (rows.length - 1)
    );
  });
}

describe('eigenvalues', () => {
  it('agree with NumPy on a covariance of eight dimensions', () => {
    const { rows, eigenvalues: golden } = statistics.roundCloud;
    expectClose(eigenvalues(covarianceOf(rows), 8), golden, 1e-7);
  });

  it('of a diagonal matrix are its entries, decreasing, also where they are equal or negative', () => {
    const diagonal = [2, -1, 2, 0, 5];
    const full = Float64Array.from({ length: 25 }, (_, e) => (e % 6 === 0 ? diagonal[e / 6] : 0));
    expectClose(eigenvalues(full, 5), [5, 2, 2, 0, -1], 1e-14);
  });

  it('are 3 and 1 for [[2, 1], [1, 2]], 7 for [[7]], and none for no matrix', () => {
    expectClose(eigenvalues(Float64Array.of(2, 1, 1, 2), 2), [3, 1], 1e-14);
    expectClose(eigenvalues(Float64Array.of(7), 1), [7], 1e-14);
    expectClose(eigenvalues(new Float64Array(0), 0), []);
  });

  it('sum to the trace and, squared, to the squared norm; as many are 0 as the rank lacks', () => {
    const covariance = covarianceOf(gaussians(seededRandom(4), 12, 30));
    const values = eigenvalues(covariance, 30);
    const trace = values.reduce((sum, value) => sum + value, 0);
    expect(trace).toBeCloseTo(
      covariance.filter((_, e) => e % 31 === 0).reduce((a, b) => a + b, 0),
      10,
    );
    expect(dot(values, values)).toBeCloseTo(dot(covariance, covariance), 9);
    expect(values[10]).toBeGreaterThan(0.1);
    expectClose(values.slice(11), new Array<number>(19).fill(0), 1e-12);
  });

  it('leave the matrix as it was', () => {
    const matrix = Float64Array.of(2, 1, 1, 2);
    eigenvalues(matrix, 2);
    expectClose(matrix, [2, 1, 1, 2], 0);
  });
});

describe('leadingAxis', () => {
  it('is the eigenvector of the largest eigenvalue; deflated, that of the next', () => {
    const covariance = covarianceOf(statistics.roundCloud.rows);
    for (const golden of statistics.roundCloud.eigenvalues.slice(0, 2)) {
      const axis = leadingAxis(covariance, 8);
      expect(dot(axis, axis)).toBeCloseTo(1, 12);
      expect(deflate(covariance, axis)).toBeCloseTo(golden, 7);
    }
  });
});
