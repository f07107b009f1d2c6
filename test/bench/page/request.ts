import type { GpuProbe } from '../../../src/compute/probe.ts';
import type { ContestResult } from '../harness.ts';
import type { Sizes, Subject } from '../hold.ts';

/** What a worker is asked to hold. */
export interface BenchRequest {
  subject: Subject;
  sizes: Sizes;
  rounds: number;
}

export type BenchMessage =
  | { kind: 'result'; result: ContestResult }
  | { kind: 'end' }
  | { kind: 'failure'; message: string };

declare global {
  /** Holds contests in a fresh worker; every result is told to `announceResult` as it comes. */
  var holdContests: (request: BenchRequest) => Promise<void>;
  var findGpu: () => Promise<GpuProbe>;
  /** Given by whoever drives the page. */
  var announceResult: (result: ContestResult) => Promise<void>;
}
