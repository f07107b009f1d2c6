import { describe, expect, it } from 'vitest';
import { createReference } from '../../src/compute/reference.ts';
import { matrix, type Matrix, type Products } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { principalComponents } from '../../src/projection/pca.ts';
import { gaussians, matrixOf, rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { randomFacts, statistics } from '../helpers/golden.ts';

const products: Products = (x, y) => createReference().cosineMatrix(x, y);
const pictureOf = (x: Matrix): Promise<Matrix> => principalComponents(x, products);

/** Rows fact by fact, as the golden picture has them. */
const factByFact = rowsOf(
  randomFacts.raw[0].flatMap((_, i) => randomFacts.raw.map((rows) => rows[i])),
);

describe('principalComponents', () => {
  it('agrees with scikit-learn on 200 renderings, signs included', async () => {
    expectClose((await pictureOf(factByFact)).data, randomFacts.principalComponents.flat());
  });

  it('agrees with scikit-learn on an almost round cloud, whose leading variances are 1.46, 1.27 and 0.96', async () => {
    const { rows, principalComponents: golden } = statistics.roundCloud;
    expectClose((await pictureOf(matrixOf(rows))).data, golden.flat());
  });

  it('puts most variance on the first axis, and none on both together', async () => {
    const { data } = await pictureOf(matrixOf(gaussians(seededRandom(2), 100, 6)));
    let [first, second, both] = [0, 0, 0];
    for (let i = 0; i < data.length; i += 2) {
      first += data[i] ** 2;
      second += data[i + 1] ** 2;
      both += data[i] * data[i + 1];
    }
    expect(first).toBeGreaterThan(second);
    expect(Math.abs(both) / first).toBeLessThan(1e-4);
  });

  it('does not change when all rows are moved by one vector', async () => {
    const rows = gaussians(seededRandom(3), 40, 4);
    const moved = rows.map((values) => values.map((value, k) => value + [5, -2, 0, 1][k]));
    expectClose(
      (await pictureOf(matrixOf(moved))).data,
      (await pictureOf(matrixOf(rows))).data,
      1e-4,
    );
  });

  it('is zero where there is no variance: equal rows, a line, one number per row', async () => {
    const equal = await pictureOf(
      matrixOf([
        [0.1, 0.7],
        [0.1, 0.7],
        [0.1, 0.7],
      ]),
    );
    expect(Math.max(...equal.data.map(Math.abs))).toBeLessThan(1e-6);
    const line = await pictureOf(
      matrixOf([
        [0, 0],
        [1, 2],
        [2, 4],
      ]),
    );
    expectClose(line.data, [-Math.sqrt(5), 0, 0, 0, Math.sqrt(5), 0], 1e-5);
    expectClose((await pictureOf(matrixOf([[1], [3]]))).data, [-1, 0, 1, 0], 1e-6);
  });

  it('gives one row the origin', async () => {
    expect(await pictureOf(matrixOf([[0.6, 0.8]]))).toEqual(matrix(1, 2));
  });

  it('repeats exactly', async () => {
    expect(await pictureOf(factByFact)).toEqual(await pictureOf(factByFact));
  });
});
