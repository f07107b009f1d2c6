import type { Side } from './selection.svelte.ts';
import type { Session } from './session.svelte.ts';

/** The side that is shown: the chosen one, as far as there is anything to show. */
export function shownSide(session: Session): Side {
  const { side } = session.selection;
  if (side === 'answers' && hasAnswersSide(session)) return 'answers';
  return side === 'lab' && hasLabSide(session) ? 'lab' : 'facts';
}

/** Whether the answers side has anything to show: coverage and false statements are of facts too. */
export function hasAnswersSide(session: Session): boolean {
  const { summary, taxonomy, profilesFrom } = session.answering;
  return summary !== null || taxonomy !== null || profilesFrom !== null || hasFacts(session);
}

/** Whether the lab has anything to show: what is done there is done to facts, or with an adapter from a file. */
export function hasLabSide(session: Session): boolean {
  return hasFacts(session) || session.laboratory.dropped !== null;
}

/** Whether files of facts were read. */
export function hasFacts({ read, phase }: Session): boolean {
  return read !== null && phase.name !== 'empty';
}
