import type { DeviceInfo } from './encoder.ts';
import { ratiosByRound, spreadOf, type Spread } from './rounds.ts';

/** What is measured on the page. */
export type SpeedTask = 'encode' | 'kernels' | 'layout';

/** Speed of one task on one device. */
export interface SpeedRow {
  task: SpeedTask;
  device: DeviceInfo['id'];
  /** The device in words; a software adapter is named as such. */
  name: string;
  /** Of the first round, which counts for nothing else; null before. */
  cold: number | null;
  /** Units a second, one number of each round; those of one task were measured in turns. */
  rounds: number[];
  /** Why there is nothing, or ''. */
  problem: string;
}

/** What a task's numbers count, by a second. */
export const SPEED_UNITS: Record<SpeedTask, string> = {
  encode: 'texts/s',
  kernels: 'GFLOP/s',
  layout: 'epochs/s',
};

/** The faster of the devices that were measured for a task, and by how much in each round. */
export interface SpeedLead {
  winner: SpeedRow;
  loser: SpeedRow;
  /** How many times as fast; its ends lie on both sides of 1 where no device leads in every round. */
  times: Spread;
}

/** null where fewer than two devices were measured. Devices beyond the two fastest are left out. */
export function speedLead(rows: readonly SpeedRow[], task: SpeedTask): SpeedLead | null {
  const [winner, loser] = rows
    .filter((row) => row.task === task && row.rounds.length > 0)
    .sort((a, b) => spreadOf(b.rounds).median - spreadOf(a.rounds).median);
  if (loser === undefined) return null;
  const both = Math.min(winner.rounds.length, loser.rounds.length);
  const times = spreadOf(ratiosByRound(winner.rounds.slice(0, both), loser.rounds));
  return { winner, loser, times };
}
