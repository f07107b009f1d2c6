import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Kernels } from '../../src/compute/kernels.ts';
import { createWasm } from '../../src/compute/wasm.ts';
import { keptBytes } from '../../src/encoder/vector-cache.ts';
import { allPairsContest } from './contests/all-pairs.ts';
import { encodeContest, leastCosine, wasteInOrder } from './contests/encode.ts';
import { approximateContest, K, nearestContest, recall } from './contests/nearest.ts';
import { pairContest } from './contests/pair.ts';
import { umapContest } from './contests/umap.ts';
import { runContest, type Contest, type ContestResult } from './harness.ts';
import { clusteredRows, hashOf, mixedTexts } from './inputs.ts';
import { encodeRequest } from './node-setting.ts';
import { startTfjsWasm } from './rivals/tfjs-wasm.ts';

/** One cold round and one more; nothing here is about speed. */
const run = <Answer>(contest: Contest<Answer>): Promise<ContestResult> =>
  runContest(contest, { rounds: 1, seed: 1, control: () => 200, load: () => null });

/** Every comparison of the contest with its guards: all must hold, or the rivals do not do the same work. */
function expectFair({ comparisons }: ContestResult, ids: string[]): void {
  expect(Object.keys(comparisons)).toEqual(ids);
  for (const { guards, ratio } of Object.values(comparisons)) {
    expect(Object.keys(guards).length).toBeGreaterThan(0);
    expect(Object.entries(guards).filter(([, { holds }]) => !holds)).toEqual([]);
    expect(ratio).toBeGreaterThan(0);
  }
}

let kernels: Kernels;
beforeAll(async () => {
  kernels = await createWasm();
  await startTfjsWasm(join(process.cwd(), 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'), 1);
});

describe('contests, tiny', { timeout: 120_000 }, () => {
  it('pair: every way finds the same scores', async () => {
    const contest = await pairContest(kernels, { n: 37, suffix: '' });
    expectFair(await run(contest), [
      'pair/vs-naive',
      'pair/vs-tfjs-transposing',
      'pair/vs-tfjs-plain',
    ]);
    const [guard] = contest.comparisons;
    for (const way of Object.values(contest.contestants)) {
      const scores = await way();
      expect(Object.values(await guard.guards(scores, scores))[0].holds).toBe(true);
    }
  });

  it('pair: a wrong rank, index or cosine breaks the guard', async () => {
    const { contestants, comparisons } = await pairContest(kernels, { n: 37, suffix: '' });
    const scores = await contestants['Isogloss']();
    const holds = async (): Promise<boolean> =>
      Object.values(await comparisons[0].guards(scores, scores))[0].holds;
    for (const array of [scores.rowRank, scores.columnRivalIndex, scores.matched]) {
      const kept = array[5];
      array[5] += array === scores.matched ? 1e-4 : 1;
      expect(await holds()).toBe(false);
      array[5] = kept;
    }
    expect(await holds()).toBe(true);
  });

  it('all pairs and nearest neighbours: the products alone, and the same neighbours', async () => {
    const all = await allPairsContest(kernels, { languages: 3, n: 20, suffix: '' });
    expectFair(await run(all), ['pair/3-languages-vs-product', 'pair/3-languages-vs-tfjs-product']);
    const nearest = await nearestContest(kernels, { n: 600, suffix: '' });
    expectFair(await run(nearest), ['pair/nearest-vs-tfjs-plain']);
  });

  it('approximate neighbours: both find nearly all', async () => {
    const contest = await approximateContest(kernels, { name: 'tiny', n: 600 });
    expect(Object.keys((await run(contest)).comparisons)).toEqual([
      'pair/nearest-tiny-vs-embedding-atlas',
    ]);
    const truth = await kernels.nearest(clusteredRows(3, 600), K);
    for (const way of Object.values(contest.contestants))
      expect(recall(await way(), truth)).toBeGreaterThan(0.9);
  });

  it('umap: pictures of equal epochs are equally trustworthy', async () => {
    const result = await run(
      await umapContest(kernels, { name: 'tiny', vectors: clusteredRows(4, 60, 32) }),
    );
    expectFair(result, [
      'umap/tiny-layout-vs-umap-js',
      'umap/tiny-layout-vs-embedding-atlas',
      'umap/tiny-epochs-vs-umap-js',
      'umap/tiny-epochs-vs-embedding-atlas',
      'umap/tiny-whole-vs-embedding-atlas',
    ]);
  });

  it.each(['fp32', 'q8'] as const)(
    'encode: %s vectors of a hub-size encoder are those of the plain pipeline, on both visits',
    async (dtype) => {
      const request = await encodeRequest(12, dtype);
      expectFair(await run(await encodeContest(request)), [
        `encode/${dtype}-vs-pipeline`,
        `encode/${dtype}-second-visit`,
      ]);
      expect(await keptBytes(request.store)).toBeGreaterThan(12 * 384 * 4);
    },
  );

  it('encode: another vector breaks the guard', () => {
    const rows = [Float32Array.of(1, 0), Float32Array.of(0.6, 0.8)];
    expect(leastCosine(rows, rows)).toBeCloseTo(1, 12);
    expect(leastCosine(rows, [rows[0], Float32Array.of(0.8, 0.6)])).toBeCloseTo(0.96, 6);
    expect(leastCosine(rows, [rows[0], Float32Array.of(NaN, 1)])).toBeNaN();
  });
});

describe('what contests count', () => {
  it('recall is the share of true neighbours among those found', () => {
    const lists = (indices: number[]) => ({
      rows: 2,
      k: 2,
      indices: Int32Array.from(indices),
      cosines: new Float32Array(4),
    });
    expect(recall(lists([1, 2, 3, 0]), lists([2, 5, 0, 3]))).toBe(0.75);
  });

  it('padding is what is computed over what is there, batch by batch', () => {
    // Two batches of two: 2 x 5 + 2 x 8 tokens computed, 1 + 5 + 8 + 2 there.
    expect(wasteInOrder(Int32Array.of(1, 5, 8, 2), 2)).toBeCloseTo(26 / 16, 12);
  });

  it('texts are all different, in many scripts and lengths, and the same each time', async () => {
    const table = 'id,topic,hard,en,am\na,,,One boat.,ጀልባ።\nb,,,Two bees.,ንቦች።\nc,,,The moon.,ጨረቃ።';
    const texts = mixedTexts(table, 40, 1);
    expect(new Set(texts).size).toBe(40);
    expect(texts).toEqual(mixedTexts(table, 40, 1));
    expect(texts.some((text) => /^[\u1200-\u137f። ]+$/.test(text))).toBe(true);
    // SHA-256 of 'abc' in FIPS 180-4.
    expect(await hashOf('a', 'bc')).toBe('ba7816bf8f01');
  });
});
