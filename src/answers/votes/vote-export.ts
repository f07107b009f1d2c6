import type { AnswersSummary, AnswerTable } from '../../core/answers.ts';
import type { ScoreSettings } from '../../core/scorecard.ts';
import type { VoteMode, VoteSettings } from '../../core/votes.ts';
import { medoidsCsv } from '../../io/write/medoids-csv.ts';
import { voteFiles } from '../../io/write/vote-tables.ts';
import { encodedFor, type EncodedAnswers } from './open-answers.ts';
import { readingOf, reportOf } from '../reading.ts';

/** Votes of all models on all tasks, those on open answers of the model that is encoded, as files by path. */
export function voteExport(
  whole: AnswerTable,
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
  encoded: EncodedAnswers | null,
): Map<string, string> {
  const { order } = given;
  const current = (): EncodedAnswers => encodedFor(encoded, whole, null);
  const reading = readingOf(whole, { mode, settings, order, encoded: current });
  const { table, choices, confidence, nameOf, mismatched } = reading;
  const { pool, ...report } = reportOf(reading, given);
  const { parser, profiles, seed } = settings;
  const openSettings = { mode: 'own', open: true, seed, mismatched, encoder: encoded?.encoder };
  const closedSettings = { mode, parser: mode === 'calm' ? 'calm' : parser, profiles };
  const files = voteFiles({
    ...{ isogloss, table, summary, pool, choices, nameOf, report },
    settings: mode === 'open' ? openSettings : closedSettings,
  });
  if (mode === 'open')
    files.set('medoids.csv', medoidsCsv({ table, choices, confidence, election: report }));
  return files;
}
