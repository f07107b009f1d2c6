import { assert } from '../core/errors.ts';

/** Guards the one workspace of a kernels instance. */
export interface Turns {
  /** Runs a call, and refuses one that begins before the last has ended or after `close`. */
  take<Result>(what: string, call: () => Promise<Result>): Promise<Result>;
  close(): void;
}

export function createTurns(): Turns {
  let state: 'free' | 'busy' | 'closed' = 'free';
  return {
    take: async (what, call) => {
      assert(state !== 'closed', `${what}: the kernels are disposed`);
      assert(state === 'free', `${what}: the last call has not ended`);
      state = 'busy';
      try {
        return await call();
      } finally {
        if (state === 'busy') state = 'free';
      }
    },
    close: () => {
      state = 'closed';
    },
  };
}
