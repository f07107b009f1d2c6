import type { AnswerTable } from '../../core/answers.ts';
import type { VoteSettings, Votes } from '../../core/votes.ts';
import { answersOf, poolAnswers, type Pool } from './pool.ts';

/** Choices in the order first seen, with how many made them. */
export interface Tally {
  choices: number[];
  counts: number[];
}

/** Votes, and the pooled answers that they stand on: one entry for each row of the votes. */
export interface Election {
  pool: Pool;
  votes: Votes;
}

/** All languages of the table, in its order, with equal votes. */
export function everyLanguage({ languages }: AnswerTable): VoteSettings {
  const order = languages.map((_, language) => language);
  return { order, voters: order };
}

/**
 * Every valid answer of a voter is one vote; the most frequent choice wins, of several the one seen first in the order of
 * pooling. An open question has no votes unless `choices` has clusters for it.
 *
 * @param choices of each answer, -1 where invalid. [answers]
 */
export function vote(
  table: AnswerTable,
  choices: Int32Array,
  { order, voters }: VoteSettings,
): Election {
  const pool = withVoters(poolAnswers(table, order), { table, choices, voters: new Set(voters) });
  const rows = pool.question.length;
  const votes = emptyVotes(pool, table.languages.length);
  const tallies: Tally[] = [];
  for (let row = 0; row < rows; row++) {
    const answers = answersOf(pool, row);
    const voting = answers.filter((answer) => voters.includes(table.answers.language[answer]));
    const tally = tallyOf(voting, choices);
    tallies.push(tally);
    fillRow(votes, row, tally);
    votes.invalid[row] = voting.length - votes.votes[row];
    votes.coverage[row] = coverageOf(voting, { table, choices, winner: votes.winner[row] });
    fillLanguages(votes, row, { answers, table, choices });
  }
  votes.tally = joined(tallies);
  return { pool, votes };
}

/** Entries that a voter answered, of questions with options or with choices of their own. */
function withVoters(
  pool: Pool,
  { table, choices, voters }: { table: AnswerTable; choices: Int32Array; voters: Set<number> },
): Pool {
  const kept: number[] = [];
  for (let entry = 0; entry < pool.question.length; entry++) {
    const answers = answersOf(pool, entry);
    const isClosed = table.questions[pool.question[entry]].options > 0;
    const counts = (answer: number): boolean => isClosed || choices[answer] >= 0;
    if (answers.some((a) => voters.has(table.answers.language[a])) && answers.some(counts))
      kept.push(entry);
  }
  if (kept.length === pool.question.length) return pool;
  const parts = kept.map((entry) => answersOf(pool, entry));
  const start = new Int32Array(kept.length + 1);
  parts.forEach((part, i) => (start[i + 1] = start[i] + part.length));
  const answers = new Int32Array(start[kept.length]);
  parts.forEach((part, i) => answers.set(part, start[i]));
  return {
    question: Int32Array.from(kept, (entry) => pool.question[entry]),
    model: Int32Array.from(kept, (entry) => pool.model[entry]),
    start,
    answers,
  };
}

function emptyVotes({ question, model }: Pool, languages: number): Votes {
  const rows = question.length;
  return {
    question,
    model,
    winner: new Int32Array(rows).fill(-1),
    votes: new Int32Array(rows),
    invalid: new Int32Array(rows),
    share: new Float64Array(rows).fill(NaN),
    margin: new Float64Array(rows).fill(NaN),
    entropy: new Float64Array(rows).fill(NaN),
    coverage: new Float64Array(rows).fill(NaN),
    tie: new Uint8Array(rows),
    tally: { start: new Int32Array(1), choice: new Int32Array(), count: new Int32Array() },
    selfConsistency: new Float64Array(rows * languages).fill(NaN),
    holdsWinner: new Uint8Array(rows * languages),
  };
}

/** Choices of some answers, in the order first seen; invalid ones have none. */
export function tallyOf(answers: ArrayLike<number>, choices: Int32Array): Tally {
  const tally: Tally = { choices: [], counts: [] };
  for (let i = 0; i < answers.length; i++) {
    const choice = choices[answers[i]];
    if (choice < 0) continue;
    const at = tally.choices.indexOf(choice);
    if (at < 0) {
      tally.choices.push(choice);
      tally.counts.push(1);
    } else tally.counts[at]++;
  }
  return tally;
}

/** The most frequent choice, of several the one seen first; -1 where there is none. */
export function winnerOf({ choices, counts }: Tally): number {
  return counts.length === 0 ? -1 : choices[counts.indexOf(Math.max(...counts))];
}

function fillRow(votes: Votes, row: number, tally: Tally): void {
  const { counts } = tally;
  const total = counts.reduce((sum, count) => sum + count, 0);
  votes.votes[row] = total;
  votes.winner[row] = winnerOf(tally);
  if (total === 0) return;
  const [first, second = 0] = counts.toSorted((a, b) => b - a);
  votes.share[row] = first / total;
  votes.margin[row] = (first - second) / total;
  votes.tie[row] = Number(first === second);
  // 0 - 0 rather than -0 where all votes are one.
  votes.entropy[row] = 0 - counts.reduce((sum, n) => sum + (n / total) * Math.log2(n / total), 0);
}

function coverageOf(
  voting: Int32Array,
  { table, choices, winner }: { table: AnswerTable; choices: Int32Array; winner: number },
): number {
  if (winner < 0) return NaN;
  const languages = new Set<number>();
  const covered = new Set<number>();
  for (const answer of voting) {
    languages.add(table.answers.language[answer]);
    if (choices[answer] === winner) covered.add(table.answers.language[answer]);
  }
  return covered.size / languages.size;
}

function fillLanguages(
  votes: Votes,
  row: number,
  { answers, table, choices }: { answers: Int32Array; table: AnswerTable; choices: Int32Array },
): void {
  for (const [language, own] of byLanguage(answers, table)) {
    const { choices: seen, counts } = tallyOf(own, choices);
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    const at = row * table.languages.length + language;
    votes.selfConsistency[at] = Math.max(...counts) / total;
    votes.holdsWinner[at] = Number(seen.includes(votes.winner[row]));
  }
}

/** Pooled answers by language: those of one language stand side by side. */
export function byLanguage(
  answers: Int32Array,
  { answers: { language } }: AnswerTable,
): [language: number, answers: Int32Array][] {
  const parts: [number, Int32Array][] = [];
  for (let start = 0, end = 1; start < answers.length; start = end++) {
    while (end < answers.length && language[answers[end]] === language[answers[start]]) end++;
    parts.push([language[answers[start]], answers.subarray(start, end)]);
  }
  return parts;
}

function joined(tallies: Tally[]): Votes['tally'] {
  const start = new Int32Array(tallies.length + 1);
  tallies.forEach(({ choices }, row) => (start[row + 1] = start[row] + choices.length));
  return {
    start,
    choice: Int32Array.from(tallies.flatMap(({ choices }) => choices)),
    count: Int32Array.from(tallies.flatMap(({ counts }) => counts)),
  };
}
