import { asAnalyzerError, isCancelled, type AnalyzerError } from '../core/errors.ts';
import type { Progress } from '../protocol/messages.ts';

/** What a piece of work is given. */
export interface ErrandOptions {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Work that a button starts and Stop ends: how far it has come, and why it failed. One at a time: a new one stops the old. */
export class Errand {
  #progress = $state.raw<Progress | null>(null);
  #problem = $state.raw<AnalyzerError | null>(null);
  #running: AbortController | null = null;

  /** null while nothing runs. */
  get progress(): Progress | null {
    return this.#progress;
  }
  get problem(): AnalyzerError | null {
    return this.#problem;
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#progress = null;
  }

  async run(stage: string, work: (options: ErrandOptions) => Promise<void>): Promise<void> {
    this.stop();
    const controller = new AbortController();
    const { signal } = controller;
    this.#running = controller;
    this.#problem = null;
    this.#progress = { stage, done: 0, total: 0 };
    try {
      await work({ signal, onProgress: (next) => !signal.aborted && (this.#progress = next) });
    } catch (thrown) {
      if (!signal.aborted && !isCancelled(thrown)) this.#problem = asAnalyzerError(thrown);
    } finally {
      if (this.#running === controller) this.stop();
    }
  }
}
