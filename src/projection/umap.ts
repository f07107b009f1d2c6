import { assert } from '../core/errors.ts';
import { matrix, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { CallContext } from '../protocol/server.ts';
import { componentsOf, drawTogether } from './components.ts';
import { fuzzyGraph, type FuzzyGraph } from './fuzzy-graph.ts';
import { slices } from './slices.ts';
import { createSampler, type Edges } from './wasm/sampler.ts';

export const UMAP_ENGINE = 'isogloss-umap 1';
const MIN_DIST = 0.1;

/** Milliseconds between two pictures on the way: drawing them must not hold the page up. */
const PICTURE_EVERY = 150;

export interface Layout {
  /** [n, 2] */
  picture: Matrix;
  settings: {
    engine: string;
    neighbors: number;
    epochs: number;
    minDist: number;
    metric: 'cosine';
  };
}

export interface LayoutRequest {
  neighbors: Neighbors;
  /** [n, 2], finite */
  start: Matrix;
  seed: number;
  /** `epochCount` of them unless given. */
  epochs?: number;
}

/** Epochs that a layout of n points takes: small ones move on a few edges only and need more. As in umap-js. */
export function epochCount(n: number): number {
  if (n <= 2500) return 500;
  if (n <= 5000) return 400;
  return n <= 7500 ? 300 : 200;
}

/**
 * Lays out the neighbour graph in two dimensions, starting from a given picture (PCA). Same input and seed, same bytes,
 * on every machine and however the work is cut up.
 *
 * @throws AnalyzerError `call/cancelled`; what `createSampler` throws
 * @see McInnes, Healy and Melville 2018
 */
export async function layoutUmap(
  { neighbors, start, seed, epochs = epochCount(neighbors.rows) }: LayoutRequest,
  context: CallContext,
): Promise<Layout> {
  assert(
    start.rows === neighbors.rows && start.columns === 2,
    `layoutUmap: ${neighbors.rows} points but a start of [${start.rows}, ${start.columns}]`,
  );
  const pause = slices(context);
  const edges = dueEdges(await fuzzyGraph(neighbors, pause), epochs);
  await pause();
  const sampler = await createSampler(evenedOut(start), edges, { seed, fixed: 0 });
  const components = componentsOf(start.rows, edges);
  const picture = (): Matrix => {
    const positions = sampler.positions().slice();
    drawTogether(positions, components);
    return matrix(start.rows, 2, positions);
  };
  let shown = -Infinity;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const _ of sampler.epoch(1 - epoch / epochs)) await pause();
    const now = performance.now();
    const isShown = epoch + 1 === epochs || now - shown >= PICTURE_EVERY;
    if (isShown) shown = now;
    context.report({
      stage: 'Projecting (epochs)',
      done: epoch + 1,
      total: epochs,
      ...(isShown && { partial: picture() }),
    });
  }
  const settings = { neighbors: neighbors.k, epochs, minDist: MIN_DIST, metric: 'cosine' } as const;
  return { picture: picture(), settings: { engine: UMAP_ENGINE, ...settings } };
}

/** The edges that are due at least once, each in the share of epochs that its weight is of the greatest. */
function dueEdges({ points, offsets, targets, weights }: FuzzyGraph, epochs: number): Edges {
  const greatest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const isKept = (_: unknown, e: number): boolean => weights[e] >= greatest / epochs;
  const heads = new Int32Array(targets.length);
  for (let i = 0; i < points; i++) heads.fill(i, offsets[i], offsets[i + 1]);
  return {
    heads: heads.filter(isKept),
    tails: targets.filter(isKept),
    shares: weights.filter(isKept).map((weight) => weight / greatest),
  };
}

/**
 * The start with each axis evened out by rank over a square of side 20. Ranks keep the order of the start, give equal
 * texts places of their own, and leave no far outlier that would squeeze everything else together.
 */
function evenedOut({ rows, data }: Matrix): Float32Array {
  const places = new Float32Array(2 * rows);
  for (let axis = 0; axis < 2; axis++) {
    const order = Int32Array.from({ length: rows }, (_, i) => i).sort(
      (a, b) => data[a * 2 + axis] - data[b * 2 + axis] || a - b,
    );
    order.forEach((point, rank) => (places[point * 2 + axis] = (20 * rank) / (rows - 1) - 10));
  }
  return places;
}
