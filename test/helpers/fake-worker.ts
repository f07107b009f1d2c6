import { serve, type Handlers } from '../../src/protocol/server.ts';

/** A worker that lives in this thread: its two sides are joined by a message channel, so everything is cloned or moved. */
export interface FakeWorker {
  /** What the page holds. */
  worker: Worker;
  /** Messages that the page sent, as they arrived. */
  received: unknown[];
  /** Ends it as an uncaught error does. */
  crash(message: string): void;
  /** Delivers a message that could not be read. */
  garble(): void;
  isTerminated(): boolean;
}

export function startWorker<Api>(handlers: Handlers<Api>): FakeWorker {
  const { port1, port2 } = new MessageChannel();
  const received: unknown[] = [];
  let terminated = false;
  port2.addEventListener('message', ({ data }: MessageEvent<unknown>) => received.push(data));
  serve(port2, handlers);
  const worker = Object.assign(new EventTarget(), {
    postMessage: (message: unknown, transfer: Transferable[]) =>
      port1.postMessage(message, transfer),
    terminate: () => {
      terminated = true;
      port1.close();
    },
  });
  port1.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
    worker.dispatchEvent(new MessageEvent('message', { data })),
  );
  port1.start();
  port2.start();
  return {
    // The client uses these methods of a worker and no others.
    worker: worker as unknown as Worker,
    received,
    crash: (message) =>
      void worker.dispatchEvent(
        Object.assign(new Event('error', { cancelable: true }), { message }),
      ),
    garble: () => void worker.dispatchEvent(new Event('messageerror')),
    isTerminated: () => terminated,
  };
}
