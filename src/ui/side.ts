import type { Side } from './selection.svelte.ts';
import type { Session } from './session.svelte.ts';

/** The side that is shown: the chosen one, as far as it holds anything. */
export function shownSide({ selection, answering }: Session): Side {
  return selection.side === 'answers' && answering.summary !== null ? 'answers' : 'facts';
}

/** Whether files of facts were read. */
export function hasFacts({ read, phase }: Session): boolean {
  return read !== null && phase.name !== 'empty';
}
