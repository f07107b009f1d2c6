import { letterOf, type AnswersSummary, type AnswerTable } from '../core/answers.ts';
import type { ScoreSettings } from '../core/scorecard.ts';
import type { VoteMode, VoteSettings } from '../core/votes.ts';
import { voteFiles } from '../io/write/vote-tables.ts';
import { calmLetter } from './calm-vote.ts';
import { voteGroups } from './vote-report.ts';
import { votingChoices } from './vote-summary.ts';
import { vote } from './vote.ts';

/** Votes of all models on all tasks, as files by path. */
export function voteExport(
  table: AnswerTable,
  {
    isogloss,
    summary,
    settings,
    mode,
    votes: given,
  }: {
    isogloss: string;
    summary: AnswersSummary;
    settings: ScoreSettings;
    mode: VoteMode;
    votes: VoteSettings;
  },
): Map<string, string> {
  const choices = votingChoices(table, mode, settings);
  const { pool, votes } = vote(table, choices, given);
  const { parser, profiles } = settings;
  return voteFiles({
    isogloss,
    table,
    summary,
    pool,
    choices,
    nameOf: mode === 'calm' ? calmLetter : letterOf,
    report: { ...given, votes, groups: voteGroups(table, choices, { pool, votes }) },
    settings: { mode, parser: mode === 'calm' ? 'calm' : parser, profiles },
  });
}
