import { probeGpu } from '../../src/compute/probe.ts';

/**
 * Whether the tests of WebGPU can run here. Without an adapter the run fails, unless ISOGLOSS_NO_GPU (or, where Vite
 * hands on only its own variables, VITE_ISOGLOSS_NO_GPU) says that this is known; the tests are then listed as skipped.
 */
export async function gpuRequired(): Promise<boolean> {
  const { available, reason } = await probeGpu();
  const accepted = import.meta.env.ISOGLOSS_NO_GPU ?? import.meta.env.VITE_ISOGLOSS_NO_GPU ?? '';
  if (!available && accepted === '') {
    throw new Error(
      `${reason} WebGPU cannot be tested; set VITE_ISOGLOSS_NO_GPU=1 to accept that.`,
    );
  }
  return available;
}
