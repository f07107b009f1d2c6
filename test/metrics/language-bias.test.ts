import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../src/core/matrix.ts';
import {
  fitScaler,
  fitUniformScaler,
  languageBias,
  type Scaler,
} from '../../src/metrics/language-bias.ts';
import { gaussians, matrixOf, rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { threeLanguages } from '../helpers/golden.ts';
import { meansOf } from '../helpers/pairs.ts';
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

describe('fitUniformScaler', () => {
  it('has one deviation for all dimensions, the root of their mean variance', () => {
    const { mean, deviation } = fitUniformScaler(
      matrixOf([
        [1, 10],
        [2, 10],
        [6, 40],
      ]),
    );
    expectClose(mean, [3, 20], 1e-12);
    const one = Math.sqrt((14 / 3 + 200) / 2);
    expectClose(deviation, [one, one], 1e-12);
  });

  it('divides by 1 where there is no variance', () => {
    expectClose(fitUniformScaler(matrixOf([[0.1], [0.1], [0.1]])).deviation, [1], 0);
  });
});

const biasOf = (x: Matrix, y: Matrix, scaler: Scaler) => meansOf({ ...languageBias(x, y, scaler) });

describe('languageBias', () => {
  const languages = threeLanguages.raw.map((rows) => rowsOf(rows));
  const scaler = fitScaler(rowsOf(threeLanguages.raw.flat()));

  it.each(threeLanguages.pairs)('of languages $a and $b is $bias', ({ a, b, ...golden }) => {
    const { total, centroid, residual } = biasOf(languages[a], languages[b], scaler);
    expectClose(
      [total, centroid, residual],
      [golden.bias, golden.biasCentroid, golden.biasResidual],
    );
  });

  it('of raw vectors has the values of the definitions', () => {
    const raw = threeLanguages.raw.map((rows) => matrixOf(rows));
    const own = fitScaler(matrixOf(threeLanguages.raw.flat()));
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
    ].map(([a, b]) => biasOf(raw[a], raw[b], own));
    expectClose(
      pairs.flatMap(({ total, centroid, residual }) => [total, centroid, residual]),
      [0.529786, 0.268657, 0.26113, 1.435671, 0.170516, 1.265155, 1.461726, 0.036188, 1.425539],
    );
  });

  it('of halved vectors is a quarter with the scaler frozen, and the same with their own', () => {
    const halved = languages.map(({ rows, columns, data }) =>
      matrix(
        rows,
        columns,
        data.map((value) => value / 2),
      ),
    );
    const own = fitScaler(
      matrix(15, 4, Float32Array.from(halved.flatMap(({ data }) => Array.from(data)))),
    );
    const { total } = biasOf(languages[0], languages[2], scaler);
    expectClose(
      [biasOf(halved[0], halved[2], scaler).total, biasOf(halved[0], halved[2], own).total],
      [total / 4, total],
    );
  });

  it('is the same both ways', () => {
    expect(languageBias(languages[0], languages[2], scaler)).toEqual(
      languageBias(languages[2], languages[0], scaler),
    );
  });

  it('is 0 for a language and its copy', () => {
    expect(biasOf(languages[1], languages[1], scaler)).toEqual({
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
    const { total, centroid, residual } = biasOf(x, y, {
      mean: new Float64Array(4),
      deviation: new Float64Array(4).fill(1),
    });
    expect(centroid).toBeCloseTo((1 + 4 + 0.25) / 4, 5);
    expect(total).toBeCloseTo(centroid, 6);
    expect(residual).toBeCloseTo(0, 6);
  });

  it('is 2 for standard normal renderings that know nothing of each other', () => {
    const [x, y] = [1, 2].map((seed) => matrixOf(gaussians(seededRandom(seed), 4000, 8)));
    const { total } = biasOf(x, y, {
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

describe('languageBias of unit vectors without z-scores', () => {
  const unscaled = { mean: new Float64Array(4), deviation: new Float64Array(4).fill(1) };

  it.each([
    { pair: 'en-de', b: 1, parts: [0.258415, 0.106673, 0.151741] },
    { pair: 'en-sw', b: 2, parts: [0.579191, 0.063574, 0.515617] },
  ])('is 2 - 2 · mean cosine over the dimensions, and splits: $pair', ({ b, parts }) => {
    const [x, y] = [threeLanguages.raw[0], threeLanguages.raw[b]].map(rowsOf);
    const { total, centroid, residual } = meansOf({ ...languageBias(x, y, unscaled) });
    expectClose(
      [total, centroid, residual].map((part) => 4 * part),
      parts,
    );
  });
});
