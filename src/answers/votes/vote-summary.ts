import type { AnswerTable } from '../../core/answers.ts';
import type { ScoreSettings } from '../../core/scorecard.ts';
import type {
  OtherReading,
  TiedVote,
  VoteMode,
  VoteReport,
  Votes,
  VoteSettings,
  VoteSummary,
} from '../../core/votes.ts';
import { answersOf } from '../answers-where.ts';
import { encodedFor, type EncodedAnswers } from './open-answers.ts';
import { readingOf, reportOf, type Reading } from '../reading.ts';

/** What is voted on, and how. */
export interface VoteRequest {
  settings: ScoreSettings;
  mode: VoteMode;
  task: number;
  model: number;
  votes: VoteSettings;
}

/**
 * The votes of one model on one task; null where nothing votes.
 *
 * @param encoded needed for open answers alone
 */
export function voteSummary(
  whole: AnswerTable,
  { settings, mode, task, model, votes: settingsOfVotes }: VoteRequest,
  encoded: EncodedAnswers | null = null,
): VoteSummary | null {
  const table = answersOf(whole, task, model);
  const read = (how: VoteMode): Reading =>
    readingOf(table, {
      mode: how,
      settings,
      order: settingsOfVotes.order,
      encoded: () => encodedFor(encoded, whole, model),
    });
  const own = read(mode);
  const { votes, groups } = reportOf(own, settingsOfVotes);
  const group = groups.at(0);
  if (group === undefined) return null;
  const other =
    mode === 'open'
      ? null
      : otherReading(votes, reportOf(read(mode === 'calm' ? 'own' : 'calm'), settingsOfVotes));
  // A copy: its columns are moved to the page.
  return structuredClone({ group, other, ties: tiesOf(own.table, votes, own.nameOf) });
}

/** The same answers read in the other way: both elections are over the same questions, in the same order. */
function otherReading(votes: Votes, { votes: others, groups: [group] }: VoteReport): OtherReading {
  const differing = others.winner.filter((winner, row) => winner !== votes.winner[row]).length;
  const { questions, ties, unanimous, withoutVotes, truth } = group;
  return { differing, questions, ties, unanimous, withoutVotes, vote: truth?.vote ?? null };
}

function tiesOf(
  { questions }: AnswerTable,
  { question, tie, tally }: Votes,
  nameOf: (choice: number) => string,
): TiedVote[] {
  return Array.from(tie.keys())
    .filter((row) => tie[row] === 1)
    .map((row) => {
      const places = Array.from(
        { length: tally.start[row + 1] - tally.start[row] },
        (_, i) => tally.start[row] + i,
      );
      const choices = places
        .map((at) => ({ name: nameOf(tally.choice[at]), votes: tally.count[at] }))
        .sort((a, b) => b.votes - a.votes);
      return { question: question[row], id: questions[question[row]].id, choices };
    });
}
