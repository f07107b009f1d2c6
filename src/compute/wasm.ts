import { matrix, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { PairScan } from '../core/pair-scan.ts';
import type { Kernels, LanguagePair, OnDone } from './kernels.ts';
import { assertNeighbors, assertPairs, assertProduct } from './shapes.ts';
import { createTurns } from './turns.ts';
import { mergeLists } from './wasm/merge-lists.ts';
import { ownThread, type Search, type Thread } from './wasm/thread.ts';

/**
 * Kernels on the CPU, in WebAssembly with 128-bit SIMD; also in Node. The same input gives the same bits on every machine
 * and with any number of threads. A cosine errs by at most (128 + d / 128) * 2^-24, below the tolerance up to d = 4,900.
 *
 * @param startHelpers starts threads beside this one, which the kernels own
 */
export async function createWasm(startHelpers: StartHelpers = () => []): Promise<Kernels> {
  const threads = [await ownThread(), ...startHelpers()];
  const turns = createTurns();
  const count = threads.length === 1 ? '1 thread' : `${threads.length} threads`;
  return {
    backend: 'wasm',
    device: `CPU (WebAssembly SIMD, ${count})`,
    tolerance: 1e-5,
    cosineMatrix: (x, y) =>
      turns.take('cosineMatrix', async () => {
        assertProduct(x, y);
        return cosineMatrix(fitting(threads, x.rows * y.rows * x.columns), x, y);
      }),
    comparePairs: (pairs, onPairs) =>
      turns.take('comparePairs', async () => {
        assertPairs(pairs);
        const products = pairs.reduce((sum, { x }) => sum + x.rows * x.rows * x.columns, 0);
        return comparePairs(fitting(threads, products), pairs, onPairs);
      }),
    nearest: (x, k, onRows) =>
      turns.take('nearest', async () => {
        assertNeighbors(x, k);
        const used = fitting(threads, (x.rows * x.rows * x.columns) / 2);
        return nearest(used, { x, k, part: 0, of: used.length }, onRows);
      }),
    dispose: () => {
      turns.close();
      for (const thread of threads) thread.dispose();
    },
  };
}

/** Starts the threads that CPU kernels use beside their own; called only when the CPU computes. */
export type StartHelpers = () => readonly Thread[];

/** Products of two numbers that are worth a message to another thread: about a millisecond of work. */
const WORTH_A_THREAD = 2e7;

function fitting(threads: Thread[], products: number): Thread[] {
  return threads.slice(0, Math.max(1, Math.floor(products / WORTH_A_THREAD)));
}

/** Each thread takes a band of rows. */
async function cosineMatrix(threads: Thread[], x: Matrix, y: Matrix): Promise<Matrix> {
  if (threads.length === 1) return threads[0].cosineMatrix(x, y);
  const height = Math.ceil(x.rows / threads.length);
  const result = matrix(x.rows, y.rows);
  await together(threads, async (thread, t) => {
    const data = x.data.subarray(t * height * x.columns, (t + 1) * height * x.columns);
    if (data.length === 0) return;
    const rows = data.length / x.columns;
    const band = await thread.cosineMatrix({ rows, columns: x.columns, data }, y);
    result.data.set(band.data, t * height * y.rows);
  });
  return result;
}

/** Each thread takes the next pair when it is free. */
async function comparePairs(
  threads: Thread[],
  pairs: readonly LanguagePair[],
  onPairs?: OnDone,
): Promise<PairScan[]> {
  const scans = new Array<PairScan>(pairs.length);
  const left = [...pairs.entries()];
  let done = 0;
  await together(threads, async (thread, _, signal) => {
    for (let next = left.shift(); next !== undefined && !signal.aborted; next = left.shift()) {
      const [p, pair] = next;
      scans[p] = await thread.comparePair(pair, signal);
      await onPairs?.(++done);
    }
  });
  return scans;
}

/** Each thread takes every so many rows of tiles; what they found is put together. */
async function nearest(threads: Thread[], search: Search, onRows?: OnDone): Promise<Neighbors> {
  const { rows } = search.x;
  const parts = new Array<Neighbors>(threads.length);
  /** The last rows may have tiles that are still at work elsewhere. */
  const watch: OnDone = (done) => (done < rows ? onRows?.(done) : undefined);
  await together(threads, async (thread, part, signal) => {
    parts[part] = await thread.nearest({ ...search, part }, watch, signal);
  });
  await onRows?.(rows);
  return parts.reduce(mergeLists);
}

/** Runs work on every thread, tells the others when one fails, and waits for all: calls must not overlap. */
async function together(
  threads: Thread[],
  work: (thread: Thread, t: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failure = new AbortController();
  const runs = threads.map((thread, t) =>
    // The first reason stays the signal's: the failures of the others only follow from it.
    work(thread, t, failure.signal).catch((thrown: unknown) => failure.abort(thrown)),
  );
  await Promise.all(runs);
  failure.signal.throwIfAborted();
}
