import { asAnalyzerError, isCancelled, type AnalyzerError } from '../core/errors.ts';
import type { CallOptions } from '../protocol/client.ts';
import type { Progress } from '../protocol/messages.ts';

export interface Latest<T> {
  /** null until the first answer. */
  readonly value: T | null;
  readonly busy: boolean;
  /** How far the answer has come, where the worker says so; null while none is waited for. */
  readonly progress: Progress | null;
  readonly problem: AnalyzerError | null;
}

/**
 * What a worker answers to a question that changes with the page's state: the last answer stays until the next one is
 * there, so that nothing jumps, and a question that another one replaces is stopped. To be called where a component starts.
 */
export function latest<T>(ask: (options: CallOptions) => Promise<T> | null): Latest<T> {
  let value = $state.raw<T | null>(null);
  let busy = $state(false);
  let progress = $state.raw<Progress | null>(null);
  let problem = $state.raw<AnalyzerError | null>(null);

  // The one effect of its kind: what a worker says is outside of what can be derived.
  $effect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const answer = ask({ signal, onProgress: (next) => !signal.aborted && (progress = next) });
    busy = answer !== null;
    progress = null;
    const settle = (next: T | null, failure: AnalyzerError | null): void => {
      if (signal.aborted) return;
      value = next;
      problem = failure;
      busy = false;
      progress = null;
    };
    answer?.then(
      (next) => settle(next, null),
      (thrown: unknown) => !isCancelled(thrown) && settle(null, asAnalyzerError(thrown)),
    );
    return () => controller.abort();
  });

  return {
    get value() {
      return value;
    },
    get busy() {
      return busy;
    },
    get progress() {
      return progress;
    },
    get problem() {
      return problem;
    },
  };
}
