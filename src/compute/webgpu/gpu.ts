// The package's front door also brings tfjs's own kernels, four times the bytes, and a factory that fails without adapter.
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { env } from '@tensorflow/tfjs-core';
import { AnalyzerError } from '../../core/errors.ts';
import { findAdapter } from '../probe.ts';

/** A device of our own under a tfjs backend of our own: tfjs keeps its buffers, pipelines and queue. */
export interface Gpu {
  readonly backend: WebGPUBackend;
  /** Name of the adapter, in words. */
  readonly description: string;
  readonly software: boolean;
  /** Most bytes one storage buffer may have. */
  readonly bindingBytes: number;
  /** Why the device was lost, or null while it works. */
  lost(): string | null;
  dispose(): void;
}

/** Most bytes of a buffer that a device is asked for. */
const BUFFER_BYTES = 2 ** 30;

/** Dispatches of one submission: those of a batch of pairs of a thousand facts. tfjs would submit after 15. */
const SUBMISSION = 64;

/**
 * Opens the GPU. The device gets the limits that the standard guarantees everywhere, but for larger buffers where the
 * adapter has them, and no optional feature: what runs on one device runs on all, on large ones with more at a time.
 *
 * @throws AnalyzerError `gpu/unavailable`
 */
export async function openGpu(): Promise<Gpu> {
  const { adapter, probe } = await findAdapter();
  if (adapter === null) throw unavailable(probe.reason);
  const device = await requestDevice(adapter);
  env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', SUBMISSION);
  const backend = new WebGPUBackend(device, adapter.info);
  let lost: string | null = null;
  void device.lost.then(({ message, reason }) => {
    lost = message || reason;
  });
  return {
    backend,
    description: probe.description,
    software: probe.software,
    bindingBytes: device.limits.maxStorageBufferBindingSize,
    lost: () => lost,
    dispose: () => {
      backend.dispose();
      device.destroy();
    },
  };
}

async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  try {
    return await adapter.requestDevice({ requiredLimits: largeBuffers(adapter) });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw unavailable(`The WebGPU adapter gives no device: ${message}`, cause);
  }
}

/** A power of two, so that a size which is rounded up stays within it. */
function largeBuffers({ limits }: GPUAdapter): Record<string, number> {
  const { maxStorageBufferBindingSize, maxBufferSize } = limits;
  const offered = Math.min(BUFFER_BYTES, maxStorageBufferBindingSize, maxBufferSize);
  const bytes = 2 ** Math.floor(Math.log2(offered));
  return { maxStorageBufferBindingSize: bytes, maxBufferSize: Math.max(bytes, 2 ** 28) };
}

function unavailable(message: string, cause?: unknown): AnalyzerError {
  return new AnalyzerError('gpu/unavailable', message, {
    hint: 'The analysis will run on the CPU, more slowly.',
    cause,
  });
}
