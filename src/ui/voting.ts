import type { AnswersSummary } from '../core/answers.ts';
import type { VoteMode, VoteSettings } from '../core/votes.ts';

/** How votes are held; languages by tag, so that it outlives the files. */
export interface Voting {
  mode: VoteMode;
  /** Languages that come first in the order of pooling; the others follow as in the files. */
  order: string[];
  /** Languages whose answers do not vote. */
  silent: string[];
  /** Smallest share of a vote that is kept, in [0, 1]. */
  threshold: number;
}

export const VOTING: Voting = { mode: 'own', order: [], silent: [], threshold: 0.7 };

/** Indices of the languages as they are pooled, and of those that vote. */
export function votersOf(voting: Voting, summary: AnswersSummary | null): VoteSettings {
  const tags = summary?.languages.map(({ tag }) => tag) ?? [];
  const named = [...voting.order.filter((tag) => tags.includes(tag)), ...tags];
  const order = [...new Set(named)].map((tag) => tags.indexOf(tag));
  return { order, voters: order.filter((l) => !voting.silent.includes(tags[l])) };
}
