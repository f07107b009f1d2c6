import { AnalyzerError } from '../../core/errors.ts';
import { seededRandom } from '../../core/random.ts';
import { LAYOUT_BYTES } from './layout-bytes.ts';

/** What assembly/layout.ts exports; addresses are in bytes. */
interface LayoutCode {
  readonly memory: WebAssembly.Memory;
  collect(rates: number, phases: number, edges: number, due: number): number;
  move: (...numbers: (number | boolean)[]) => void;
}

/** Edges from `heads` to `tails`, with the share of epochs in which each is due, in [0, 1]. All arrays are [edges]. */
export interface Edges {
  heads: Int32Array;
  tails: Int32Array;
  shares: Float32Array;
}

/** Gradient steps on positions, an epoch at a time. */
export interface Sampler {
  /** x and y of every point, as they are now. A view: copy what shall last. [2 * points] */
  positions(): Float32Array<ArrayBuffer>;
  /** Samples the edges that are due, with a learning rate in (0, 1]; rests of the work, a few ms each, by iteration. */
  epoch(rate: number): Generator<void>;
}

const PAGE = 65536;

/** Steps of four edges between two looks at the clock: about 2 ms. */
const STEPS = 8192;

/** A position's bytes. */
const POINT = 8;

/**
 * Stochastic gradient descent on UMAP's cross entropy, in WebAssembly SIMD on one thread: every sampled edge pulls its two
 * points together and pushes its head from five random points. Four edges, from four places far apart in the list, take
 * their steps side by side, and a power is right to a relative 1e-4. The same input gives the same bytes on every machine.
 *
 * @param start x and y of every point. [2 * points]
 * @param fixed how many of the first points stay where they are, the only ones to push from; 0 where all move
 * @throws AnalyzerError `internal` without WebAssembly SIMD, `memory/exceeded`
 * @see McInnes, Healy and Melville 2018, section 4.2
 */
export async function createSampler(
  start: Float32Array,
  edges: Edges,
  { seed, fixed }: { seed: number; fixed: number },
): Promise<Sampler> {
  const { code, place, count } = await laidOut(start, edges);
  const points = fixed === 0 ? start.length / 2 : fixed;
  const draw = seededRandom(seed);
  const random = new Int32Array(code.memory.buffer, place.random, 4);
  for (let lane = 0; lane < 4; lane++) random[lane] = 1 + Math.floor(draw() * 0xfffffffe);
  return {
    positions: () => new Float32Array(code.memory.buffer, place.positions, start.length),
    *epoch(rate) {
      const quarter = code.collect(place.rates, place.phases, count, place.due) / 4;
      for (let from = 0; from < quarter; from += STEPS) {
        const to = Math.min(from + STEPS, quarter);
        // prettier-ignore
        code.move(place.due, from, to, quarter, place.heads, place.tails - place.heads,
          place.positions, points, rate, fixed > 0, place.random);
        yield;
      }
    },
  };
}

/** Positions and edges in memory. One more edge, from a point of its own to itself, fills up the list of due ones. */
async function laidOut(start: Float32Array, { heads, tails, shares }: Edges) {
  const code = await instantiate();
  const edges = heads.length;
  const sizes = {
    positions: start.length * 4 + POINT,
    heads: (edges + 1) * 4,
    tails: (edges + 1) * 4,
    rates: (edges + 8) * 2,
    phases: (edges + 8) * 2,
    due: (edges + 4) * 4,
    random: 16,
  };
  const addresses = allocate(code.memory, Object.values(sizes));
  const place = Object.fromEntries(
    Object.keys(sizes).map((name, i) => [name, addresses[i]]),
  ) as Record<keyof typeof sizes, number>;
  const { buffer } = code.memory;
  new Float32Array(buffer, place.positions, start.length).set(start);
  const offsets = (address: number, ends: Int32Array): void => {
    const view = new Int32Array(buffer, address, edges + 1);
    for (let e = 0; e < edges; e++) view[e] = ends[e] * POINT;
    view[edges] = start.length * 4;
  };
  offsets(place.heads, heads);
  offsets(place.tails, tails);
  const rates = new Uint16Array(buffer, place.rates, edges);
  for (let e = 0; e < edges; e++) rates[e] = Math.min(65535, Math.round(65536 * shares[e]));
  return { code, place, count: edges };
}

async function instantiate(): Promise<LayoutCode> {
  const bytes = Uint8Array.from(atob(LAYOUT_BYTES), (character) => character.charCodeAt(0));
  try {
    const { instance } = await WebAssembly.instantiate(bytes);
    return instance.exports as unknown as LayoutCode;
  } catch (cause) {
    throw new AnalyzerError('internal', 'WebAssembly with 128-bit SIMD is missing here.', {
      hint: 'Use a newer browser: Chrome 91, Firefox 89, Safari 16.4 or later.',
      cause,
    });
  }
}

/** Byte addresses of blocks of the given sizes, all zeros in a new memory. */
function allocate(memory: WebAssembly.Memory, sizes: number[]): number[] {
  let end = 16;
  const addresses = sizes.map((size) => {
    const address = end;
    end += Math.ceil(size / 16) * 16;
    return address;
  });
  const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
  try {
    if (missing > 0) memory.grow(missing);
  } catch (cause) {
    const megabytes = Math.ceil(end / 1e6);
    throw new AnalyzerError(
      'memory/exceeded',
      `The layout needs ${megabytes} MB, which exceeds what is free.`,
      { hint: 'Choose fewer languages or facts.', detail: { bytes: end }, cause },
    );
  }
  return addresses;
}
