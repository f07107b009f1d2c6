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

/** What came of one question. */
interface Settled<T> {
  asked: AbortController;
  value: T | null;
  problem: AnalyzerError | null;
}

/**
 * What a worker answers to a question that changes with the page's state: the last answer stays until the next one is
 * there, so that nothing jumps, and a question that another one replaces is stopped. The worker is asked when something of
 * it is read.
 */
export function latest<T>(ask: (options: CallOptions) => Promise<T> | null): Latest<T> {
  let settled = $state.raw<Settled<T> | null>(null);
  let reported = $state.raw<{ asked: AbortController; progress: Progress } | null>(null);
  let last: AbortController | null = null;

  const current = $derived.by(() => {
    last?.abort();
    const asked = new AbortController();
    last = asked;
    const onProgress = (progress: Progress): void => {
      if (last === asked) reported = { asked, progress };
    };
    const answer = ask({ signal: asked.signal, onProgress });
    const settle = (value: T | null, problem: AnalyzerError | null): void => {
      if (last === asked) settled = { asked, value, problem };
    };
    answer?.then(
      (value) => settle(value, null),
      (thrown: unknown) => !isCancelled(thrown) && settle(null, asAnalyzerError(thrown)),
    );
    return { asked, isWaiting: answer !== null };
  });
  const isBusy = $derived(current.isWaiting && settled?.asked !== current.asked);

  return {
    get value() {
      return current.isWaiting ? (settled?.value ?? null) : null;
    },
    get busy() {
      return isBusy;
    },
    get progress() {
      return isBusy && reported?.asked === current.asked ? reported.progress : null;
    },
    get problem() {
      return current.isWaiting ? (settled?.problem ?? null) : null;
    },
  };
}
