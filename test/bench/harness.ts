import { ratiosByRound, spreadOf } from '../../src/core/rounds.ts';
import { seededRandom, shuffle } from '../../src/core/random.ts';

/** A bound that own result and rival must hold, or the ratio does not count. */
export interface Guard {
  value: number;
  limit: number;
  holds: boolean;
}

/** How many times as fast the own way is as a rival. */
export interface Comparison<Answer> {
  /** `<contest>/<words>`, for example `pair/vs-naive`. */
  id: string;
  /** A contestant, by name. */
  own: string;
  /** Another one; or a limit in milliseconds, which nobody answers for. */
  rival: string | number;
  /** Contestants whose time is taken off either side, round by round: what comes before the part that is compared. */
  without?: { own: string; rival: string };
  /** Judges the answers of the last round, by what is bounded. */
  guards(own: Answer, rival: Answer): Promise<Record<string, Guard>> | Record<string, Guard>;
}

/** Ways to do the same work on the same input. */
export interface Contest<Answer> {
  /** What is done and to how much. */
  title: string;
  /** SHA-256 of the input, its first twelve digits. */
  input: string;
  contestants: Record<string, () => Promise<Answer> | Answer>;
  comparisons: Comparison<Answer>[];
  /** Other numbers worth a line, for example bytes, from median milliseconds by contestant and the last answers. */
  figures?(
    milliseconds: Record<string, number>,
    answers: Record<string, Answer>,
  ): Promise<Record<string, string>> | Record<string, string>;
  dispose?(): Promise<void>;
}

export interface Round {
  /** By contestant. */
  milliseconds: Record<string, number>;
  /** The control loop before and after. */
  control: [before: number, after: number];
}

/** What the rounds are run with. */
export interface Protocol {
  /** Rounds to keep, beside the cold one. */
  rounds: number;
  seed: number;
  /** Runs the control loop; its milliseconds. */
  control(): number;
  /** Average load of the last minute; null where it is not known. */
  load(): number | null;
}

export interface RatioResult {
  /** Median over the rounds of rival's time over own time. */
  ratio: number;
  low: number;
  high: number;
  rounds: number[];
  /** The ratio of the first round, which counts for nothing else; null where there is none, as for memory. */
  cold: number | null;
  own: string;
  rival: string;
  guards: Record<string, Guard>;
  /** Whether the ratio means anything: every guard holds and enough rounds were undisturbed. */
  counts: boolean;
}

export interface ContestResult {
  title: string;
  input: string;
  /** Milliseconds of the kept rounds, by contestant. */
  milliseconds: Record<string, number[]>;
  cold: Record<string, number>;
  /** Rounds that count, and rounds that were disturbed; where too few count, all are shown. */
  kept: number;
  discarded: number;
  load: number | null;
  figures: Record<string, string>;
  comparisons: Record<string, RatioResult>;
}

/** A control loop may differ by this share from the fastest one. */
const TOLERATED = 0.1;

/** After this many times the rounds wanted the machine is taken to be too busy. */
const PATIENCE = 3;

/**
 * Runs a contest: every round all contestants in a random order, between two control loops; one cold round first, kept
 * apart. Rounds that were disturbed are run again until there are enough or patience ends.
 */
export async function runContest<Answer>(
  contest: Contest<Answer>,
  protocol: Protocol,
): Promise<ContestResult> {
  const answers: Record<string, Answer> = {};
  const random = seededRandom(protocol.seed);
  const cold = await runRound(contest, { answers, random, protocol });
  const all: Round[] = [];
  while (undisturbed(all).length < protocol.rounds && all.length < PATIENCE * protocol.rounds) {
    all.push(await runRound(contest, { answers, random, protocol }));
  }
  const kept = undisturbed(all);
  const enough = kept.length >= protocol.rounds;
  // Where the machine was never quiet its rounds are shown, and count for nothing.
  const milliseconds = byContestant(Object.keys(contest.contestants), enough ? kept : all);
  const medians = Object.fromEntries(
    Object.entries(milliseconds).map(([name, times]) => [name, spreadOf(times).median]),
  );
  const comparisons: Record<string, RatioResult> = {};
  for (const comparison of contest.comparisons) {
    const { id, own, rival } = comparison;
    const guards = await comparison.guards(answers[own], answers[rival]);
    const [coldRatio] = ratiosOf(comparison, byContestant(Object.keys(milliseconds), [cold]));
    comparisons[id] = {
      ...ratioOf(ratiosOf(comparison, milliseconds), guards, enough),
      cold: coldRatio,
      own,
      rival: typeof rival === 'number' ? `${rival} ms` : rival,
    };
  }
  const figures = (await contest.figures?.(medians, answers)) ?? {};
  await contest.dispose?.();
  return {
    title: contest.title,
    input: contest.input,
    milliseconds,
    cold: cold.milliseconds,
    kept: kept.length,
    discarded: all.length - kept.length,
    load: protocol.load(),
    figures,
    comparisons,
  };
}

/** The rounds whose control loops both stay within a tenth of the fastest of all. */
export function undisturbed(rounds: readonly Round[]): Round[] {
  const fastest = Math.min(...rounds.flatMap(({ control }) => control));
  return rounds.filter(({ control }) => Math.max(...control) <= (1 + TOLERATED) * fastest);
}

export function atMost(value: number, limit: number): Guard {
  return { value, limit, holds: value <= limit };
}

export function atLeast(value: number, limit: number): Guard {
  return { value, limit, holds: value >= limit };
}

/** What ratios amount to. @param enough whether enough rounds were undisturbed */
export function ratioOf(
  rounds: number[],
  guards: Record<string, Guard>,
  enough: boolean,
): Pick<RatioResult, 'ratio' | 'low' | 'high' | 'rounds' | 'guards' | 'counts'> {
  const { median, low, high } = spreadOf(rounds);
  const counts = enough && Object.values(guards).every(({ holds }) => holds);
  return { ratio: median, low, high, rounds, guards, counts };
}

function ratiosOf<Answer>(
  { own, rival, without }: Comparison<Answer>,
  milliseconds: Record<string, number[]>,
): number[] {
  const timesOf = (name: string | number, less: string | undefined): number[] =>
    milliseconds[own].map((_, round) => {
      const time = typeof name === 'number' ? name : milliseconds[name][round];
      return less === undefined ? time : time - milliseconds[less][round];
    });
  return ratiosByRound(timesOf(rival, without?.rival), timesOf(own, without?.own));
}

async function runRound<Answer>(
  { contestants }: Contest<Answer>,
  run: { answers: Record<string, Answer>; random: () => number; protocol: Protocol },
): Promise<Round> {
  const names = Object.keys(contestants);
  const order = shuffle(run.random, Int32Array.from(names.keys()));
  const milliseconds: Record<string, number> = {};
  const before = run.protocol.control();
  for (const place of order) {
    const name = names[place];
    const start = performance.now();
    run.answers[name] = await contestants[name]();
    milliseconds[name] = performance.now() - start;
  }
  return { milliseconds, control: [before, run.protocol.control()] };
}

function byContestant(names: string[], rounds: Round[]): Record<string, number[]> {
  return Object.fromEntries(
    names.map((name) => [name, rounds.map(({ milliseconds }) => milliseconds[name])]),
  );
}
