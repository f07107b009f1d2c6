import { pairDifference } from '../../../src/compute/difference.ts';
import type { Kernels } from '../../../src/compute/kernels.ts';
import type { PairScan } from '../../../src/core/pair-scan.ts';
import { createReference } from '../../../src/compute/reference.ts';
import { transpose, type Matrix } from '../../../src/core/matrix.ts';
import { atMost, type Comparison, type Contest } from '../harness.ts';
import { clusteredRows, DIMENSIONS, hashOf } from '../inputs.ts';
import { plainProduct } from '../rivals/tfjs-wasm.ts';
import { speeds, threadsOf } from './pair.ts';

const OWN = 'Isogloss, all scores';
const FLOOR = 'own product alone';
const RIVAL = 'tfjs-wasm product alone';

/**
 * All pairs of languages against the least that they can cost: the products alone, nothing read from them, by the same
 * kernels on as many threads. A ratio of 0.5 is twice the floor. Between threads a product carries its whole matrix, and
 * all scores do not: there the floor is not the least, and the contest of one thread says more.
 *
 * @param suffix of the comparisons' ids, where the same contest is held in several ways
 */
export async function allPairsContest(
  kernels: Kernels,
  { languages, n, suffix }: { languages: number; n: number; suffix: string },
): Promise<Contest<PairScan | null>> {
  const rows = Array.from({ length: languages }, (_, seed) => clusteredRows(seed, n));
  const columns = rows.map((own) => transpose(own));
  const pairs = rows.flatMap((_, b) => rows.slice(0, b).map((_, a) => [a, b]));
  const cosines = await createReference().cosineMatrix(rows[0], rows[1]);
  const guards = (first: PairScan | null) => ({
    'cosine error of the first pair': atMost(pairDifference(first!, cosines), 1e-5),
  });
  const versus = (words: string, rival: string): Comparison<PairScan | null> => ({
    id: `pair/${languages}-languages-${words}${suffix}`,
    own: OWN,
    rival,
    guards,
  });
  return {
    title: `${pairs.length} pairs of ${languages} languages, ${n} x ${n} x ${DIMENSIONS} each, ${threadsOf(kernels)}`,
    input: await hashOf(...rows.map(({ data }) => data)),
    contestants: {
      [OWN]: () => allScores(kernels, rows, pairs),
      [FLOOR]: async () => {
        for (const [a, b] of pairs) await kernels.cosineMatrix(rows[a], rows[b]);
        return null;
      },
      [RIVAL]: () => {
        for (const [a, b] of pairs) plainProduct(rows[a], columns[b]);
        return null;
      },
    },
    comparisons: [versus('vs-product', FLOOR), versus('vs-tfjs-product', RIVAL)],
    figures: (milliseconds) => speeds(milliseconds, pairs.length * 2 * n * n * DIMENSIONS),
  };
}

/** In calls of eight, so that results do not pile up. @returns the scores of the first pair */
async function allScores(kernels: Kernels, rows: Matrix[], pairs: number[][]): Promise<PairScan> {
  let first: PairScan | undefined;
  for (let start = 0; start < pairs.length; start += 8) {
    const some = pairs.slice(start, start + 8).map(([a, b]) => ({ x: rows[a], y: rows[b] }));
    const scans = await kernels.comparePairs(some);
    first ??= scans[0];
  }
  return first!;
}
