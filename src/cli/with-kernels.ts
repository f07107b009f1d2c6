import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker as NodeWorker } from 'node:worker_threads';
import { chooseKernels, type Choice } from '../compute/choose-kernels.ts';
import type { StartHelpers } from '../compute/wasm.ts';
import { helperCount, helperThread, type ThreadApi } from '../compute/helper-threads.ts';
import { connect } from '../protocol/client.ts';

/** What the build makes of kernels-thread.ts; without a build there are no helpers, and the device says one thread. */
const SCRIPT = new URL('./kernels-thread.js', import.meta.url);

/** Runs work with the CPU kernels. Their threads end with it, also where it fails: while one lives, so does the program. */
export async function withKernels<Result>(
  work: (choice: Choice) => Promise<Result>,
): Promise<Result> {
  const choice = await chooseKernels('wasm', startHelpers);
  try {
    return await work(choice);
  } finally {
    choice.kernels.dispose();
  }
}

/** One thread for each core but the one that runs already. */
export const startHelpers: StartHelpers = () =>
  existsSync(SCRIPT)
    ? Array.from({ length: helperCount(availableParallelism()) }, () =>
        helperThread(connect<ThreadApi>(likeBrowsers(SCRIPT), 'A thread of the analysis')),
      )
    : [];

/** A thread of Node with the methods and events of a browser's worker that a client uses. */
function likeBrowsers(script: URL): Worker {
  const thread = new NodeWorker(script);
  const worker = Object.assign(new EventTarget(), {
    postMessage: (message: unknown, transfer: ArrayBuffer[]) =>
      thread.postMessage(message, transfer),
    terminate: () => void thread.terminate(),
  });
  thread.on('message', (data) => worker.dispatchEvent(new MessageEvent('message', { data })));
  thread.on('error', ({ message }: Error) =>
    worker.dispatchEvent(Object.assign(new Event('error'), { message })),
  );
  return worker as unknown as Worker;
}
