// The package's front door also brings tfjs's own kernels, four times the bytes, and a factory that fails without adapter.
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
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

/**
 * Opens the GPU. The device gets the limits that the standard guarantees everywhere and no optional feature, so what
 * runs on one device fits on all.
 *
 * @throws AnalyzerError `gpu/unavailable`
 */
export async function openGpu(): Promise<Gpu> {
  const { adapter, probe } = await findAdapter();
  if (adapter === null) throw unavailable(probe.reason);
  const device = await requestDevice(adapter);
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
    return await adapter.requestDevice();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw unavailable(`The WebGPU adapter gives no device: ${message}`, cause);
  }
}

function unavailable(message: string, cause?: unknown): AnalyzerError {
  return new AnalyzerError('gpu/unavailable', message, {
    hint: 'The analysis will run on the CPU, more slowly.',
    cause,
  });
}
