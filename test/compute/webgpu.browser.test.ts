import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  matrixDifference,
  neighborsDifference,
  pairDifference,
} from '../../src/compute/difference.ts';
import { createReference } from '../../src/compute/reference.ts';
import type { LanguagePair } from '../../src/compute/kernels.ts';
import { matrix, normalizeRows, takeRows, type Matrix } from '../../src/core/matrix.ts';
import { mean } from '../../src/core/statistics.ts';
import { separability } from '../../src/metrics/separability.ts';
import { createWebGpu, kernelsOn } from '../../src/compute/webgpu.ts';
import { openGpu, type Gpu } from '../../src/compute/webgpu/gpu.ts';
import { withSession } from '../../src/compute/webgpu/session.ts';
import { gpuRequired } from './gpu-required.ts';
import { comparePair, randomMatrix } from './matrices.ts';

const available = await gpuRequired();

/** All pairs of so many languages. */
function pairsOf(languages: number, n: number, d: number): LanguagePair[] {
  const all = Array.from({ length: languages }, (_, l) => randomMatrix(l + 1, n, d));
  return all.flatMap((x, l) => all.slice(l + 1).map((y) => ({ x, y })));
}

/** Unit rows with one and the same cosine, but for rounding, between any two of them. [n, n] */
function simplex(n: number): Matrix {
  const result = matrix(n, n, new Float32Array(n * n).fill(0.1));
  for (let i = 0; i < n; i++) result.data[i * (n + 1)] = 0.9;
  return normalizeRows(result);
}

/** Rows around one direction. [300, 64] */
function nearlyEqual(seed: number, spread: number): Matrix {
  const result = randomMatrix(seed, 300, 64);
  result.data.forEach((value, e) => void (result.data[e] = value * spread + 0.125));
  return normalizeRows(result);
}

