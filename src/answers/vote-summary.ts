import { letterOf, type AnswerTable } from '../core/answers.ts';
import type { ScoreSettings } from '../core/scorecard.ts';
import type {
  OtherReading,
  TiedVote,
  VoteMode,
  VoteReport,
  Votes,
  VoteSettings,
  VoteSummary,
} from '../core/votes.ts';
import { calmChoices, calmLetter } from './calm-vote.ts';
import { parseChoices } from './parse-choice.ts';
import { voteReport } from './vote-report.ts';

/** What is voted on, and how. */
export interface VoteRequest {
  settings: ScoreSettings;
  mode: VoteMode;
  task: number;
  model: number;
  votes: VoteSettings;
}

/** The votes of one model on one task; null where nothing votes. */
export function voteSummary(
  table: AnswerTable,
  { settings, mode, task, model, votes: settingsOfVotes }: VoteRequest,
): VoteSummary | null {
  const own = answersOf(table, task, model);
  const reportOf = (read: VoteMode): VoteReport =>
    voteReport(own, votingChoices(own, read, settings), settingsOfVotes);
  const { votes, groups } = reportOf(mode);
  const group = groups.at(0);
  if (group === undefined) return null;
  const nameOf = mode === 'calm' ? calmLetter : letterOf;
  const other = otherReading(votes, reportOf(mode === 'calm' ? 'own' : 'calm'));
  // A copy: its columns are moved to the page.
  return structuredClone({ group, other, ties: tiesOf(own, votes, nameOf) });
}

/** What each answer votes for. [answers] */
export function votingChoices(
  table: AnswerTable,
  mode: VoteMode,
  settings: ScoreSettings,
): Int32Array {
  return mode === 'calm' ? calmChoices(table, settings.profiles) : parseChoices(table, settings);
}

/** The same answers read in the other way: both elections are over the same questions, in the same order. */
function otherReading(votes: Votes, { votes: others, groups: [group] }: VoteReport): OtherReading {
  const differing = others.winner.filter((winner, row) => winner !== votes.winner[row]).length;
  const { questions, ties, unanimous, withoutVotes, truth } = group;
  return { differing, questions, ties, unanimous, withoutVotes, vote: truth?.vote ?? null };
}

/** The table with the answers of one model to one task alone. */
export function answersOf(table: AnswerTable, task: number, model: number): AnswerTable {
  const { answers } = table;
  const rows = Int32Array.from(answers.text.keys()).filter(
    (row) => answers.model[row] === model && table.questions[answers.question[row]].task === task,
  );
  const taken = (column: Int32Array): Int32Array => Int32Array.from(rows, (row) => column[row]);
  return {
    ...table,
    answers: {
      question: taken(answers.question),
      language: taken(answers.language),
      model: taken(answers.model),
      sample: taken(answers.sample),
      logprob: Float64Array.from(rows, (row) => answers.logprob[row]),
      text: Array.from(rows, (row) => answers.text[row]),
    },
  };
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
