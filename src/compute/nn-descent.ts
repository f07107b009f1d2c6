import { TIE_MARGIN, refuseNotFinite, row, takeRows, type Matrix } from '../core/matrix.ts';
import type { Neighbors } from '../core/neighbors.ts';
import { randomSubset, seededRandom } from '../core/random.ts';
import { productsOf, type Kernels } from './kernels.ts';
import { rest, restIsDue } from './pace.ts';
import { assertNeighbors } from './shapes.ts';
import { loadEngine, type Engine } from './wasm/engine.ts';

/** Neighbours that were searched for and not all compared. */
export interface ApproximateNeighbors {
  neighbors: Neighbors;
  /** Share of the true k nearest that were found, over a seeded sample of `sampled` rows; ties count as found. */
  recall: number;
  sampled: number;
}

/** Random projection trees at the start. */
const TREES = 6;

/** Most rounds of comparing neighbours of neighbours; fewer where less than this share of the entries changes. */
const ROUNDS = 12;
const SETTLED = 0.001;

/** Rows whose true neighbours are computed to measure the recall. */
const SAMPLE = 500;

/** Rows that are compared between two looks at the clock. */
const CHUNK = 256;

/**
 * The k nearest rows of each row, nearly: NN-descent on one CPU thread. Same input and seed, same lists. Where all pairs
 * of rows would take minutes it takes seconds.
 *
 * @param onSteps called with the number of steps done and how many there are at most; what it throws ends the call
 * @see Dong, Moses and Li 2011; Dasgupta and Freund 2008
 */
export async function approximateNearest(
  { x, k, seed }: { x: Matrix; k: number; seed: number },
  kernels: Kernels,
  onSteps: (done: number, total: number) => void | Promise<void> = () => undefined,
): Promise<ApproximateNeighbors> {
  assertNeighbors(x, k);
  refuseNotFinite(x);
  const engine = await (await loadEngine())();
  const lists = begin(engine, x, { k, seed });
  const total = TREES + ROUNDS + 1;
  let done = 0;
  for (let tree = 0; tree < TREES; tree++) {
    await growTree(engine);
    await onSteps(++done, total);
  }
  engine.code.fillLists();
  for (let changes = Infinity; changes > SETTLED * x.rows * k && done < TREES + ROUNDS;) {
    changes = await improve(engine, x.rows);
    await onSteps(++done, total);
  }
  const neighbors = inIndexOrder({
    rows: x.rows,
    k,
    cosines: engine.floats(lists, x.rows * k).slice(),
    indices: engine.integers(lists + x.rows * k * 4, x.rows * k).slice(),
  });
  const measured = await recallOf(neighbors, { x, seed }, kernels);
  await onSteps(total, total);
  return { neighbors, ...measured };
}

/** @returns address of the lists */
function begin(engine: Engine, x: Matrix, { k, seed }: { k: number; seed: number }): number {
  const { code } = engine;
  const width = Math.ceil(x.columns / 16) * 16;
  const [rows, lists] = engine.layout([x.rows * width, code.descentBytes(x.rows, k) / 4]);
  const padded = engine.floats(rows, x.rows * width).fill(0);
  for (let i = 0; i < x.rows; i++) padded.set(row(x, i), i * width);
  code.beginDescent(rows, width * 4, x.rows, k, lists, seed);
  return lists;
}

async function growTree({ code }: Engine): Promise<void> {
  for (let parts = code.beginTree(); parts > 0;) {
    parts = code.growTree(parts);
    if (restIsDue()) await rest();
  }
}

async function improve({ code }: Engine, rows: number): Promise<number> {
  code.drawCandidates();
  let changes = 0;
  for (let start = 0; start < rows; start += CHUNK) {
    changes += code.joinCandidates(start, Math.min(start + CHUNK, rows));
    if (restIsDue()) await rest();
  }
  return changes;
}

/** Equal cosines stand as they were met; now by index. */
function inIndexOrder(lists: Neighbors): Neighbors {
  const { rows, k, cosines, indices } = lists;
  for (let start = 0; start < rows * k; start += k) {
    for (let at = start + 1; at < start + k; at++) {
      for (
        let s = at;
        s > start && cosines[s] === cosines[s - 1] && indices[s] < indices[s - 1];
        s--
      )
        [indices[s], indices[s - 1]] = [indices[s - 1], indices[s]];
    }
  }
  return lists;
}

async function recallOf(
  { k, cosines }: Neighbors,
  { x, seed }: { x: Matrix; seed: number },
  kernels: Kernels,
): Promise<{ recall: number; sampled: number }> {
  const sample = randomSubset(seededRandom(seed), Math.min(SAMPLE, x.rows), x.rows);
  let found = 0;
  for (let start = 0; start < sample.length; start += 50) {
    const queries = sample.subarray(start, start + 50);
    const all = await productsOf(kernels)(takeRows(x, queries), x);
    queries.forEach((query, q) => {
      const own = row(all, q);
      own[query] = -Infinity;
      const last = kthLargest(own, k) - TIE_MARGIN;
      found += cosines
        .subarray(query * k, (query + 1) * k)
        .filter((cosine) => cosine >= last).length;
    });
  }
  return { recall: found / (sample.length * k), sampled: sample.length };
}

function kthLargest(values: Float32Array, k: number): number {
  const best = new Float32Array(k).fill(-Infinity);
  for (const value of values) {
    if (value <= best[k - 1]) continue;
    let slot = k - 1;
    for (; slot > 0 && best[slot - 1] < value; slot--) best[slot] = best[slot - 1];
    best[slot] = value;
  }
  return best[k - 1];
}
