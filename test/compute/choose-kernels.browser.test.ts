import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooseKernels } from '../../src/compute/choose-kernels.ts';
import { probeGpu } from '../../src/compute/probe.ts';
import { gpuRequired } from './gpu-required.ts';
import type { Answer } from './kernels.worker.ts';

const available = await gpuRequired();
const { software, description } = await probeGpu();

afterEach(() => {
  vi.restoreAllMocks();
});

describe.runIf(available)('chooseKernels where there is an adapter', () => {
  test('an adapter that the CPU emulates is taken when asked for, and named as such', async () => {
    const { kernels, notices } = await chooseKernels('webgpu');
    expect(kernels.backend).toBe('webgpu');
    expect(kernels.device).toBe(`WebGPU, ${description}`);
    expect(kernels.device.includes('(software: a CPU)')).toBe(software);
    expect(notices).toEqual([]);
    kernels.dispose();
  });

  test('auto takes the GPU exactly when it is one', async () => {
    const { kernels, notices } = await chooseKernels('auto');
    expect(kernels.backend).toBe(software ? 'wasm' : 'webgpu');
    expect(notices).toEqual(
      software ? [`The only GPU is ${description}; the CPU is used instead.`] : [],
    );
    kernels.dispose();
  });

  test('works in a module worker', async () => {
    const worker = new Worker(new URL('./kernels.worker.ts', import.meta.url), { type: 'module' });
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data as Answer);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
    worker.terminate();
    expect(answer.probe.description).toBe(description);
    expect(answer.chosen.map(({ backend }) => backend)).toEqual(['webgpu', 'wasm']);
    expect(answer.chosen.map(({ notices }) => notices)).toEqual([[], []]);
    for (const { difference } of answer.chosen) expect(difference).toBeLessThan(1e-5);
  });
});

test.each(['auto', 'webgpu'] as const)(
  'without an adapter %s falls back to the CPU and says why',
  async (wish) => {
    vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(null);
    const { kernels, notices } = await chooseKernels(wish);
    expect(kernels.backend).toBe('wasm');
    expect(notices).toEqual(['This browser offers no WebGPU adapter; the CPU is used instead.']);
  },
);

test('an adapter that gives no device falls back to the CPU and says why', async () => {
  const info = { vendor: 'nvidia', architecture: 'lovelace', device: '', description: '' };
  const adapter = {
    info,
    limits: {},
    requestDevice: () => Promise.reject(new Error('out of order')),
  };
  vi.spyOn(navigator.gpu, 'requestAdapter').mockResolvedValue(adapter as unknown as GPUAdapter);
  const { kernels, notices } = await chooseKernels('auto');
  expect(kernels.backend).toBe('wasm');
  expect(notices).toEqual([
    'The WebGPU adapter gives no device: out of order; the CPU is used instead.',
  ]);
});
