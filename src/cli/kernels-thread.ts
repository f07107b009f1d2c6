import { parentPort } from 'node:worker_threads';
import { threadHandlers } from '../compute/helper-threads.ts';
import { serve } from '../protocol/server.ts';

/** The entry of a thread that `with-kernels.ts` starts. */
if (parentPort !== null) {
  serve(parentPort as unknown as MessagePort, threadHandlers());
  parentPort.start();
}
