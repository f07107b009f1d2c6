import { asAnalyzerError, assert, isCancelled } from '../core/errors.ts';
import { matrix, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { ProjectionSettings } from '../core/report.ts';
import type { CallContext } from '../protocol/server.ts';
import { componentsOf, drawTogether } from './components.ts';
import { descend, type Descent, type Watch } from './descent.ts';
import type { Edges } from './edges.ts';
import { fuzzyGraph, type FuzzyGraph } from './fuzzy-graph.ts';
import { slices } from './slices.ts';

export const UMAP_ENGINE = 'isogloss-umap 1';
const MIN_DIST = 0.1;

export interface Layout {
  /** [n, 2] */
  picture: Matrix;
  settings: ProjectionSettings;
  /** What departed from the wish. */
  notices: string[];
}

export interface LayoutRequest {
  neighbors: Neighbors;
  /** [n, 2], finite */
  start: Matrix;
  seed: number;
  /** `epochCount` of them unless given. */
  epochs?: number;
  /** `wasm` unless given; `webgpu` takes also a GPU that the CPU emulates. */
  device?: 'webgpu' | 'wasm';
}

/** Epochs that a layout of n points takes, as in umap-js: many where they cost little. */
export function epochCount(n: number): number {
  if (n <= 2500) return 500;
  if (n <= 5000) return 400;
  return n <= 7500 ? 300 : 200;
}

/**
 * Lays out the neighbour graph in two dimensions: umap-learn's schedule of samples, five negatives for each, a learning
 * rate that falls from 1 to 0. Starts from a given picture; on real texts the principal components gave pictures as
 * trustworthy as the graph's own eigenvectors, and they also place what no edge joins. Same input and seed, same bytes,
 * however the work is cut up: on the CPU in Node and Chromium, on a GPU on that device.
 *
 * @throws AnalyzerError `call/cancelled`; what `descend` throws
 * @see McInnes, Healy and Melville 2018
 */
export async function layoutUmap(
  { neighbors, start, seed, epochs = epochCount(neighbors.rows), device = 'wasm' }: LayoutRequest,
  context: CallContext,
): Promise<Layout> {
  assert(
    start.rows === neighbors.rows && start.columns === 2 && start.data.every(Number.isFinite),
    `layoutUmap: ${neighbors.rows} points need a start of as many finite places, not [${start.rows}, ${start.columns}]`,
  );
  const pause = slices(context);
  const edges = dueEdges(await fuzzyGraph(neighbors, pause), epochs);
  await pause();
  const components = componentsOf(start.rows, edges);
  const pictureOf = (positions: Float32Array): Matrix => {
    const places = positions.slice();
    drawTogether(places, components);
    return matrix(start.rows, 2, places);
  };
  const show: Watch['show'] = (done, positions) =>
    context.report({
      stage: 'Projecting (epochs)',
      done,
      total: epochs,
      partial: pictureOf(positions),
    });
  const descent = { start: evenedOut(start), edges, seed, epochs };
  const { positions, engine, notices } = await descendOn(device, descent, { pause, show });
  return {
    picture: pictureOf(positions),
    settings: { engine, neighbors: neighbors.k, epochs, minDist: MIN_DIST, metric: 'cosine' },
    notices,
  };
}

/** Where the GPU fails, the CPU begins anew and a notice says so. tfjs is loaded only where there is a GPU. */
async function descendOn(
  device: 'webgpu' | 'wasm',
  descent: Descent,
  watch: Watch,
): Promise<{ positions: Float32Array; engine: string; notices: string[] }> {
  if (device === 'wasm')
    return { positions: await descend(descent, watch), engine: UMAP_ENGINE, notices: [] };
  try {
    const { descendOnGpu } = await import('./webgpu/descend.ts');
    const { positions, device: name } = await descendOnGpu(descent, watch);
    return { positions, engine: `${UMAP_ENGINE} (${name})`, notices: [] };
  } catch (thrown) {
    if (isCancelled(thrown)) throw thrown;
    const objection = asAnalyzerError(thrown).message.replace(/\.$/, '');
    const result = await descendOn('wasm', descent, watch);
    return { ...result, notices: [`${objection}; the CPU laid the map out instead.`] };
  }
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
