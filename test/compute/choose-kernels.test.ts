import { expect, test } from 'vitest';
import { acceptOrReplace, chooseKernels } from '../../src/compute/choose-kernels.ts';
import type { Kernels } from '../../src/compute/kernels.ts';
import { createReference } from '../../src/compute/reference.ts';
import { selfCheck } from '../../src/compute/self-check.ts';
import { createWasm } from '../../src/compute/wasm.ts';

/** The reference with something done to its results. */
function spoiled(spoil: Partial<Kernels>): Kernels & { disposed: boolean } {
  const result = { ...createReference(), tolerance: 1e-4, ...spoil, disposed: false };
  return Object.assign(result, {
    dispose: () => {
      result.disposed = true;
    },
  });
}

test('the CPU kernels pass the self-check within their tolerance', async () => {
  const kernels = await createWasm();
  expect(await selfCheck(kernels)).toBeLessThan(1e-6);
});

test('asked for, the CPU comes without a notice', async () => {
  const { kernels, notices } = await chooseKernels('wasm');
  expect([kernels.backend, notices]).toEqual(['wasm', []]);
});

test.each(['auto', 'webgpu'] as const)(
  'outside a browser %s falls back to the CPU and says why',
  async (wish) => {
    const { kernels, notices } = await chooseKernels(wish);
    expect(kernels.backend).toBe('wasm');
    expect(notices).toEqual(['WebGPU is missing outside a browser; the CPU is used instead.']);
  },
);

test('kernels that agree are kept', async () => {
  const kernels = spoiled({});
  const choice = await acceptOrReplace(kernels);
  expect(choice).toEqual({ kernels, notices: [] });
  expect(kernels.disposed).toBe(false);
});

test('kernels that disagree are disposed and replaced, with both values in the notice', async () => {
  const { comparePairs } = createReference();
  const kernels = spoiled({
    comparePairs: async (pairs) => {
      const scans = await comparePairs(pairs);
      scans[0].matched[7] += 0.02;
      return scans;
    },
  });
  const { kernels: chosen, notices } = await acceptOrReplace(kernels);
  expect(chosen.backend).toBe('wasm');
  expect(kernels.disposed).toBe(true);
  expect(notices).toEqual([
    'The GPU differs from the reference by 0.02 (allowed 0.0001); the CPU is used instead.',
  ]);
});

test('kernels that give NaN are replaced', async () => {
  const { cosineMatrix } = createReference();
  const kernels = spoiled({
    cosineMatrix: async (x, y) => {
      const cosines = await cosineMatrix(x, y);
      cosines.data[5] = NaN;
      return cosines;
    },
  });
  const { notices } = await acceptOrReplace(kernels);
  expect(notices).toEqual([
    'The GPU differs from the reference by NaN (allowed 0.0001); the CPU is used instead.',
  ]);
});

test('kernels that throw are replaced, with what they threw in the notice', async () => {
  const kernels = spoiled({ nearest: () => Promise.reject(new Error('the device hung up')) });
  const { notices } = await acceptOrReplace(kernels);
  expect(notices).toEqual(['the device hung up; the CPU is used instead.']);
});
