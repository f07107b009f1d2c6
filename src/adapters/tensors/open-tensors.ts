import type * as core from '@tensorflow/tfjs-core';
import { asAnalyzerError } from '../../core/errors.ts';
import { probeGpu } from '../../compute/probe.ts';

/** What tfjs offers; it is loaded only when tensors are opened. */
export type Tf = typeof core;
export type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';

/** tfjs on one device. It knows one device at a time: the last one opened. */
export interface Tensors {
  readonly tf: Tf;
  /** What computes, in words. */
  readonly description: string;
  readonly backend: 'webgpu' | 'wasm';
  /** Departures from the wish. */
  readonly notices: string[];
  /**
   * Runs work that ends by reading what it computed. What a GPU cannot do leaves zeros behind: here it is an error.
   *
   * @throws AnalyzerError `memory/exceeded`; `internal` when a program is refused
   */
  run<Result>(work: (tf: Tf) => Promise<Result>): Promise<Result>;
  /** Why the device was lost, or null while it works. */
  lost(): string | null;
  dispose(): void;
}

/**
 * Opens what adapters are trained on. `auto` takes the GPU when it is one, `webgpu` also one that the CPU emulates; either
 * falls back to the CPU, with a notice.
 *
 * @param wasm address of tfjs's file `tfjs-backend-wasm-simd.wasm`; Node finds it in the package
 */
export async function openTensors(
  device: 'auto' | 'webgpu' | 'wasm',
  wasm?: string,
): Promise<Tensors> {
  if (device === 'wasm') return await openWasm(wasm, []);
  const { available, software, description, reason } = await probeGpu();
  if (!available) return await openWasm(wasm, [insteadOf(reason)]);
  if (software && device === 'auto')
    return await openWasm(wasm, [insteadOf(`The only GPU is ${description}.`)]);
  try {
    return await openWebGpu();
  } catch (thrown) {
    return await openWasm(wasm, [insteadOf(asAnalyzerError(thrown).message)]);
  }
}

function insteadOf(objection: string): string {
  return `${objection.replace(/\.$/, '')}; adapters are trained on the CPU instead.`;
}

/** One thread: more of them take workers made of blobs, which the page's policy forbids. */
async function openWasm(wasm: string | undefined, notices: string[]): Promise<Tensors> {
  const [tf, { setWasmPaths }] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('@tensorflow/tfjs-backend-wasm'),
  ]);
  if (tf.engine().registry['wasm'] === undefined) {
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (wasm !== undefined) setWasmPaths(everyFileIs(wasm));
  }
  await useBackend(tf, 'wasm');
  return {
    tf,
    backend: 'wasm',
    description: 'WebAssembly (tfjs, one thread)',
    notices,
    run: (work) => work(tf),
    lost: () => null,
    // tfjs cannot start its WebAssembly a second time: it stays for the next training.
    dispose: () => undefined,
  };
}

function everyFileIs(address: string): Record<string, string> {
  const kinds = ['', '-simd', '-threaded-simd'];
  return Object.fromEntries(kinds.map((kind) => [`tfjs-backend-wasm${kind}.wasm`, address]));
}

/** tfjs's own kernels, on a device of our own. They are registered under tfjs's name for WebGPU. */
async function openWebGpu(): Promise<Tensors> {
  const [tf, { openGpu }, { openScopes, closeScopes, faultError }] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('../../compute/webgpu/gpu.ts'),
    import('../../compute/webgpu/session.ts'),
    import('@tensorflow/tfjs-backend-webgpu/dist/register_all_kernels.js'),
  ]);
  const gpu = await openGpu();
  const { device } = gpu.backend;
  forgetWebGpu(tf);
  tf.registerBackend('webgpu', () => gpu.backend);
  await useBackend(tf, 'webgpu');
  return {
    tf,
    backend: 'webgpu',
    description: `WebGPU (tfjs), ${gpu.description}`,
    notices: [],
    run: async (work) => {
      openScopes(device);
      const [end] = await Promise.allSettled([work(tf)]);
      const fault = await closeScopes(device);
      if (fault !== null && gpu.lost() === null) throw faultError(fault, 'training');
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    },
    lost: gpu.lost,
    dispose: () => {
      if (tf.findBackend('webgpu') === gpu.backend) forgetWebGpu(tf);
      device.destroy();
    },
  };
}

/** Ends the backend before, too. */
function forgetWebGpu(tf: Tf): void {
  if (tf.findBackendFactory('webgpu') !== null) tf.removeBackend('webgpu');
}

async function useBackend(tf: Tf, name: 'webgpu' | 'wasm'): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs does not start on ${name}.`);
}
