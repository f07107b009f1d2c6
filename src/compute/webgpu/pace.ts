import type { Gpu } from './gpu.ts';

/** Operations of the first block: 100 ms of a small GPU. */
const FIRST = { gpu: 3e10, software: 2e7 };

/** Blocks grow or shrink towards this many milliseconds, so that a stop is heard soon. */
const BLOCK_TIME = 120;

/** How much work is sent to the GPU before its end is awaited. */
export interface Pace {
  /** Operations of the next block. */
  operations(): number;
  /** Tells that a block has ended. */
  finished(): void;
}

export function createPace({ software }: Gpu): Pace {
  let operations = software ? FIRST.software : FIRST.gpu;
  let last = performance.now();
  return {
    operations: () => operations,
    finished: () => {
      operations *= Math.min(4, Math.max(0.25, BLOCK_TIME / (performance.now() - last)));
      last = performance.now();
    },
  };
}
