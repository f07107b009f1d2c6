import type { Progress } from '../../src/protocol/messages.ts';
import type { CallContext } from '../../src/protocol/server.ts';

/** A call that nobody stops or watches. */
export const unwatched: CallContext = {
  signal: new AbortController().signal,
  report: () => undefined,
};

/** A call whose reports are kept, and which stops itself when `stopWhen` says so. */
export function watched(stopWhen: (progress: Progress) => boolean = () => false): {
  context: CallContext;
  reports: Progress[];
} {
  const controller = new AbortController();
  const reports: Progress[] = [];
  const report = (progress: Progress): void => {
    reports.push(progress);
    if (stopWhen(progress)) controller.abort();
  };
  return { context: { signal: controller.signal, report }, reports };
}
