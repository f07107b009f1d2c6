import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pairDifference } from '../../src/compute/difference.ts';
import { createReference } from '../../src/compute/reference.ts';
import { createWasm } from '../../src/compute/wasm.ts';
import { loadEngine } from '../../src/compute/wasm/engine.ts';
import { matrix, takeRows } from '../../src/core/matrix.ts';
import { kernelsSuite } from './kernels.suite.ts';
import { comparePair, randomMatrix } from './matrices.ts';

kernelsSuite('wasm', { create: createWasm, runs: 60 });

test('kernel-bytes.ts is what assembly/kernel.ts compiles to', () => {
  const build = fileURLToPath(new URL('../../src/compute/wasm/build.mjs', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [build, '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('a match and an equal rival have the same bits', async () => {
  const kernels = await createWasm();
  const x = takeRows(randomMatrix(3, 1, 1025), new Int32Array(70));
  const { matched, rowRival, columnRival } = await comparePair(kernels, x, x);
  expect(new Set([...matched, ...rowRival, ...columnRival]).size).toBe(1);
});

test('exchanging the languages exchanges rows and columns to the bit', async () => {
  const kernels = await createWasm();
  const x = randomMatrix(1, 130, 300);
  const y = randomMatrix(2, 130, 300);
  const forth = await comparePair(kernels, x, y);
  const back = await comparePair(kernels, y, x);
  expect(back.rowRival).toEqual(forth.columnRival);
  expect(back.columnRivalIndex).toEqual(forth.rowRivalIndex);
  expect(back.columnRank).toEqual(forth.rowRank);
  expect(back.rowSum).toEqual(forth.columnSum);
  expect(back.columnNearest).toEqual(forth.rowNearest);
  expect(back.eitherReach).toEqual(forth.eitherReach);
  expect(back.below).toEqual(forth.below);
});

test('sums of equal signs, where rounding errors pile up, stay within the tolerance', async () => {
  const kernels = await createWasm();
  const x = matrix(9, 3001, new Float32Array(9 * 3001).fill(1 / Math.sqrt(3001)));
  const cosines = await createReference().cosineMatrix(x, x);
  const difference = pairDifference(await comparePair(kernels, x, x), cosines);
  expect(difference).toBeLessThanOrEqual(kernels.tolerance);
});

test('the event loop gets a turn many times during long work', async () => {
  const kernels = await createWasm();
  const x = randomMatrix(1, 3000, 256);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await kernels.nearest(x, 10);
  for (let pair = 0; pair < 10; pair++) await comparePair(kernels, x, x);
  clearInterval(timer);
  expect(turns).toBeGreaterThanOrEqual(5);
});

test('a call that begins before the last has ended is refused, and the last goes on', async () => {
  const kernels = await createWasm();
  const x = randomMatrix(1, 20, 8);
  const first = comparePair(kernels, x, x);
  await expect(kernels.nearest(x, 2)).rejects.toThrow('nearest: the last call has not ended');
  expect((await first).matched.length).toBe(20);
});

test('disposed kernels refuse to work', async () => {
  const kernels = await createWasm();
  kernels.dispose();
  const x = randomMatrix(1, 3, 2);
  await expect(comparePair(kernels, x, x)).rejects.toThrow(
    'comparePairs: the kernels are disposed',
  );
});

test('more memory than WebAssembly has is refused with the size, and the kernels stay usable', async () => {
  const kernels = await createWasm();
  const x = matrix(40_000, 1, new Float32Array(40_000).fill(1));
  const refusal = { code: 'memory/exceeded', message: expect.stringContaining('6401 MB') };
  await expect(kernels.nearest(x, 20_000)).rejects.toMatchObject(refusal);
  const two = takeRows(x, [0, 1]);
  expect((await comparePair(kernels, two, two)).rowSum).toEqual(new Float64Array([1, 1]));
});

test('memory beyond 64 MB is given back with the next call', async () => {
  const nextEngine = await loadEngine();
  const bytes = async (): Promise<number> => (await nextEngine()).code.memory.buffer.byteLength;
  (await nextEngine()).layout([10_000_000]);
  expect(await bytes()).toBeGreaterThan(40e6);
  (await nextEngine()).layout([20_000_000]);
  expect(await bytes()).toBeLessThan(1e6);
});