describe.runIf(available)('webgpu', () => {
  const reference = createReference();
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = await openGpu();
  });
  afterAll(() => gpu.dispose());
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('a device has the limits of the standard, but for larger buffers, and no feature', () => {
    const { limits, features } = gpu.backend.device;
    expect(limits.maxStorageBufferBindingSize).toBeGreaterThanOrEqual(128 * 1024 * 1024);
    expect(limits.maxStorageBuffersPerShaderStage).toBe(8);
    expect(limits.maxComputeInvocationsPerWorkgroup).toBe(256);
    expect(limits.maxComputeWorkgroupStorageSize).toBe(16_384);
    expect([...features].filter((feature) => feature !== 'core-features-and-limits')).toEqual([]);
  });

  test('a device with the least buffers that the standard allows gives the same bytes', async () => {
    const ask = GPUAdapter.prototype.requestDevice;
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(function (this: GPUAdapter) {
      return ask.call(this);
    });
    const least = await openGpu();
    expect(least.bindingBytes).toBe(128 * 1024 * 1024);
    const x = randomMatrix(1, 300, 64);
    const y = randomMatrix(2, 300, 64);
    expect(await comparePair(kernelsOn(least), x, y)).toEqual(
      await comparePair(kernelsOn(gpu), x, y),
    );
    expect(await kernelsOn(least).nearest(x, 9)).toEqual(await kernelsOn(gpu).nearest(x, 9));
    least.dispose();
  });

  test('operands larger than a storage buffer are cut into panels, with the same result', async () => {
    const kernels = kernelsOn({ ...gpu, bindingBytes: 40 * 24 * 4 });
    const x = randomMatrix(1, 131, 23);
    const y = randomMatrix(2, 131, 23);
    const cosines = await reference.cosineMatrix(x, y);
    const own = await reference.cosineMatrix(x, x);
    expect(matrixDifference(await kernels.cosineMatrix(x, y), cosines)).toBeLessThan(1e-5);
    expect(neighborsDifference(await kernels.nearest(x, 7), own)).toBeLessThan(1e-5);
    expect(neighborsDifference(await kernels.nearest(x, 100), own)).toBeLessThan(1e-5);
  });

  test('languages on several shelves, compared in several batches, give the same bytes', async () => {
    const pairs = pairsOf(6, 40, 23);
    const heard: number[] = [];
    const small = kernelsOn({ ...gpu, bindingBytes: 16_384 });
    const scans = await small.comparePairs(pairs, (done) => void heard.push(done));
    expect(scans).toEqual(await kernelsOn(gpu).comparePairs(pairs));
    expect(heard).toEqual(Array.from(pairs, (_, p) => p + 1));
  });

  test('a pair larger than the buffers is refused with both sizes, and the kernels stay usable', async () => {
    const kernels = kernelsOn({ ...gpu, bindingBytes: 2 ** 20 });
    const refusalOf = (message: string) => ({ code: 'memory/exceeded', message });
    const many = randomMatrix(1, 2000, 4);
    await expect(comparePair(kernels, many, many)).rejects.toMatchObject(
      refusalOf(
        'Comparing two languages on 2000 facts takes 6.1 MB in one piece, and a buffer of this GPU holds 1 MB.',
      ),
    );
    const wide = randomMatrix(1, 300, 1000);
    await expect(comparePair(kernels, wide, wide)).rejects.toMatchObject(
      refusalOf('One language takes 1.2 MB in one piece, and a buffer of this GPU holds 1 MB.'),
    );
    const beyond = matrix(46_341, 1, new Float32Array(46_341).fill(1));
    await expect(comparePair(kernels, beyond, beyond)).rejects.toMatchObject(
      refusalOf('The languages have 46341 facts in common, but the GPU counts up to 46340.'),
    );
    const x = randomMatrix(1, 20, 8);
    expect((await comparePair(kernels, x, x)).rowRank[7]).toBe(1);
  });

  test.each([
    ['all vectors are equal', () => takeRows(randomMatrix(3, 1, 250), new Int32Array(600))],
    ['all mismatched cosines are equal', () => simplex(300)],
  ])('where %s the spread is that of rounding, and d-prime is not defined', async (_, make) => {
    const x = make();
    const scan = await comparePair(kernelsOn(gpu), x, x);
    expect(separability(scan).dPrime.every(Number.isNaN)).toBe(true);
    expect(pairDifference(scan, await reference.cosineMatrix(x, x))).toBeLessThan(1e-5);
  });

  test('sums keep the digits of a spread far below the cosines', async () => {
    const x = nearlyEqual(400, 1e-2);
    const y = nearlyEqual(401, 1e-2);
    const scan = await comparePair(kernelsOn(gpu), x, y);
    const [exact] = await reference.comparePairs([{ x, y }]);
    const [found, expected] = [scan, exact].map((one) => separability(one).dPrime);
    found.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 1));
    expect(mean(found)).toBeCloseTo(mean(expected), 2);
  });

  test('a match has the bits of its cosine among the others', async () => {
    const x = takeRows(randomMatrix(3, 1, 1025), new Int32Array(170));
    const { matched, rowRival, columnRival, rowNearest } = await comparePair(kernelsOn(gpu), x, x);
    expect(new Set([...matched, ...rowRival, ...columnRival, ...rowNearest.cosines]).size).toBe(1);
  });

  test('strips of several tiles, which only many rows have, agree with the reference', async () => {
    const kernels = kernelsOn(gpu);
    const x = randomMatrix(1, 1100, 6);
    const y = randomMatrix(2, 1100, 6);
    const cosines = await reference.cosineMatrix(x, y);
    const own = await reference.cosineMatrix(x, x);
    const scan = await comparePair(kernels, x, y);
    expect(pairDifference(scan, cosines)).toBeLessThan(1e-5);
    expect(await comparePair(kernels, x, y)).toEqual(scan);
    expect(neighborsDifference(await kernels.nearest(x, 15), own)).toBeLessThan(1e-5);
  });

  test('lists that one pass cannot hold are continued by the next, in index order', async () => {
    const n = 1100;
    const x = takeRows(randomMatrix(1, 1, 4), new Int32Array(n));
    const { indices } = await kernelsOn(gpu).nearest(x, 70);
    const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== 33);
    expect([...indices.subarray(33 * 70, 34 * 70)]).toEqual(others.slice(0, 70));
    expect([...indices.subarray(1099 * 70)]).toEqual(Array.from({ length: 70 }, (_, j) => j));
  });

  test('every buffer is released, also after a stop, and used again', async () => {
    const kernels = kernelsOn(gpu);
    const round = async (n: number): Promise<void> => {
      const x = randomMatrix(n, n, 64);
      await comparePair(kernels, x, x);
      await kernels.cosineMatrix(x, x);
      await kernels.nearest(x, 3);
      const stop = (): void => {
        throw new Error('enough');
      };
      await expect(kernels.nearest(x, 3, stop)).rejects.toThrow('enough');
    };
    for (const n of [70, 75, 80]) await round(n);
    const bytes = gpu.backend.memory().numBytesAllocatedInGPU;
    for (const n of [80, 70, 75]) await round(n);
    expect(gpu.backend.memory().numBytesAllocatedInGPU).toBe(bytes);
    expect(gpu.backend.numDataIds()).toBe(0);
  });

  test('pairs of nearly the same size use the same buffers', async () => {
    const kernels = kernelsOn(gpu);
    const compare = (n: number): Promise<unknown> => {
      const x = randomMatrix(n, n, 64);
      return comparePair(kernels, x, x);
    };
    await compare(80);
    const bytes = gpu.backend.memory().numBytesAllocatedInGPU;
    for (const n of [77, 78, 79]) await compare(n);
    expect(gpu.backend.memory().numBytesAllocatedInGPU).toBe(bytes);
  });

  test('many pairs take one submission and one read-back', async () => {
    const pairs = pairsOf(4, 300, 16);
    const kernels = kernelsOn({ ...gpu, software: false });
    await kernels.comparePairs(pairs);
    const reads = vi.spyOn(gpu.backend, 'read');
    const submissions = vi.spyOn(gpu.backend.device.queue, 'submit');
    await kernels.comparePairs(pairs);
    expect(reads).toHaveBeenCalledTimes(1);
    expect(submissions).toHaveBeenCalledTimes(1);
  });

  test('a lost device ends the call that is under way, and the next ones, with gpu/lost', async () => {
    const doomed = await openGpu();
    const kernels = kernelsOn(doomed);
    const x = randomMatrix(1, 150, 1025);
    const lose = (): void => doomed.backend.device.destroy();
    const under = kernels.nearest(x, 5, lose);
    await expect(under).rejects.toMatchObject({
      code: 'gpu/lost',
      message: expect.stringMatching(/^The GPU stopped responding while finding neighbours: \w/),
    });
    await expect(comparePair(kernels, x, x)).rejects.toMatchObject({ code: 'gpu/lost' });
  });

  test('a device that is lost between batches of pairs ends the call with gpu/lost', async () => {
    const doomed = await openGpu();
    const kernels = kernelsOn({ ...doomed, bindingBytes: 16_384 });
    const lose = (): void => doomed.backend.device.destroy();
    await expect(kernels.comparePairs(pairsOf(5, 40, 23), lose)).rejects.toMatchObject({
      code: 'gpu/lost',
      message: expect.stringMatching(/^The GPU stopped responding while comparing languages: \w/),
    });
  });

  test('a program that the device refuses is an error, not a matrix of zeros', async () => {
    const broken = {
      name: 'broken',
      inputs: {},
      output: 1 as const,
      uniforms: [],
      code: 'fn main(index : i32) { result[index] = nonsense; }',
    };
    const call = withSession(gpu, 'a trial', async (session) => {
      const output = session.buffer(4);
      session.run({ program: broken, inputs: [], output, uniforms: {}, groups: [1, 1] });
      return await session.read(output);
    });
    await expect(call).rejects.toThrow(/The GPU refused the program for a trial: .*nonsense/s);
    expect(gpu.backend.numDataIds()).toBe(0);
  });

  test('without an adapter the error says so', async () => {
    vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(null);
    await expect(createWebGpu()).rejects.toMatchObject({
      code: 'gpu/unavailable',
      message: 'This browser offers no WebGPU adapter.',
    });
  });

  test('nothing is written to the console', async () => {
    const methods = ['log', 'info', 'warn', 'error'] as const;
    const spies = methods.map((method) => vi.spyOn(console, method));
    const kernels = await createWebGpu();
    const x = randomMatrix(1, 40, 16);
    await comparePair(kernels, x, x);
    await kernels.nearest(x, 5);
    kernels.dispose();
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});
