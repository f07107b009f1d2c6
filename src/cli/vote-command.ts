import { clusterTruths } from '../answers/votes/open-answers.ts';
import { voteGroups } from '../answers/votes/vote-report.ts';
import type { AnswerTable } from '../core/answers.ts';
import type { VoteGroup } from '../core/votes.ts';
import { medoidsCsv } from '../io/write/medoids-csv.ts';
import { voteFiles } from '../io/write/vote-tables.ts';
import { deliver, DESTINATION_OPTIONS, destinationOf } from './deliver.ts';
import { elect, ELECTION_OPTIONS, electionOptions, withParser } from './elect.ts';
import { parsed, usage } from './options.ts';
import { progressLine } from './progress.ts';
import { readAnswers } from './read-answers.ts';

/** `isogloss vote`: what the answers to each question elect, and how far that can be trusted. */
export async function voteCommand(argv: string[], version: string): Promise<void> {
  const { values, positionals } = parsed(argv, { ...ELECTION_OPTIONS, ...DESTINATION_OPTIONS });
  if (positionals.length === 0) throw usage('No file is given.');
  const given = electionOptions(values);
  const destination = await destinationOf(values);
  const context = progressLine();
  const { table: whole, summary } = await readAnswers(positionals, context);
  const options = withParser(given, summary);
  const elected = await elect(whole, options, context);
  const { table, choices, election, settings, nameOf, mismatched, encoder } = elected;
  const clusters = { choices, scores: elected.confidence };
  const truths = given.open ? clusterTruths(table, election, clusters) : undefined;
  const groups = voteGroups(table, choices, election, truths);
  const { mode, parser, profiles, open, seed } = options;
  const written = voteFiles({
    isogloss: version,
    table,
    summary,
    pool: election.pool,
    choices,
    nameOf,
    report: { ...settings, votes: election.votes, groups },
    settings: open ? { mode, open, seed, mismatched, encoder } : { mode, parser, profiles },
  });
  if (open) written.set('medoids.csv', medoidsCsv(elected));
  const lines = groups.map((group) => `${groupLine(group, table)}\n`).join('');
  const results = { files: written, table: lines, json: 'votes.json', csv: 'votes.csv' };
  await deliver(results, destination, context);
}

function groupLine(group: VoteGroup, { tasks, models }: AnswerTable): string {
  const { questions, ties, unanimous, withoutVotes, truth } = group;
  const names = [tasks[group.task].name, models[group.model]].filter((name) => name !== '');
  const right =
    truth === null
      ? 'right options unknown'
      : `right ${truth.vote.right} of ${truth.vote.questions}`;
  return `${names.join(', ') || 'answers'}: ${questions} questions, ${unanimous} unanimous, ${ties} tied, ${withoutVotes} without a valid answer; ${right}`;
}
