import type { CallContext } from '../protocol/server.ts';

export interface ShellContext extends CallContext {
  /** A line of its own on the error stream. */
  say(sentence: string): void;
}

/** Progress as one changing line on a terminal, as one line per stage elsewhere. */
export function progressLine(): ShellContext {
  const stream = process.stderr;
  let stage = '';
  const clear = (): void => {
    if (stream.isTTY) stream.write('\r\x1b[K');
  };
  return {
    signal: new AbortController().signal,
    say: (sentence) => {
      clear();
      stream.write(`${sentence}\n`);
    },
    report: (progress) => {
      if (stream.isTTY) {
        clear();
        stream.write(
          progress.total > 0
            ? `${progress.stage}: ${progress.done} of ${progress.total}`
            : progress.stage,
        );
      } else if (progress.stage !== stage) {
        stream.write(`${progress.stage} …\n`);
      }
      stage = progress.stage;
    },
  };
}
