import { pairDifference } from '../../../src/compute/difference.ts';
import { productsOf, type Kernels } from '../../../src/compute/kernels.ts';
import type { PairScan } from '../../../src/core/pair-scan.ts';
import { type Matrix } from '../../../src/core/matrix.ts';
import { createReference } from '../../../src/compute/reference.ts';
import { principalComponents } from '../../../src/projection/pca.ts';
import { layoutUmap } from '../../../src/projection/umap.ts';
import { unwatched } from '../../helpers/contexts.ts';
import { atLeast, atMost, type Contest } from '../harness.ts';
import { clusteredRows, DIMENSIONS, hashOf, languagePair } from '../inputs.ts';
import { measurePeak } from '../rivals/peak.ts';
import { bestBothWays } from '../rivals/tfjs-webgpu.ts';
import { K } from './nearest.ts';
import { speeds } from './pair.ts';
import { trustOf } from './umap.ts';

const OWN = 'Isogloss, all scores';
const RIVAL = 'tfjs-webgpu matMul + topk';

/** Several language pairs on the GPU, one after another, so that starting one does not decide. */
export async function gpuPairContest(
  kernels: Kernels,
  { n, pairs }: { n: number; pairs: number },
): Promise<Contest<PairScan | null>> {
  const inputs = Array.from({ length: pairs }, (_, seed) => languagePair(seed, n));
  const cosines = await createReference().cosineMatrix(inputs[0].x, inputs[0].y);
  const operations = 2 * n * n * DIMENSIONS * pairs;
  const peak = await measurePeak();
  return {
    title: `${pairs} pairs of ${n} x ${n} x ${DIMENSIONS}, ${kernels.device}`,
    input: await hashOf(...inputs.flatMap(({ x, y }) => [x.data, y.data])),
    contestants: {
      [OWN]: async () => {
        let first: PairScan | null = null;
        for (const { x, y } of inputs) {
          const [scores] = await kernels.comparePairs([{ x, y }]);
          first ??= scores;
        }
        return first;
      },
      [RIVAL]: async () => {
        for (const { x, y } of inputs) await bestBothWays(x, y);
        return null;
      },
    },
    comparisons: [
      {
        id: 'gpu/pairs-vs-tfjs',
        own: OWN,
        rival: RIVAL,
        guards: (own) => ({
          'cosine error of the first pair': atMost(pairDifference(own!, cosines), 1e-5),
        }),
      },
    ],
    figures: (milliseconds) => ({
      ...speeds(milliseconds, operations),
      'measured peak, f32': `${peak.toFixed(0)} GFLOP/s`,
      'share of the peak': `${((100 * operations) / 1e6 / milliseconds[OWN] / peak).toFixed(0)} %`,
    }),
  };
}

/** Most that vectors to picture should take. Milliseconds. */
const UMAP_LIMIT = 5000;

/** Vectors to picture, once through: neighbours, principal components, layout. */
export async function gpuUmapContest(kernels: Kernels, n: number): Promise<Contest<Matrix>> {
  const vectors = clusteredRows(5, n);
  const trust = trustOf(kernels, vectors);
  const start = await principalComponents(vectors, productsOf(kernels));
  return {
    title: `UMAP of ${n} x ${DIMENSIONS} from vectors, ${kernels.device}`,
    input: await hashOf(vectors.data),
    contestants: {
      Isogloss: async () => {
        const neighbors = await kernels.nearest(vectors, K);
        const start = await principalComponents(vectors, productsOf(kernels));
        return (await layoutUmap({ neighbors, start, seed: 1 }, unwatched)).picture;
      },
    },
    comparisons: [
      {
        id: 'gpu/umap-within-5s',
        own: 'Isogloss',
        rival: UMAP_LIMIT,
        guards: async (picture) => ({
          'trustworthiness(15), beside its start': atLeast(
            await trust(picture),
            await trust(start),
          ),
        }),
      },
    ],
  };
}
