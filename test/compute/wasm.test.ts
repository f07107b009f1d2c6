import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { matrixDifference, pairDifference } from '../../src/compute/difference.ts';
import { createReference } from '../../src/compute/reference.ts';
import { createWasm } from '../../src/compute/wasm.ts';
import { loadEngine } from '../../src/compute/wasm/engine.ts';
import { matrix, row, takeRows, type Matrix } from '../../src/core/matrix.ts';
import { helperThread, threadHandlers, type ThreadApi } from '../../src/compute/helper-threads.ts';
import { connect } from '../../src/protocol/client.ts';
import { startWorker } from '../helpers/fake-worker.ts';
import { kernelsSuite } from './kernels.suite.ts';
import { comparePair, randomMatrix } from './matrices.ts';

kernelsSuite('wasm', { create: () => createWasm(), runs: 60 });

describe('with helpers', () => {
  const helper = () =>
    helperThread(connect<ThreadApi>(startWorker(threadHandlers()).worker, 'A thread'));

  kernelsSuite('wasm', { create: () => createWasm(() => [helper(), helper()]), runs: 5 });

  test('they work where there is enough to do, and the numbers are the same to the bit', async () => {
    const workers = [startWorker(threadHandlers()), startWorker(threadHandlers())];
    const helpers = workers.map(({ worker }) => helperThread(connect<ThreadApi>(worker, 'It')));
    const [one, three] = [await createWasm(), await createWasm(() => helpers)];
    const [x, y, z] = [1, 2, 3].map((seed) => randomMatrix(seed, 300, 129));
    for (const copy of [3, 64, 65, 200, 299]) row(x, copy).set(row(x, 0));
    const x64 = randomMatrix(5, 700, 64);
    const pairs = [x, y, z].flatMap((a) => [y, z].map((b) => ({ x: a, y: b })));
    expect(await three.comparePairs(pairs)).toEqual(await one.comparePairs(pairs));
    const many = randomMatrix(4, 1500, 64);
    for (const copy of [3, 64, 65, 1200]) row(many, copy).set(row(many, 0));
    expect(await three.nearest(many, 15)).toEqual(await one.nearest(many, 15));
    const [found, expected] = [
      await three.cosineMatrix(many, x64),
      await one.cosineMatrix(many, x64),
    ];
    expect(matrixDifference(found, expected)).toBe(0);
    for (const { received } of workers) {
      const methods = (received as { method: string }[]).map(({ method }) => method);
      expect(new Set(methods)).toEqual(new Set(['comparePair', 'cosineMatrix', 'nearest']));
    }
    expect(three.device).toBe('CPU (WebAssembly SIMD, 3 threads)');
    three.dispose();
    expect(workers.every((worker) => worker.isTerminated())).toBe(true);
  });

  test('pairs count as finished when they are, not when a thread takes them', async () => {
    const kernels = await createWasm(() => [helper(), helper()]);
    const x = randomMatrix(1, 300, 400);
    const told: number[] = [];
    await kernels.comparePairs(
      Array.from({ length: 4 }, () => ({ x, y: x })),
      (done) => {
        told.push(done);
      },
    );
    expect(told).toEqual([1, 2, 3, 4]);
  });

  test('a view of a large buffer travels alone', async () => {
    const { worker, received } = startWorker(threadHandlers());
    const kernels = await createWasm(() => [helperThread(connect<ThreadApi>(worker, 'It'))]);
    const large = randomMatrix(1, 3000, 64);
    const x = { rows: 1000, columns: 64, data: large.data.subarray(64_000, 128_000) };
    await kernels.cosineMatrix(x, large);
    const [{ argument }] = received as { argument: { x: Matrix } }[];
    expect(argument.x.data.buffer.byteLength).toBe(argument.x.data.byteLength);
  });

  test('a stop ends the search everywhere, and the next call is answered', async () => {
    const kernels = await createWasm(() => [helper()]);
    const x = randomMatrix(11, 2000, 64);
    const stop = (): never => {
      throw new Error('enough');
    };
    await expect(kernels.nearest(x, 5, stop)).rejects.toThrow('enough');
    const pairs = [1, 2, 3, 4].map(() => ({ x, y: x }));
    await expect(kernels.comparePairs(pairs, stop)).rejects.toThrow('enough');
    expect((await kernels.nearest(x, 5)).rows).toBe(2000);
  });

  test('a helper that dies fails the call with its reason', async () => {
    const dying = startWorker(threadHandlers());
    const kernels = await createWasm(() => [
      helperThread(connect<ThreadApi>(dying.worker, 'A thread of the analysis')),
    ]);
    const searching = kernels.nearest(randomMatrix(11, 2000, 64), 5);
    setTimeout(() => dying.crash('out of memory'), 1);
    await expect(searching).rejects.toMatchObject({
      code: 'worker/crashed',
      message: 'A thread of the analysis stopped: out of memory.',
    });
  });
});

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
