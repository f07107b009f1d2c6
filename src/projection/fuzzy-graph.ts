import { TIE_MARGIN } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { Pause } from './slices.ts';

/**
 * A symmetric graph by rows: the edges of point i are those from offsets[i] to offsets[i + 1], in increasing order of
 * their targets; none joins a point to itself. Every edge stands in both its rows. Weights are in (0, 1].
 */
export interface FuzzyGraph {
  points: number;
  /** [points + 1] */
  offsets: Int32Array;
  /** [edges] */
  targets: Int32Array;
  weights: Float32Array;
}

const BISECTIONS = 64;
const TOLERANCE = 1e-5;

/** A width is at least this share of the mean distance. */
const LEAST_WIDTH = 1e-3;

/** Points between two pauses: a few ms of work. */
const BLOCK = 1024;

/**
 * The fuzzy union of every point's neighbourhood: a neighbour's membership is exp(-(d - rho) / sigma), 1 up to the
 * distance rho of the nearest that is no duplicate, with sigma so that memberships sum to log2(k + 1); two that know each
 * other join with a + b - ab. The distance is 1 - cosine, 0 where cosines count as equal to 1.
 *
 * @throws what `pause` throws
 * @see McInnes, Healy and Melville 2018, algorithms 1 to 3; umap-learn's `fuzzy_simplicial_set` with n_neighbors = k + 1
 */
export async function fuzzyGraph(
  neighbors: Neighbors,
  pause: Pause = () => undefined,
): Promise<FuzzyGraph> {
  return union(neighbors, await memberships(neighbors, true, pause));
}

/**
 * How far each neighbour belongs to each point's neighbourhood, in [0, 1]. [rows, k]
 *
 * @param isJoined whether every point joins its nearest neighbour for certain; else rho is 0, as for points that come later
 */
export async function memberships(
  { rows, k, cosines }: Neighbors,
  isJoined: boolean,
  pause: Pause,
): Promise<Float64Array> {
  const distances = Float64Array.from(cosines, (cosine) =>
    1 - cosine <= TIE_MARGIN ? 0 : 1 - cosine,
  );
  const mean = meanDistance(distances, k);
  for (let i = 0; i < rows; i++) {
    const own = distances.subarray(i * k, (i + 1) * k);
    const rho = isJoined ? (own.find((distance) => distance > 0) ?? 0) : 0;
    const least = LEAST_WIDTH * (rho > 0 ? meanDistance(own, k) : mean);
    const sigma = Math.max(least, widthOf(own, rho));
    for (let j = 0; j < k; j++) own[j] = membership(own[j] - rho, sigma);
    if (i % BLOCK === 0) await pause();
  }
  return distances;
}

/** As published, each point counts among its own k + 1 neighbours, at distance 0. */
function meanDistance(distances: Float64Array, k: number): number {
  const sum = distances.reduce((total, distance) => total + distance, 0);
  return sum / (distances.length * (1 + 1 / k));
}

function membership(beyond: number, sigma: number): number {
  return beyond <= 0 ? 1 : Math.exp(-beyond / sigma);
}

/** The sigma with which memberships sum to log2(k + 1), by bisection; near 0 where k + 1 neighbours or more share rho. */
function widthOf(distances: Float64Array, rho: number): number {
  const target = Math.log2(distances.length + 1);
  let [low, high, sigma] = [0, Infinity, 1];
  for (let step = 0; step < BISECTIONS; step++) {
    let sum = 0;
    for (const distance of distances) sum += membership(distance - rho, sigma);
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? 2 * sigma : (low + high) / 2;
  }
  return sigma;
}

/** Directed edges by their first point, as in `FuzzyGraph`. */
type Directed = Omit<FuzzyGraph, 'points' | 'weights'> & { weights: Float64Array };

/** The same edges by their other point, each row in increasing order. */
function transposed({ offsets, targets, weights }: Directed): Directed {
  const turned = new Int32Array(offsets.length);
  for (const target of targets) turned[target + 1]++;
  for (let j = 1; j < offsets.length; j++) turned[j] += turned[j - 1];
  const next = turned.slice();
  const result = { targets: new Int32Array(targets.length), weights: weights.slice() };
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      const to = next[targets[e]]++;
      result.targets[to] = i;
      result.weights[to] = weights[e];
    }
  }
  return { offsets: turned, ...result };
}

/** a + b - ab of the memberships both ways, row by row; two that exclude each other are not joined. */
function union({ rows, k, indices }: Neighbors, weights: Float64Array): FuzzyGraph {
  const starts = Int32Array.from({ length: rows + 1 }, (_, i) => i * k);
  const back = transposed({ offsets: starts, targets: indices, weights });
  const forth = transposed(back);
  const offsets = new Int32Array(rows + 1);
  const targets = new Int32Array(2 * indices.length);
  const joined = new Float32Array(2 * indices.length);
  let edges = 0;
  for (let i = 0; i < rows; i++) {
    let [f, b] = [forth.offsets[i], back.offsets[i]];
    while (f < forth.offsets[i + 1] || b < back.offsets[i + 1]) {
      const ahead = f < forth.offsets[i + 1] ? forth.targets[f] : rows;
      const behind = b < back.offsets[i + 1] ? back.targets[b] : rows;
      const there = ahead <= behind ? forth.weights[f++] : 0;
      const here = behind <= ahead ? back.weights[b++] : 0;
      targets[edges] = Math.min(ahead, behind);
      joined[edges] = there + here - there * here;
      if (joined[edges] > 0) edges++;
    }
    offsets[i + 1] = edges;
  }
  return {
    points: rows,
    offsets,
    targets: targets.slice(0, edges),
    weights: joined.slice(0, edges),
  };
}
