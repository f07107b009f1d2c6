import { afterEach, expect, test, vi } from 'vitest';
import { probeGpu } from '../../src/compute/probe.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A browser whose adapter says this about itself. */
function browserWith(info: Record<string, unknown>): void {
  const nothing = { vendor: '', architecture: '', device: '', description: '' };
  const adapter = { info: { ...nothing, ...info } };
  const gpu = { requestAdapter: () => Promise.resolve(adapter) };
  vi.stubGlobal('navigator', { gpu, userAgent: 'Linux' });
}

test('outside a browser there is none, and the reason says so', async () => {
  expect(await probeGpu()).toEqual({
    available: false,
    software: false,
    description: '',
    reason: 'WebGPU is missing outside a browser.',
  });
});

test.each([
  [{ vendor: 'nvidia', architecture: 'lovelace' }, 'NVIDIA Lovelace'],
  [{ vendor: 'apple', architecture: 'metal-3' }, 'Apple Metal-3'],
  [{ vendor: 'intel', architecture: '' }, 'Intel'],
  [{ vendor: 'amd', description: 'AMD Radeon RX 7900' }, 'AMD Radeon RX 7900'],
  [{}, 'an adapter without a name'],
])('%j is named %s', async (info, description) => {
  browserWith(info);
  expect(await probeGpu()).toEqual({ available: true, software: false, description, reason: '' });
});

test.each([
  [{ vendor: 'google', architecture: 'swiftshader' }, 'SwiftShader (software: a CPU)'],
  [
    { description: 'llvmpipe (LLVM 15.0.7, 256 bits)' },
    'llvmpipe (LLVM 15.0.7, 256 bits) (software: a CPU)',
  ],
  [
    { description: 'Microsoft Basic Render Driver' },
    'Microsoft Basic Render Driver (software: a CPU)',
  ],
  [{ vendor: 'acme', isFallbackAdapter: true }, 'Acme (software: a CPU)'],
])('%j is software', async (info, description) => {
  browserWith(info);
  expect(await probeGpu()).toMatchObject({ available: true, software: true, description });
});

test('a browser that throws is a browser without a GPU', async () => {
  const gpu = { requestAdapter: () => Promise.reject(new Error('blocked by policy')) };
  vi.stubGlobal('navigator', { gpu, userAgent: 'Linux' });
  const reason = 'This browser refuses a WebGPU adapter: blocked by policy';
  expect(await probeGpu()).toMatchObject({ available: false, reason });
});

test('on Windows no power preference is asked for, which Chrome would report on the console', async () => {
  const requestAdapter = vi.fn(() => Promise.resolve(null));
  vi.stubGlobal('navigator', {
    gpu: { requestAdapter },
    userAgent: 'Mozilla/5.0 (Windows NT 10.0)',
  });
  await probeGpu();
  expect(requestAdapter).toHaveBeenCalledExactlyOnceWith({});
});
