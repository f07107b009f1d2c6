import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  matrixDifference,
  neighborsDifference,
  pairDifference,
} from '../../src/compute/difference.ts';
import { createReference } from '../../src/compute/reference.ts';
import { takeRows } from '../../src/core/matrix.ts';
import { createWebGpu, kernelsOn } from '../../src/compute/webgpu.ts';
import { openGpu, type Gpu } from '../../src/compute/webgpu/gpu.ts';
import { withSession } from '../../src/compute/webgpu/session.ts';
import { gpuRequired } from './gpu-required.ts';
import { comparePair, randomMatrix } from './matrices.ts';

const available = await gpuRequired();

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

  test('a device has no more than the limits and features of the standard', () => {
    const { limits, features } = gpu.backend.device;
    expect(limits.maxStorageBufferBindingSize).toBe(128 * 1024 * 1024);
    expect(limits.maxStorageBuffersPerShaderStage).toBe(8);
    expect(limits.maxComputeInvocationsPerWorkgroup).toBe(256);
    expect(limits.maxComputeWorkgroupStorageSize).toBe(16_384);
    expect([...features].filter((feature) => feature !== 'core-features-and-limits')).toEqual([]);
  });

  test('operands larger than a storage buffer are cut into panels, with the same result', async () => {
    const kernels = kernelsOn({ ...gpu, bindingBytes: 40 * 24 * 4 });
    const x = randomMatrix(1, 131, 23);
    const y = randomMatrix(2, 131, 23);
    const cosines = await reference.cosineMatrix(x, y);
    const own = await reference.cosineMatrix(x, x);
    expect(matrixDifference(await kernels.cosineMatrix(x, y), cosines)).toBeLessThan(1e-5);
    expect(pairDifference(await comparePair(kernels, x, y), cosines)).toBeLessThan(1e-5);
    expect(neighborsDifference(await kernels.nearest(x, 7), own)).toBeLessThan(1e-5);
    expect(neighborsDifference(await kernels.nearest(x, 100), own)).toBeLessThan(1e-5);
  });

  test('strips of several tiles, which only many rows have, agree with the reference', async () => {
    const kernels = kernelsOn(gpu);
    const x = randomMatrix(1, 1100, 6);
    const y = randomMatrix(2, 1100, 6);
    const cosines = await reference.cosineMatrix(x, y);
    const own = await reference.cosineMatrix(x, x);
    expect(pairDifference(await comparePair(kernels, x, y), cosines)).toBeLessThan(1e-5);
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

  test('a pair takes one read-back', async () => {
    const reads = vi.spyOn(gpu.backend, 'read');
    const x = randomMatrix(1, 100, 16);
    await comparePair(kernelsOn(gpu), x, x);
    expect(reads).toHaveBeenCalledTimes(1);
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
