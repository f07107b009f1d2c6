import type { Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { PairScan } from '../core/pair-scan.ts';
import type { Client } from '../protocol/client.ts';
import { inTurn, type Handlers } from '../protocol/server.ts';
import type { LanguagePair } from './kernels.ts';
import { ownThread, type Search, type Thread } from './wasm/thread.ts';

/** A thread of the CPU kernels in a worker of its own. */
export interface ThreadApi {
  cosineMatrix(request: { x: Matrix; y: Matrix }): Matrix;
  comparePair(request: { pair: LanguagePair }): PairScan;
  nearest(request: { search: Search }): Neighbors;
}

/** The worker's side. A stopped call may still run when the next arrives, which waits for it. */
export function threadHandlers(): Handlers<ThreadApi> {
  const thread = ownThread();
  const queue = inTurn();
  return {
    cosineMatrix: ({ x, y }) => queue(async () => (await thread).cosineMatrix(x, y)),
    comparePair: ({ pair }, { signal }) =>
      queue(async () => (await thread).comparePair(pair, signal)),
    nearest: ({ search }, { signal }) =>
      queue(async () => (await thread).nearest(search, () => undefined, signal)),
  };
}

/** The kernels' side. */
export function helperThread(client: Client<ThreadApi>): Thread {
  return {
    cosineMatrix: (x, y) => client.cosineMatrix({ x: alone(x), y: alone(y) }),
    comparePair: ({ x, y }, signal) =>
      client.comparePair({ pair: { x: alone(x), y: alone(y) } }, { signal }),
    nearest: (search, _, signal) =>
      client.nearest({ search: { ...search, x: alone(search.x) } }, { signal }),
    dispose: () => client.dispose(),
  };
}

/** A matrix with a buffer of its own: a message takes the whole buffer of what it carries. */
function alone({ rows, columns, data }: Matrix): Matrix {
  const isAlone = data.byteLength === data.buffer.byteLength;
  return { rows, columns, data: isAlone ? data : data.slice() };
}

/** Helpers that a computer of so many cores has work for, this thread being one. */
export function helperCount(cores: number): number {
  return Math.max(0, Math.min(cores, 8) - 1);
}
