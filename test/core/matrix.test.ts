import { describe, expect, it } from 'vitest';
import {
  assertSameColumns,
  assertSameShape,
  centredRows,
  dot,
  largestDifference,
  matrix,
  meanRow,
  normalizeRows,
  productBlocks,
  row,
  takeRows,
  transpose,
} from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { matrixOf, rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { products } from '../helpers/pairs.ts';

const sample = (): ReturnType<typeof matrix> =>
  matrixOf([
    [1, 2, 3],
    [4, 5, 6],
  ]);

describe('matrix', () => {
  it('refuses numbers that do not fill the shape', () => {
    expect(() => matrix(2, 3, new Float32Array(5))).toThrow(
      'matrix: expected 2 x 3 = 6 numbers, got 5',
    );
  });

  it('is row-major: row i is a view of the i-th run of numbers', () => {
    const x = sample();
    expect([...row(x, 1)]).toEqual([4, 5, 6]);
    row(x, 1)[0] = 9;
    expect(x.data[3]).toBe(9);
  });

  it('takes rows in the order asked for, as a copy', () => {
    const x = sample();
    const taken = takeRows(x, [1, 0, 1]);
    expect(taken).toMatchObject({ rows: 3, columns: 3 });
    expect([...taken.data]).toEqual([4, 5, 6, 1, 2, 3, 4, 5, 6]);
    taken.data[0] = 7;
    expect(x.data[3]).toBe(4);
  });

  it('transposes', () => {
    expect(transpose(sample())).toEqual(
      matrixOf([
        [1, 4],
        [2, 5],
        [3, 6],
      ]),
    );
  });

  it('names both shapes where they must agree and do not', () => {
    const [x, y] = [matrix(2, 3), matrix(3, 4)];
    expect(() => assertSameShape(x, y, 'here')).toThrow('here: X is [2, 3] but Y is [3, 4]');
    expect(() => assertSameColumns(x, y, 'here')).toThrow(
      'here: X has rows of 3 numbers but Y of 4',
    );
  });
});

describe('dot', () => {
  it('sums in double precision', () => {
    // In float32 the 1 would be lost beside 2^24.
    expect(dot(Float32Array.of(2 ** 24, 1, -(2 ** 24)), Float32Array.of(1, 1, 1))).toBe(1);
  });
});

describe('normalizeRows', () => {
  it('scales every row to length 1 in place', () => {
    const x = matrixOf([
      [3, 4],
      [0, -2],
    ]);
    expect(normalizeRows(x)).toBe(x);
    expect([...x.data]).toEqual([0.6, 0.8, 0, -1].map(Math.fround));
  });

  it('changes unit rows by rounding only', () => {
    const once = normalizeRows(
      matrixOf([
        [1, 2, 3],
        [0.1, -0.7, 5],
      ]),
    );
    expectClose(normalizeRows(matrix(2, 3, once.data.slice())).data, once.data, 6e-8);
  });

  it.each([
    [[NaN, 1], 'Row 1 of the embeddings contains NaN.'],
    [[Infinity, 1], 'Row 1 of the embeddings contains Infinity.'],
    [[0, 0], 'Row 1 of the embeddings has length 0.'],
  ])('refuses %j and names the row', (bad, sentence) => {
    const refused = (): unknown => normalizeRows(matrixOf([[1, 0], bad]));
    expect(refused).toThrow(sentence);
    expect(refused).toThrow(
      expect.objectContaining({ code: 'numeric/not-finite', detail: { row: 1 } }),
    );
  });

  it('scales rows whose squares would overflow float32', () => {
    expectClose(normalizeRows(matrixOf([[3e30, 4e30]])).data, [0.6, 0.8], 1e-7);
  });
});

describe('largestDifference', () => {
  it('is the largest 1 - cosine of the rows', () => {
    expect(
      largestDifference(
        rowsOf([
          [1, 0],
          [0, 1],
        ]),
        [
          [1, 0],
          [0.6, 0.8],
        ],
      ),
    ).toBeCloseTo(0.2, 6);
  });

  it('is Infinity for rows of another width, and for too few of them', () => {
    const vectors = rowsOf([
      [1, 0],
      [0, 1],
    ]);
    expect(
      largestDifference(vectors, [
        [1, 0, 0],
        [0, 1, 0],
      ]),
    ).toBe(Infinity);
    expect(largestDifference(vectors, [[1, 0]])).toBe(Infinity);
  });

  it('is not a number where a vector is not one, so that no limit lets it pass', () => {
    expect(largestDifference(rowsOf([[1, 0]]), [[NaN, 0]])).toBeNaN();
  });
});

describe('normalizeRows', () => {
  it('leaves rows as they are that it has scaled before, to the bit', () => {
    const random = seededRandom(5);
    const rows = matrix(
      2000,
      7,
      Float32Array.from({ length: 14_000 }, () => random() - 0.5),
    );
    const once = normalizeRows(rows).data.slice();
    expect(normalizeRows(rows).data).toEqual(once);
  });
});

describe('centredRows', () => {
  it('takes the mean of the rows, or another one, from a copy', () => {
    const source = sample();
    expectClose(meanRow(source), [2.5, 3.5, 4.5], 0);
    expectClose(centredRows(source).data, [-1.5, -1.5, -1.5, 1.5, 1.5, 1.5], 0);
    expectClose(centredRows(source, Float64Array.of(1, 2, 3)).data, [0, 0, 0, 3, 3, 3], 0);
    expectClose(source.data, [1, 2, 3, 4, 5, 6], 0);
  });
});

describe('productBlocks', () => {
  it('gives all products once, row after row, in blocks of at most four million', async () => {
    const x = matrix(5, 1, Float32Array.of(1, 2, 3, 4, 5));
    const y = matrix(1_900_000, 1);
    y.data[1] = 10;
    const found: number[][] = [];
    const fast = (a: typeof x): Promise<typeof x> => {
      const block = matrix(a.rows, y.rows);
      for (let i = 0; i < a.rows; i++) block.data[i * y.rows + 1] = a.data[i] * y.data[1];
      return Promise.resolve(block);
    };
    for await (const { start, block } of productBlocks(x, y, fast))
      found.push([
        start,
        block.rows,
        ...Array.from({ length: block.rows }, (_, i) => row(block, i)[1]),
      ]);
    expect(found).toEqual([
      [0, 2, 10, 20],
      [2, 2, 30, 40],
      [4, 1, 50],
    ]);
  });

  it('gives one block where they fit', async () => {
    const blocks = [];
    for await (const { block } of productBlocks(sample(), sample(), products)) blocks.push(block);
    expect(blocks).toEqual([matrix(2, 2, Float32Array.of(14, 32, 32, 77))]);
  });
});
