import { asAnalyzerError } from '../core/errors.ts';
import type { Kernels } from './kernels.ts';
import { probeGpu, type GpuProbe } from './probe.ts';
import { selfCheck } from './self-check.ts';
import { createWasm, type StartHelpers } from './wasm.ts';

/** The kernels to use, and a sentence about everything that departed from the wish or the default. */
export interface Choice {
  kernels: Kernels;
  notices: string[];
}

/**
 * Chooses and checks what computes. `auto` takes the GPU when it is one, `webgpu` also one that the CPU emulates; either
 * falls back to the CPU, with a notice, when there is none or when it disagrees with the reference.
 */
export async function chooseKernels(
  wish: 'auto' | 'webgpu' | 'wasm',
  startHelpers?: StartHelpers,
): Promise<Choice> {
  if (wish === 'wasm') return { kernels: await createWasm(startHelpers), notices: [] };
  const probe = await probeGpu();
  const objection = objectionTo(probe, wish);
  return objection === null
    ? await tryWebGpu(startHelpers)
    : await useWasm(objection, startHelpers);
}

function objectionTo(
  { available, software, description, reason }: GpuProbe,
  wish: 'auto' | 'webgpu',
): string | null {
  if (!available) return reason;
  return software && wish === 'auto' ? `The only GPU is ${description}.` : null;
}

async function useWasm(objection: string, startHelpers?: StartHelpers): Promise<Choice> {
  const notice = `${objection.replace(/\.$/, '')}; the CPU is used instead.`;
  return { kernels: await createWasm(startHelpers), notices: [notice] };
}

/** tfjs is loaded only here, where there is a GPU. */
async function tryWebGpu(startHelpers?: StartHelpers): Promise<Choice> {
  try {
    const { createWebGpu } = await import('./webgpu.ts');
    return await acceptOrReplace(await createWebGpu(), startHelpers);
  } catch (thrown) {
    return await useWasm(asAnalyzerError(thrown).message, startHelpers);
  }
}

/** The given kernels if they agree with the reference; else they are disposed, and the CPU's take their place. */
export async function acceptOrReplace(
  kernels: Kernels,
  startHelpers?: StartHelpers,
): Promise<Choice> {
  const objection = await disagreement(kernels);
  if (objection === null) return { kernels, notices: [] };
  kernels.dispose();
  return await useWasm(objection, startHelpers);
}

async function disagreement(kernels: Kernels): Promise<string | null> {
  try {
    const difference = await selfCheck(kernels);
    if (difference <= kernels.tolerance) return null;
    return `The GPU differs from the reference by ${inWords(difference)} (allowed ${inWords(kernels.tolerance)}).`;
  } catch (thrown) {
    return asAnalyzerError(thrown).message;
  }
}

/** Two significant digits, never as a power of ten. */
function inWords(value: number): string {
  if (!Number.isFinite(value)) return 'NaN';
  return value.toLocaleString('en', { maximumSignificantDigits: 2 });
}
