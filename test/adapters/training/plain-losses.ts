import type { Parameters } from '../../../src/adapters/training/gradients.ts';
import type { ContrastWeights } from '../../../src/adapters/training/contrast-loss.ts';
import { FALSE_NEGATIVE_COSINE, type PreferenceSettings } from '../../../src/core/adapter.ts';
import { dot } from '../../../src/core/matrix.ts';

// The losses once more, one number at a time in double precision: what central differences are taken of.

/** Blocks of rows. [blocks][n][d] */
export type Blocks = number[][][];

/** f(c) of each block, the B of block k being `down[slots[k]]`. */
export function plainAdapted(
  blocks: Blocks,
  slots: readonly number[],
  { rank, down, up }: Record<'rank', number> & { down: number[][]; up: number[] },
): Blocks {
  return blocks.map((rows, k) =>
    rows.map((c) => {
      const d = c.length;
      const inner = Array.from({ length: rank }, (_, e) =>
        c.reduce((sum, value, i) => sum + value * down[slots[k]][i * rank + e], 0),
      );
      const moved = c.map((value, i) =>
        inner.reduce((sum, h, e) => sum + h * up[e * d + i], value),
      );
      const length = Math.hypot(...moved);
      return moved.map((value) => value / length);
    }),
  );
}

export function plainContrast(
  { temperature, sameLanguageNegatives, keep, geometry }: ContrastWeights,
  raw: Blocks,
  [centred, f]: [before: Blocks, after: Blocks],
): number {
  const n = raw[0].length;
  let loss = 0;
  for (const [own, other] of [
    [0, 1],
    [1, 0],
  ]) {
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) {
        const isNear = dot(raw[own][i], raw[own][j]) > FALSE_NEGATIVE_COSINE;
        if (i === j || !isNear) sum += Math.exp(dot(f[own][i], f[other][j]) / temperature);
        if (sameLanguageNegatives && i !== j && !isNear)
          sum += Math.exp(dot(f[own][i], f[own][j]) / temperature);
        const bend = dot(f[own][i], f[own][j]) - dot(centred[own][i], centred[own][j]);
        loss += (geometry * bend ** 2) / (2 * n * n);
      }
      const apart = f[own][i].map((value, k) => value - centred[own][i][k]);
      loss += (Math.log(sum) - dot(f[own][i], f[other][i]) / temperature) / (2 * n);
      loss += (keep * dot(apart, apart)) / (2 * n);
    }
  }
  return loss;
}

export function plainPreference(
  { loss, beta }: Pick<PreferenceSettings, 'loss' | 'beta'>,
  { temperature, noise }: { temperature: number; noise: ArrayLike<number> },
  [centred, f]: [before: Blocks, after: Blocks],
): number {
  const margin = ([q, w, l]: Blocks, i: number): number => dot(q[i], w[i]) - dot(q[i], l[i]);
  const each = f[0].map((_, i) => {
    const h = margin(f, i) - margin(centred, i);
    if (loss === 'ipo') return (h / temperature - 1 / (2 * beta)) ** 2;
    const z = (beta / temperature) * h;
    const epsilon = loss === 'dpo' ? 0 : noise[i];
    return (1 - epsilon) * Math.log(1 + Math.exp(-z)) + epsilon * Math.log(1 + Math.exp(z));
  });
  return each.reduce((sum, value) => sum + value, 0) / each.length;
}

/** Central differences of a loss by every parameter: all of `down`, then `up`. */
export function centralDifferences(
  parameters: Parameters,
  loss: (parameters: { rank: number; down: number[][]; up: number[] }) => number,
): number[][] {
  const down = parameters.down.map((one) => Array.from(one));
  const up = Array.from(parameters.up);
  const step = 1e-5;
  return [...down, up].map((array) =>
    array.map((value, e) => {
      array[e] = value + step;
      const above = loss({ rank: parameters.rank, down, up });
      array[e] = value - step;
      const below = loss({ rank: parameters.rank, down, up });
      array[e] = value;
      return (above - below) / (2 * step);
    }),
  );
}
