import type { AnswersSummary, AnswerTable } from '../../core/answers.ts';
import { REASONS, type PairSet, type Reason } from '../../core/preference-pairs.ts';
import type { Votes, VoteSettings } from '../../core/votes.ts';
import { toJson } from './to-json.ts';

/** Settings and counts of the pairs that were written, and how many were not made for which reason. */
export function pairsJson({
  head,
  table,
  set,
  votes,
  order,
  voters,
  summary,
}: VoteSettings & {
  /** Version and settings, as they shall be written down. */
  head: Record<string, unknown>;
  table: AnswerTable;
  set: PairSet;
  votes: Votes;
  summary: AnswersSummary;
}): string {
  const labels = (list: number[]): string[] => list.map((l) => table.languages[l].label);
  return toJson({
    ...head,
    order: labels(order),
    voters: labels(voters),
    votes: votes.question.length,
    rows: set.pairs.length,
    rowsByLanguage: rowsByLanguage(set, table),
    rejectedIsRight: { rows: set.rejectedRight, of: set.known },
    leftOut: reasonsOf(set),
    files: summary.files,
    issues: summary.issues,
  });
}

/** Rows by the label of the language of the answers. */
export function rowsByLanguage(
  { pairs }: PairSet,
  { languages }: AnswerTable,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { language } of pairs) {
    const { label } = languages[language];
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

/** Rows that were not made, by the reason in words. */
export function reasonsOf({ leftOut }: PairSet): Record<string, number> {
  return Object.fromEntries(
    Object.entries(leftOut).map(([reason, count]) => [REASONS[reason as Reason], count]),
  );
}
