import { describe, expect, test } from 'vitest';
import { approximateNearest } from '../../src/compute/nn-descent.ts';
import { createReference } from '../../src/compute/reference.ts';
import { createWasm } from '../../src/compute/wasm.ts';
import { dot, matrix, normalizeRows, row, type Matrix } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';
import { gaussians } from '../helpers/corpora.ts';
import { randomMatrix } from './matrices.ts';

/** `facts` renderings of each of many facts, near each other. */
function parallelRows(facts: number, renderings: number, d: number): Matrix {
  const random = seededRandom(7);
  const centres = gaussians(random, facts, d);
  const data = Array.from({ length: facts * renderings }, (_, r) =>
    gaussians(random, 1, d)[0].map((noise, k) => centres[r % facts][k] + 0.6 * noise),
  );
  return normalizeRows(matrix(data.length, d, Float32Array.from(data.flat())));
}

describe('approximateNearest', () => {
  test('finds nearly all of the true neighbours, and says how many', async () => {
    const kernels = await createWasm();
    const x = parallelRows(300, 9, 24);
    const { neighbors, recall, sampled } = await approximateNearest({ x, k: 15, seed: 3 }, kernels);
    const exact = await kernels.nearest(x, 15);
    let found = 0;
    for (let i = 0; i < x.rows; i++) {
      const truth = new Set(exact.indices.subarray(i * 15, (i + 1) * 15));
      found += neighbors.indices.subarray(i * 15, (i + 1) * 15).filter((j) => truth.has(j)).length;
    }
    expect(found / exact.indices.length).toBeGreaterThan(0.95);
    expect(sampled).toBe(500);
    expect(Math.abs(recall - found / exact.indices.length)).toBeLessThan(0.02);
  });

  test('lists other rows once each, best first, with their cosines', async () => {
    const x = randomMatrix(1, 333, 37);
    const { neighbors } = await approximateNearest({ x, k: 10, seed: 3 }, createReference());
    for (let i = 0; i < x.rows; i++) {
      const indices = [...neighbors.indices.subarray(i * 10, (i + 1) * 10)];
      const cosines = [...neighbors.cosines.subarray(i * 10, (i + 1) * 10)];
      expect(new Set([...indices, i]).size).toBe(11);
      expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
      indices.forEach((j, s) => expect(cosines[s]).toBeCloseTo(dot(row(x, i), row(x, j)), 5));
    }
  });

  test('equal rows: all found by their cosine, in index order', async () => {
    const x = matrix(200, 3, new Float32Array(600).fill(1 / Math.sqrt(3)));
    const { neighbors, recall } = await approximateNearest({ x, k: 5, seed: 1 }, createReference());
    expect(recall).toBe(1);
    for (let i = 0; i < 200; i++) {
      const indices = [...neighbors.indices.subarray(i * 5, (i + 1) * 5)];
      expect(indices).toEqual(indices.toSorted((a, b) => a - b));
    }
  });

  test('the seed decides, and the same seed gives the same bytes', async () => {
    const kernels = await createWasm();
    const x = randomMatrix(2, 800, 64);
    const run = (seed: number) => approximateNearest({ x, k: 8, seed }, kernels);
    expect(await run(1)).toEqual(await run(1));
    expect((await run(2)).neighbors.indices).not.toEqual((await run(1)).neighbors.indices);
  });

  test.each([
    [2, 1],
    [5, 4],
    [60, 59],
  ])('%i rows, k = %i: all', async (n, k) => {
    const x = randomMatrix(4, n, 5);
    const found = await approximateNearest({ x, k, seed: 1 }, createReference());
    expect(found.recall).toBe(1);
  });

  test('steps are heard, and what the listener throws ends the search', async () => {
    const x = randomMatrix(2, 800, 64);
    const heard: [number, number][] = [];
    await approximateNearest({ x, k: 8, seed: 1 }, createReference(), (...step) => {
      heard.push(step);
    });
    expect(heard.at(-1)).toEqual([19, 19]);
    const stopping = approximateNearest({ x, k: 8, seed: 1 }, createReference(), () => {
      throw new Error('enough');
    });
    await expect(stopping).rejects.toThrow('enough');
  });

  test('refuses numbers that are not finite, and k that does not fit', async () => {
    const x = randomMatrix(2, 20, 4);
    await expect(approximateNearest({ x, k: 20, seed: 1 }, createReference())).rejects.toThrow(
      /k is 20/,
    );
    x.data[13] = NaN;
    await expect(approximateNearest({ x, k: 3, seed: 1 }, createReference())).rejects.toThrow(
      'Row 3 of the vectors contains NaN.',
    );
  });
});
