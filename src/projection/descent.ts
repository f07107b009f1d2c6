import { createSampler, type Edges } from './wasm/sampler.ts';
import type { Pause } from './slices.ts';

/** What gradient steps need, whatever computes them. */
export interface Descent {
  /** x and y of every point. [2 * points] */
  start: Float32Array;
  /** Both ways between every two points that are joined, by head, in equal shares. */
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
 * All epochs on one thread of the CPU, with a learning rate that falls from 1 to 0.
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
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const _ of sampler.epoch(1 - epoch / epochs)) await pause();
    const [done, now] = [epoch + 1, performance.now()];
    if (done < epochs && now - shown < PICTURE_EVERY) continue;
    shown = now;
    show(done, sampler.positions());
  }
  return sampler.positions();
}
