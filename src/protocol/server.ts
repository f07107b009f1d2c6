import { AnalyzerError, asAnalyzerError, cancelled } from '../core/errors.ts';
import {
  buffersOf,
  type ClientMessage,
  type Endpoint,
  type Progress,
  type WorkerMessage,
} from './messages.ts';

export interface CallContext {
  /** Aborted when the page stops the call; checked between units of work. */
  signal: AbortSignal;
  report(progress: Progress): void;
}

/** The worker's side of an API. */
export type Handlers<Api> = {
  [Method in keyof Api]: Api[Method] extends (argument: infer Argument) => infer Result
    ? (argument: Argument, context: CallContext) => Result | Promise<Result>
    : never;
};

/** Answers calls until the worker ends. Calls run at once, side by side: a handler that must not overlap queues itself. */
export function serve<Api>(endpoint: Endpoint, handlers: Handlers<Api>): void {
  const running = new Map<number, AbortController>();
  const answer = async (call: Extract<ClientMessage, { kind: 'call' }>): Promise<void> => {
    const controller = new AbortController();
    running.set(call.id, controller);
    try {
      const value = await invoke(handlers, call, {
        signal: controller.signal,
        // Copied, not moved: what is shown early is mostly part of the result too.
        report: (progress) => post(endpoint, { kind: 'progress', id: call.id, progress }, []),
      });
      post(endpoint, { kind: 'result', id: call.id, value }, buffersOf(value));
    } catch (thrown) {
      const { code, message, hint, detail, stack = '' } = asAnalyzerError(thrown);
      post(
        endpoint,
        { kind: 'failure', id: call.id, error: { code, message, hint, detail, stack } },
        [],
      );
    } finally {
      running.delete(call.id);
    }
  };
  endpoint.addEventListener('message', ({ data }: MessageEvent<ClientMessage>) => {
    if (data.kind === 'call') void answer(data);
    else running.get(data.id)?.abort();
  });
}

async function invoke<Api>(
  handlers: Handlers<Api>,
  { method, argument }: { method: string; argument: unknown },
  context: CallContext,
): Promise<unknown> {
  if (!Object.hasOwn(handlers, method)) {
    throw new AnalyzerError('internal', `The worker has no method ${method}.`);
  }
  // The name is chosen at run time, so its argument type is not known here; the client's type has checked it.
  const handler = handlers[method as keyof Api] as (
    argument: unknown,
    context: CallContext,
  ) => unknown;
  return handler(argument, context);
}

function post(endpoint: Endpoint, message: WorkerMessage, transfer: Transferable[]): void {
  endpoint.postMessage(message, transfer);
}

/**
 * Lets messages in (a stop, above all) between two units of work. Not by a timer: browsers stretch those to 4 ms, which
 * would cost more than many a unit.
 */
export function breathe(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * The same, and the end of the call where it was asked to stop.
 *
 * @throws AnalyzerError `call/cancelled`, saying that `what` was stopped
 */
export async function breatheUnlessStopped(signal: AbortSignal, what: string): Promise<void> {
  await breathe();
  if (signal.aborted) throw cancelled(what);
}

/** Runs work one after another, in the order of the calls; a failed one does not stop the next. */
export function inTurn(): <T>(work: () => Promise<T> | T) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };
}
