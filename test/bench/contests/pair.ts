import { pairDifference } from '../../../src/compute/difference.ts';
import type { Kernels } from '../../../src/compute/kernels.ts';
import type { PairScan } from '../../../src/core/pair-scan.ts';
import { createReference } from '../../../src/compute/reference.ts';
import { transpose } from '../../../src/core/matrix.ts';
import { atMost, type Contest, type Guard } from '../harness.ts';
import { DIMENSIONS, hashOf, languagePair } from '../inputs.ts';
import { naiveProduct } from '../rivals/naive.ts';
import { scanProduct } from '../rivals/scan-product.ts';
import { plainProduct, tfjsThreads, transposingProduct } from '../rivals/tfjs-wasm.ts';

/** Largest error of a cosine that lets a ratio count. */
export const COSINE_LIMIT = 1e-5;

const OWN = 'Isogloss';
const NAIVE = 'naive JavaScript';
const TRANSPOSING = 'tfjs-wasm transposeB + scan';
const PLAIN = 'tfjs-wasm plain + scan';

/**
 * All scores of one language pair. The plain product of tfjs is given its operand transposed: that work is not counted.
 *
 * @param suffix of the comparisons' ids, where the same contest is held in several ways
 */
export async function pairContest(
  kernels: Kernels,
  { n, suffix }: { n: number; suffix: string },
): Promise<Contest<PairScan>> {
  const { x, y } = languagePair(1, n);
  const transposed = transpose(y);
  const cosines = await createReference().cosineMatrix(x, y);
  const guards = (own: PairScan): Record<string, Guard> => ({
    'cosine error, ranks and indices': atMost(pairDifference(own, cosines), COSINE_LIMIT),
  });
  const versus = (id: string, rival: string) => ({
    id: `pair/${id}${suffix}`,
    own: OWN,
    rival,
    guards,
  });
  return {
    title: `All scores of a pair, ${n} x ${n} x ${DIMENSIONS}, ${threadsOf(kernels)}`,
    input: await hashOf(x.data, y.data),
    contestants: {
      [OWN]: async () => (await kernels.comparePairs([{ x, y }]))[0],
      [NAIVE]: () => scanProduct(naiveProduct(x, y), n),
      [TRANSPOSING]: () => scanProduct(transposingProduct(x, y), n),
      [PLAIN]: () => scanProduct(plainProduct(x, transposed), n),
    },
    comparisons: [
      versus('vs-naive', NAIVE),
      versus('vs-tfjs-transposing', TRANSPOSING),
      versus('vs-tfjs-plain', PLAIN),
    ],
    figures: (milliseconds) => speeds(milliseconds, 2 * n * n * DIMENSIONS),
  };
}

/** What computes on either side, in words. */
export function threadsOf({ device }: Kernels): string {
  return `${device}; tfjs on ${tfjsThreads() === 1 ? '1 thread' : `${tfjsThreads()} threads`}`;
}

/** Billions of operations a second, by contestant. */
export function speeds(
  milliseconds: Record<string, number>,
  operations: number,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(milliseconds).map(([name, time]) => [
      `GFLOP/s, ${name}`,
      (operations / 1e6 / time).toFixed(1),
    ]),
  );
}
