import type { Edges } from './edges.ts';
import type { Pause } from './slices.ts';
import { createSampler } from './wasm/sampler.ts';

/**
 * What gradient steps need, whatever computes them: stochastic gradient descent on UMAP's cross entropy in half epochs,
 * with a learning rate that falls from 1 to 0, made for threads that share nothing.
 *
 * In half an epoch each edge that is due pulls its head, and the ends of a pair, which are due together, take turns to be
 * pushed from five random points: in an epoch a pair pulls and pushes as much as where each way is sampled once and moves
 * both ends. A point takes its steps one after another, against where all others stood before this half. Chance is a hash
 * of seed, point and half; where a pair stands in its turn at first is a hash of the two. On real texts (four sets of 3,096
 * to 8,973, three seeds) pictures are as trustworthy as embedding-atlas's to 0.004, and more so on one by 0.01; where a
 * pair moves both its ends at once, two sets stay 0.005 behind.
 *
 * @see McInnes, Healy and Melville 2018, section 4.2
 */
export interface Descent {
  /** x and y of every point. [2 * points] */
  start: Float32Array;
  /** Both ways between every two points that are joined, in equal shares. */
  edges: Edges;
  seed: number;
  epochs: number;
}

export interface Watch {
  /** Awaited between small units of work. */
  pause: Pause;
  /** Takes the positions after so many epochs, which it must copy: now and then, and at the end. */
  show(done: number, positions: Float32Array): void;
}

/** Milliseconds between two pictures on the way: drawing them must not hold the page up. */
export const PICTURE_EVERY = 150;

/**
 * All epochs on one thread of the CPU.
 *
 * @returns a view of the last positions. [2 * points]
 * @throws what `createSampler` and `pause` throw
 */
export async function descend(
  { start, edges, seed, epochs }: Descent,
  { pause, show }: Watch,
): Promise<Float32Array> {
  const sampler = await createSampler(start, edges, { seed, fixed: 0 });
  let shown = -Infinity;
  for (let half = 0; half < 2 * epochs; half++) {
    for (const _ of sampler.step(half, 1 - half / (2 * epochs))) await pause();
    if (half % 2 === 0) continue;
    const [done, now] = [(half + 1) / 2, performance.now()];
    if (done < epochs && now - shown < PICTURE_EVERY) continue;
    shown = now;
    show(done, sampler.positions());
  }
  return sampler.positions();
}
