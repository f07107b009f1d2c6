import { AnalyzerError } from '../../core/errors.ts';
import { offsetsOf, ratesOf, type Edges } from '../edges.ts';
import { LAYOUT_BYTES } from './layout-bytes.ts';

/** What assembly/layout.ts exports beside its settings; addresses are in bytes. */
interface LayoutCode extends Record<Setting, WebAssembly.Global<'i32'>> {
  readonly memory: WebAssembly.Memory;
  phase(a: number, b: number): number;
  move(from: number, to: number, step: number, rate: number): void;
}

type Block =
  | 'before'
  | 'after'
  | 'offsets'
  | 'tails'
  | 'turns'
  | 'lists'
  | 'lengths'
  | 'order'
  | 'chains'
  | 'forces';

type Setting = Block | 'nowhere' | 'others' | 'seed' | 'mutual';

/** Gradient steps on positions, one at a time. */
export interface Sampler {
  /** x and y of every point, as they are now. A view: copy what shall last. [2 * points] */
  positions(): Float32Array<ArrayBuffer>;
  /** The step of this number, with a learning rate in (0, 1]; rests of the work, a fraction of a ms each, by iteration. */
  step(number: number, rate: number): Generator<void>;
}

const PAGE = 65536;

/** Heads and edges between two looks at the clock: some 0.1 ms. */
const CHUNK = 8192;

/** Bytes of a position, and of a list of forces. */
const [POINT, LIST] = [8, 16];

/** An edge pulls once and pushes five times. */
const FORCES = 6;

/** Squared it is a number still; its own powers and products are not, and so it pushes nothing. */
const FAR_OFF = 1e14;

/**
 * The steps of `Descent` in WebAssembly SIMD on one thread. Eight heads move side by side, and a power is right to a
 * relative 1e-4. The same input gives the same bytes on every machine.
 *
 * @param start x and y of every point. [2 * points]
 * @param edges with `fixed` points, each from one that moves to one that does not: it pushes whenever it is due
 * @param fixed how many of the first points stay where they are, the only ones to push from; 0 where all move
 * @throws AnalyzerError `internal` without WebAssembly SIMD, `memory/exceeded`
 * @see McInnes, Healy and Melville 2018, section 4.2
 */
export async function createSampler(
  start: Float32Array,
  edges: Edges,
  { seed, fixed }: { seed: number; fixed: number },
): Promise<Sampler> {
  const points = start.length / 2;
  const offsets = offsetsOf(points, edges);
  const chunks = chunksOf(offsets, fixed);
  const code = await instantiate();
  allocate(code, sizesOf(offsets, chunks));
  fill(code, start, edges);
  integersIn(code, 'offsets', points + 1).set(offsets);
  code.nowhere.value = points * POINT;
  code.others.value = fixed === 0 ? points : fixed;
  code.seed.value = seed;
  code.mutual.value = Number(fixed === 0);
  return {
    positions: () => placesIn(code, 'before', start.length),
    *step(number, rate) {
      for (let i = 1; i < chunks.length; i++) {
        code.move(chunks[i - 1], chunks[i], number, rate);
        yield;
      }
      [code.before.value, code.after.value] = [code.after.value, code.before.value];
    },
  };
}

/** The numbers of the heads between which the work is cut, from the first that moves to the end. */
function chunksOf(offsets: Int32Array, first: number): number[] {
  const points = offsets.length - 1;
  const chunks = [first];
  let from = first;
  for (let head = first; head < points; head++) {
    if (offsets[head + 1] - offsets[from] + head - from < CHUNK && head + 1 < points) continue;
    chunks.push((from = head + 1));
  }
  return chunks;
}

/** Bytes of each block, as assembly/layout.ts says; forces, lists and order have room for the greatest chunk. */
function sizesOf(offsets: Int32Array, chunks: number[]): Record<Block, number> {
  const points = offsets.length - 1;
  const edges = offsets[points];
  let [heads, forces] = [0, 0];
  for (let i = 1; i < chunks.length; i++) {
    heads = Math.max(heads, chunks[i] - chunks[i - 1]);
    forces = Math.max(forces, FORCES * (offsets[chunks[i]] - offsets[chunks[i - 1]]));
  }
  return {
    before: (points + 1) * POINT,
    after: (points + 1) * POINT,
    offsets: (points + 1) * 4,
    tails: edges * 4,
    turns: (edges + 3) * 4,
    lists: (heads + 1) * LIST,
    lengths: 1024,
    order: (heads + 8) * 4,
    chains: 128,
    forces: 2 * (forces + 1) * 4,
  };
}

function fill(code: LayoutCode, start: Float32Array, edges: Edges): void {
  for (const block of ['before', 'after'] as const) {
    const places = placesIn(code, block, start.length + 2);
    places.set(start);
    places.fill(FAR_OFF, start.length);
  }
  const [tails, turns] = (['tails', 'turns'] as const).map((block) =>
    integersIn(code, block, edges.tails.length),
  );
  const rates = ratesOf(edges);
  edges.tails.forEach((tail, e) => {
    tails[e] = tail * POINT;
    turns[e] = (rates[e] << 16) | code.phase(edges.heads[e], tail);
  });
}

function placesIn(code: LayoutCode, block: Block, length: number): Float32Array<ArrayBuffer> {
  return new Float32Array(code.memory.buffer, code[block].value, length);
}

function integersIn(code: LayoutCode, block: Block, length: number): Int32Array {
  return new Int32Array(code.memory.buffer, code[block].value, length);
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

/** Sets the address of each block, all zeros in a new memory. */
function allocate(code: LayoutCode, sizes: Record<Block, number>): void {
  let end = 16;
  for (const [block, size] of Object.entries(sizes)) {
    code[block as Block].value = end;
    end += Math.ceil(size / 16) * 16;
  }
  const missing = Math.ceil((end - code.memory.buffer.byteLength) / PAGE);
  try {
    if (missing > 0) code.memory.grow(missing);
  } catch (cause) {
    const megabytes = Math.ceil(end / 1e6);
    throw new AnalyzerError(
      'memory/exceeded',
      `The layout needs ${megabytes} MB, which exceeds what is free.`,
      { hint: 'Choose fewer languages or facts.', detail: { bytes: end }, cause },
    );
  }
}
