import { chooseKernels } from '../compute/choose-kernels.ts';
import type { StartHelpers } from '../compute/wasm.ts';
import type { Kernels } from '../compute/kernels.ts';
import { AnalyzerError } from '../core/errors.ts';
import { randomRows } from '../compute/self-check.ts';
import type { Matrix } from '../core/matrix.ts';
import { seededRandom } from '../core/random.ts';

const FACTS = 500;
const DIMENSIONS = 384;

/** Milliseconds that are measured at least, so that the clock's steps do not show. */
const LENGTH = 200;

/** Pairs in a call, as in an analysis of as many languages. */
const AT_ONCE = 8;

/** Kernels on one device with a made-up language pair, for measuring one speed after another. */
export interface KernelTrial {
  device: string;
  /** Billions of floating-point operations a second of all scores of pairs, counting the 2 n² d of the product only. */
  measure(): Promise<number>;
}

/**
 * Starts the kernels of a device.
 *
 * @throws AnalyzerError `gpu/unavailable` with the reason, where the device cannot be used
 */
export async function startKernelTrial(
  device: 'webgpu' | 'wasm',
  seed: number,
  startHelpers?: StartHelpers,
): Promise<KernelTrial> {
  const { kernels, notices } = await chooseKernels(device, startHelpers);
  if (kernels.backend !== device) {
    kernels.dispose();
    throw new AnalyzerError('gpu/unavailable', notices.join(' '));
  }
  const [x, y] = [seed, seed + 1].map((own) => randomRows(seededRandom(own), FACTS, DIMENSIONS));
  return { device: kernels.device, measure: () => measure(kernels, x, y) };
}

async function measure(kernels: Kernels, x: Matrix, y: Matrix): Promise<number> {
  const start = performance.now();
  const pairs = Array.from({ length: AT_ONCE }, () => ({ x, y }));
  let done = 0;
  let passed = 0;
  while (passed < LENGTH) {
    await kernels.comparePairs(pairs);
    done += pairs.length;
    passed = performance.now() - start;
  }
  return (done * 2 * FACTS * FACTS * DIMENSIONS) / 1e6 / passed;
}
