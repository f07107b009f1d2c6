import { AnalyzerError, asAnalyzerError, cancelled } from '../core/errors.ts';
import type { ClientMessage, Endpoint, Progress, WireError, WorkerMessage } from './messages.ts';

export interface CallOptions {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  transfer?: Transferable[];
}

/** The page's side of an API: every method answers with a promise and can be stopped. */
export type Client<Api> = {
  [Method in keyof Api]: Api[Method] extends (argument: infer Argument) => infer Result
    ? (argument: Argument, options?: CallOptions) => Promise<Awaited<Result>>
    : never;
} & { dispose(): void };

interface Pending {
  resolve(value: unknown): void;
  reject(error: AnalyzerError): void;
  onProgress: ((progress: Progress) => void) | undefined;
}

/**
 * Connects to a worker. A stopped call rejects at once with `call/cancelled` and its late answer is dropped; a worker
 * that dies rejects everything that waits on it, and every later call, with `worker/crashed`.
 */
export function connect<Api>(worker: Worker, what: string): Client<Api> {
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let crash: AnalyzerError | undefined;

  const end = (error: AnalyzerError): void => {
    crash = error;
    worker.terminate();
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };
  listen(worker, pending);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(crashed(what, event.message));
  });
  worker.addEventListener('messageerror', () => end(crashed(what, 'a message could not be read')));

  const call = (method: string, argument: unknown, options: CallOptions = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { signal, onProgress, transfer = [] } = options;
      if (crash !== undefined) return reject(crash);
      if (signal?.aborted === true) return reject(cancelled(what));
      const id = nextId++;
      const stop = (): void => {
        if (!pending.delete(id)) return;
        send(worker, { kind: 'cancel', id });
        reject(cancelled(what));
      };
      signal?.addEventListener('abort', stop, { once: true });
      pending.set(id, { resolve, reject, onProgress });
      try {
        send(worker, { kind: 'call', id, method, argument }, transfer);
      } catch (thrown) {
        // An argument that cannot be cloned; nothing was sent.
        pending.delete(id);
        reject(asAnalyzerError(thrown));
      }
    });

  return new Proxy({} as Client<Api>, {
    get: (_, name) => {
      if (name === 'dispose')
        return () => end(new AnalyzerError('call/cancelled', `${what} was stopped.`));
      // A promise asks every value it resolves with for `then`; a client is none.
      if (name === 'then' || typeof name === 'symbol') return undefined;
      return (argument: unknown, options?: CallOptions) => call(name, argument, options);
    },
  });
}

function listen(endpoint: Endpoint, pending: Map<number, Pending>): void {
  endpoint.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
    const waiting = pending.get(data.id);
    if (waiting === undefined) return;
    switch (data.kind) {
      case 'progress':
        waiting.onProgress?.(data.progress);
        return;
      case 'result':
        pending.delete(data.id);
        waiting.resolve(data.value);
        return;
      case 'failure':
        pending.delete(data.id);
        waiting.reject(revive(data.error));
        return;
      default:
        data satisfies never;
    }
  });
}

function send(endpoint: Endpoint, message: ClientMessage, transfer: Transferable[] = []): void {
  endpoint.postMessage(message, transfer);
}

function revive({ code, message, hint, detail, stack }: WireError): AnalyzerError {
  const error = new AnalyzerError(code, message, { hint, detail });
  error.stack = stack;
  return error;
}

function crashed(what: string, why: string): AnalyzerError {
  return new AnalyzerError('worker/crashed', `${what} stopped: ${why || 'no reason was given'}.`, {
    hint: 'Run it again; if it repeats, choose a smaller model or fewer texts.',
  });
}
