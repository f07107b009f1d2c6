import { cancelled } from '../core/errors.ts';
import { breathe, type CallContext } from '../protocol/server.ts';

/** Milliseconds of work between two looks at the stop signal. */
const SLICE = 40;

/** Awaited between small units of work: breathes when a slice of time is over, and throws when the call was stopped. */
export type Pause = () => Promise<void> | void;

export function slices({ signal }: CallContext): Pause {
  let end = performance.now() + SLICE;
  const goOn = (): void => {
    if (signal.aborted) throw cancelled('The projection');
  };
  return () => {
    goOn();
    if (performance.now() < end) return;
    return breathe().then(() => {
      goOn();
      end = performance.now() + SLICE;
    });
  };
}
