import { probeGpu } from '../../../src/compute/probe.ts';
import type { BenchMessage } from './request.ts';

globalThis.findGpu = probeGpu;

globalThis.holdContests = (request) => {
  const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    const announced: Promise<void>[] = [];
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.addEventListener('message', ({ data }: MessageEvent<BenchMessage>) => {
      if (data.kind === 'result') announced.push(globalThis.announceResult(data.result));
      else if (data.kind === 'failure') reject(new Error(data.message));
      else Promise.all(announced).then(() => resolve(), reject);
    });
    worker.postMessage(request);
  });
};
