import { assert } from '../core/errors.ts';
import { matrix, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { CallContext } from '../protocol/server.ts';
import type { Edges } from './edges.ts';
import { memberships } from './fuzzy-graph.ts';
import { slices } from './slices.ts';
import { createSampler } from './wasm/sampler.ts';

/** New points start well placed and see points that stand still: few epochs, at a quarter of the rate, do. */
const EPOCHS = 100;
const RATE = 0.25;

/**
 * Places new points into a finished picture, each by its neighbours among the points of the picture, which stay where they
 * are; new points do not see each other. Each starts at the mean of its neighbours, weighted by membership.
 *
 * @param picture of the fitted points. [n, 2]
 * @param neighbors nearest fitted points of each new one. [m, k]
 * @returns places of the new points. [m, 2]
 * @throws AnalyzerError `call/cancelled`; what `createSampler` throws
 * @see McInnes, Healy and Melville 2018; umap-learn's `transform`
 */
export async function transformUmap(
  { picture, neighbors, seed }: { picture: Matrix; neighbors: Neighbors; seed: number },
  context: CallContext,
): Promise<Matrix> {
  const fitted = picture.rows;
  assert(
    neighbors.indices.every((point) => point >= 0 && point < fitted),
    `transformUmap: a neighbour is none of the ${fitted} points of the picture`,
  );
  const pause = slices(context);
  const weights = await memberships(neighbors, false, pause);
  const start = new Float32Array(2 * (fitted + neighbors.rows));
  start.set(picture.data);
  start.set(meansOf(picture, neighbors, weights), 2 * fitted);
  const edges = edgesInto(fitted, neighbors, weights);
  const sampler = await createSampler(start, edges, { seed, fixed: fitted });
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const _ of sampler.step(epoch, RATE * (1 - epoch / EPOCHS))) await pause();
    context.report({ stage: 'Placing new points (epochs)', done: epoch + 1, total: EPOCHS });
  }
  return matrix(neighbors.rows, 2, sampler.positions().slice(2 * fitted));
}

/** The weighted mean of each new point's neighbours. [2 * m] */
function meansOf(
  { data }: Matrix,
  { rows, k, indices }: Neighbors,
  weights: Float64Array,
): Float32Array {
  const means = new Float32Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    let [x, y, sum] = [0, 0, 0];
    for (let e = i * k; e < (i + 1) * k; e++) {
      x += weights[e] * data[2 * indices[e]];
      y += weights[e] * data[2 * indices[e] + 1];
      sum += weights[e];
    }
    means.set([x / sum, y / sum], 2 * i);
  }
  return means;
}

function edgesInto(fitted: number, { k, indices }: Neighbors, weights: Float64Array): Edges {
  const greatest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  return {
    heads: Int32Array.from(indices, (_, e) => fitted + Math.floor(e / k)),
    tails: indices,
    shares: Float32Array.from(weights, (weight) => weight / greatest),
  };
}
