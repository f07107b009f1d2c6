import type { DeviceInfo } from '../core/encoder.ts';
import { probeGpu } from '../compute/probe.ts';

/** Threads for ONNX Runtime's WebAssembly: more than one only where the page is isolated and may share memory. */
export function wasmThreads(): number {
  return globalThis.crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency) : 1;
}

/** The devices of this browser, best first. Looks at the adapter only; no session is created. */
export async function browserDevices(): Promise<DeviceInfo[]> {
  const gpu = await probeGpu();
  const threads = wasmThreads();
  return [
    { id: 'webgpu', ...gpu },
    {
      id: 'wasm',
      description: `CPU (WebAssembly, ${threads} thread${threads === 1 ? '' : 's'})`,
      available: true,
      software: false,
      reason: '',
    },
  ];
}
