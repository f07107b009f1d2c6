import type { AnswerTable } from '../../core/answers.ts';
import { mean, wilson } from '../../core/statistics.ts';
import type {
  CalibrationBin,
  VoteAccuracy,
  VoteGroup,
  VoteTruth,
  Votes,
  YieldPoint,
} from '../../core/votes.ts';
import { answersOf, type Pool } from './pool.ts';
import { byLanguage, tallyOf, winnerOf, type Election, type Tally } from './vote.ts';

const BINS = 10;
/** Thresholds of purity and yield: 0, 0.05, ..., 1. */
const STEPS = 20;
/** Shares are quotients of small whole numbers: this much below a threshold is rounding. */
const ROUNDING = 1e-9;

/** What counts as right, by row of the votes. */
export interface Truths {
  isKnown(row: number): boolean;
  isRight(row: number, choice: number): boolean;
}

/** The option that the files say is right. */
function goldOptions({ questions }: AnswerTable, { votes }: Election): Truths {
  const goldOf = (row: number): number => questions[votes.question[row]].gold;
  return {
    isKnown: (row) => goldOf(row) >= 0,
    isRight: (row, choice) => choice === goldOf(row),
  };
}

/** One group for each model and task with votes, by task, then model. */
export function voteGroups(
  table: AnswerTable,
  choices: Int32Array,
  election: Election,
  truths: Truths = goldOptions(table, election),
): VoteGroup[] {
  const { pool, votes } = election;
  const rows = new Map<number, number[]>();
  votes.question.forEach((question, row) => {
    const key = table.questions[question].task * table.models.length + votes.model[row];
    const known = rows.get(key);
    if (known === undefined) rows.set(key, [row]);
    else known.push(row);
  });
  return [...rows.keys()]
    .sort((a, b) => a - b)
    .map((key) => groupOf(rows.get(key) ?? [], { table, choices, truths, pool, votes }));
}

interface Material extends Election {
  table: AnswerTable;
  truths: Truths;
  choices: Int32Array;
}

/** What each language says to a question: [rows of the group][languages that answered]. */
type Ballots = { language: number; tally: Tally }[][];

function groupOf(rows: number[], material: Material): VoteGroup {
  const { table, votes } = material;
  const ballots = rows.map((row) => ballotsOf(row, material));
  const count = (holds: (row: number) => boolean): number => rows.filter(holds).length;
  const sum = (column: Int32Array): number => rows.reduce((total, row) => total + column[row], 0);
  return {
    task: table.questions[votes.question[rows[0]]].task,
    model: votes.model[rows[0]],
    questions: rows.length,
    withoutVotes: count((row) => votes.winner[row] < 0),
    ties: sum(Int32Array.from(votes.tie)),
    unanimous: count((row) => votes.share[row] === 1),
    votes: sum(votes.votes),
    invalid: sum(votes.invalid),
    shares: binned(rows, votes).map((bin) => bin.length),
    selfConsistency: consistencyOf(rows, votes, table.languages.length),
    ...agreementOf(ballots, table.languages.length),
    truth: truthOf(rows, ballots, material),
  };
}

function ballotsOf(
  row: number,
  { table, choices, pool }: { table: AnswerTable; choices: Int32Array; pool: Pool },
): Ballots[number] {
  return byLanguage(answersOf(pool, row), table).map(([language, answers]) => ({
    language,
    tally: tallyOf(answers, choices),
  }));
}

/** Rows by share: bin b holds those in (b / 10, (b + 1) / 10]. */
function binned(rows: number[], { share }: Votes): number[][] {
  const bins: number[][] = Array.from({ length: BINS }, () => []);
  for (const row of rows)
    if (!Number.isNaN(share[row])) bins[Math.ceil(share[row] * BINS - ROUNDING) - 1].push(row);
  return bins;
}

function consistencyOf(
  rows: number[],
  { selfConsistency }: Votes,
  languages: number,
): Float64Array {
  return Float64Array.from({ length: languages }, (_, language) => {
    const values = rows.map((row) => selfConsistency[row * languages + language]);
    return mean(values.filter((value) => !Number.isNaN(value)));
  });
}

