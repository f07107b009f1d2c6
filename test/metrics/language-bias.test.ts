import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/core/matrix.ts';
import { fitScaler, languageBias } from '../../src/metrics/language-bias.ts';
import { gaussians, matrixOf, rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { threeLanguages } from '../helpers/golden.ts';
import { seededRandom } from '../../src/core/random.ts';

describe('fitScaler', () => {
  it('finds the mean and the population standard deviation of every dimension', () => {
    const { mean, deviation } = fitScaler(
      matrixOf([
        [1, 10],
        [2, 10],
        [6, 40],
      ]),
    );
    expectClose(mean, [3, 20], 1e-12);
    expectClose(deviation, [Math.sqrt(14 / 3), Math.sqrt(200)], 1e-12);
  });

  it('divides a dimension without variance by 1, also when float32 cannot hold its value', () => {
    const { deviation } = fitScaler(
      matrixOf([
        [0.1, 1],
        [0.1, 2],
        [0.1, 3],
      ]),
    );
    expect(deviation[0]).toBe(1);
    expect(deviation[1]).toBeCloseTo(Math.sqrt(2 / 3), 12);
  });

  it('keeps small but real variance', () => {
    expect(fitScaler(matrixOf([[1e-5], [-1e-5]])).deviation[0]).toBeCloseTo(1e-5, 10);
  });
});

describe('languageBias', () => {
  const languages = threeLanguages.raw.map((rows) => rowsOf(rows));
  const scaler = fitScaler(rowsOf(threeLanguages.raw.flat()));

  it.each(threeLanguages.pairs)('of languages $a and $b is $bias', ({ a, b, ...golden }) => {
    const { total, centroid, residual } = languageBias(languages[a], languages[b], scaler);
    expectClose(
      [total, centroid, residual],
      [golden.bias, golden.biasCentroid, golden.biasResidual],
    );
  });

  it('is the same both ways', () => {
    expect(languageBias(languages[0], languages[2], scaler)).toEqual(
      languageBias(languages[2], languages[0], scaler),
    );
  });

  it('is 0 for a language and its copy', () => {
    expect(languageBias(languages[1], languages[1], scaler)).toEqual({
      total: 0,
      centroid: 0,
      residual: 0,
    });
  });

  it('is all centroid when one language is the other, shifted', () => {
    const x = matrixOf(gaussians(seededRandom(1), 30, 4));
    const y = matrix(
      30,
      4,
      x.data.map((value, i) => value + [1, -2, 0, 0.5][i % 4]),
    );
    const { total, centroid, residual } = languageBias(x, y, {
      mean: new Float64Array(4),
      deviation: new Float64Array(4).fill(1),
    });
    expect(centroid).toBeCloseTo((1 + 4 + 0.25) / 4, 5);
    expect(total).toBeCloseTo(centroid, 6);
    expect(residual).toBeCloseTo(0, 6);
  });

  it('is 2 for standard normal renderings that know nothing of each other', () => {
    const [x, y] = [1, 2].map((seed) => matrixOf(gaussians(seededRandom(seed), 4000, 8)));
    const { total } = languageBias(x, y, {
      mean: new Float64Array(8),
      deviation: new Float64Array(8).fill(1),
    });
    expect(total).toBeCloseTo(2, 1);
  });

  it('refuses languages of different length, and empty ones', () => {
    expect(() => languageBias(matrix(2, 4), matrix(3, 4), scaler)).toThrow(
      'languageBias: X has 2 rows but Y 3',
    );
    expect(() => languageBias(matrix(0, 4), matrix(0, 4), scaler)).toThrow(
      'languageBias: X has 0 rows but Y 0',
    );
  });
});