function agreementOf(
  ballots: Ballots,
  languages: number,
): { agreement: Float64Array; compared: Int32Array } {
  const sums = new Float64Array(languages * languages);
  const compared = new Int32Array(languages * languages);
  for (const ballot of ballots) {
    const valid = ballot.filter(({ tally }) => tally.counts.length > 0);
    for (let i = 0; i < valid.length; i++) {
      for (let j = 0; j < i; j++) {
        const agreed = agreeing(valid[i].tally, valid[j].tally);
        const [a, b] = [valid[i].language, valid[j].language];
        sums[a * languages + b] += agreed;
        sums[b * languages + a] += agreed;
        compared[a * languages + b]++;
        compared[b * languages + a]++;
      }
    }
  }
  return { agreement: sums.map((sum, at) => sum / compared[at]), compared };
}

/** Share of the pairs of an answer here and one there that made the same choice. */
function agreeing(a: Tally, b: Tally): number {
  let [same, inA, inB] = [0, 0, 0];
  a.choices.forEach((choice, i) => {
    const at = b.choices.indexOf(choice);
    if (at >= 0) same += a.counts[i] * b.counts[at];
    inA += a.counts[i];
  });
  for (const count of b.counts) inB += count;
  return same / (inA * inB);
}

function truthOf(rows: number[], ballots: Ballots, material: Material): VoteTruth | null {
  const { table, votes, truths } = material;
  const isRight = (row: number): boolean => truths.isRight(row, votes.winner[row]);
  const known = rows.filter((row) => truths.isKnown(row));
  if (known.length === 0) return null;
  return {
    vote: accuracy(known, isRight),
    alone: table.languages.flatMap((_, language) => {
      const own = winners(rows, ballots, language);
      const answered = known.filter((row) => own.has(row));
      if (answered.length === 0) return [];
      const isOwnRight = (row: number): boolean => truths.isRight(row, own.get(row)!);
      return [{ language, own: accuracy(answered, isOwnRight), vote: accuracy(answered, isRight) }];
    }),
    calibration: binned(known, votes).map((bin, b) => calibrationBin(bin, b, { votes, isRight })),
    yields: Array.from({ length: STEPS + 1 }, (_, step) =>
      yieldPoint(known, step / STEPS, { votes, isRight }),
    ),
    ...rejectedOf(known, material),
  };
}

/** A language's own vote by row, -1 where none of its answers is valid. */
function winners(rows: number[], ballots: Ballots, language: number): Map<number, number> {
  const own = new Map<number, number>();
  ballots.forEach((ballot, i) => {
    const found = ballot.find((one) => one.language === language);
    if (found !== undefined) own.set(rows[i], winnerOf(found.tally));
  });
  return own;
}

function accuracy(rows: number[], isRight: (row: number) => boolean): VoteAccuracy {
  const right = rows.filter(isRight).length;
  return { questions: rows.length, right, interval: wilson(right, rows.length) };
}

interface Judged {
  votes: Votes;
  isRight: (row: number) => boolean;
}

function calibrationBin(rows: number[], bin: number, { votes, isRight }: Judged): CalibrationBin {
  return {
    low: bin / BINS,
    high: (bin + 1) / BINS,
    ...accuracy(rows, isRight),
    meanShare: mean(rows.map((row) => votes.share[row])),
  };
}

function yieldPoint(known: number[], threshold: number, { votes, isRight }: Judged): YieldPoint {
  const kept = known.filter((row) => votes.share[row] >= threshold - ROUNDING);
  const { right, interval } = accuracy(kept, isRight);
  return {
    threshold,
    kept: kept.length,
    right,
    yield: kept.length / known.length,
    purity: right / kept.length,
    interval,
  };
}

/** Valid answers, of all languages, that are not the winner's choice, and those of them that are right. */
function rejectedOf(
  rows: number[],
  { truths, choices, pool, votes }: Material,
): { rejected: number; rejectedRight: number } {
  let [rejected, rejectedRight] = [0, 0];
  for (const row of rows) {
    for (const answer of answersOf(pool, row)) {
      if (votes.winner[row] < 0 || choices[answer] < 0 || choices[answer] === votes.winner[row])
        continue;
      rejected++;
      if (truths.isRight(row, choices[answer])) rejectedRight++;
    }
  }
  return { rejected, rejectedRight };
}
