import { AnalyzerError } from '../../core/errors.ts';
import { openGpu, type Gpu } from '../../compute/webgpu/gpu.ts';
import { THREADS, withSession, type Session } from '../../compute/webgpu/session.ts';
import { PICTURE_EVERY, type Descent, type Watch } from '../descent.ts';
import { offsetsOf, ratesOf, type Edges } from '../edges.ts';
import { STEP } from './step-program.ts';

type Buffer = ReturnType<Session['buffer']>;

/** Epochs of the first batch, small enough for a GPU whose speed is not known yet. */
const FIRST_BATCH = 4;

/** A batch is longer than the one before at most by this factor. */
const GROWTH = 4;

/**
 * All epochs on the GPU that the browser offers, also on one that the CPU emulates. Epochs go out in batches that take as
 * long as lies between two pictures; positions are read back once for each. Same input and seed, same bytes on one device.
 *
 * @returns the last positions [2 * points], finite, and the device in words
 * @throws AnalyzerError `gpu/unavailable`, `gpu/lost`, `gpu/disagrees` when positions are no numbers, `memory/exceeded`;
 * what `pause` throws
 */
export async function descendOnGpu(
  descent: Descent,
  watch: Watch,
): Promise<{ positions: Float32Array; device: string }> {
  const gpu = await openGpu();
  try {
    refuseTooMany(descent, gpu);
    const positions = await withSession(gpu, 'laying out the map', (session) =>
      batches(session, descent, watch),
    );
    return { positions, device: `WebGPU, ${gpu.description}` };
  } finally {
    gpu.dispose();
  }
}

/** A buffer at its guaranteed limit holds 2^24 edges, as many as f32 can count. */
function refuseTooMany({ edges: { heads } }: Descent, { bindingBytes }: Gpu): void {
  const most = Math.min(2 ** 24, bindingBytes / 8);
  if (heads.length <= most) return;
  const [has, takes] = [heads.length, most].map((count) => count.toLocaleString('en'));
  throw new AnalyzerError(
    'memory/exceeded',
    `The neighbour graph has ${has} edges, and the GPU takes ${takes}.`,
    { hint: 'Choose fewer languages or facts, or the CPU.' },
  );
}

async function batches(
  session: Session,
  descent: Descent,
  { pause, show }: Watch,
): Promise<Float32Array> {
  const { start, epochs } = descent;
  const advance = createAdvance(session, descent);
  let [latest, positions] = [session.buffer(start.length, start), start];
  let size = FIRST_BATCH;
  for (let done = 0; done < epochs;) {
    const began = performance.now();
    const end = Math.min(epochs, done + size);
    for (; done < end; done++) latest = advance(advance(latest, 2 * done), 2 * done + 1);
    positions = (await session.read(latest)).slice(0, start.length);
    refuseNaN(positions, done);
    show(done, positions);
    await pause();
    const paced = (size * PICTURE_EVERY) / (performance.now() - began);
    size = Math.max(1, Math.floor(Math.min(paced, size * GROWTH)));
  }
  return positions;
}

/** Half an epoch into a new buffer: one that was read is never written again, because tfjs keeps what it has read. */
function createAdvance(
  session: Session,
  { start, edges, seed, epochs }: Descent,
): (from: Buffer, half: number) => Buffer {
  const points = start.length / 2;
  const graph = [
    session.buffer(points + 1, Float32Array.from(offsetsOf(points, edges))),
    session.buffer(2 * Math.max(1, edges.heads.length), turnsOf(edges)),
  ];
  return (from, half) => {
    const output = session.buffer(start.length);
    session.run({
      program: STEP,
      inputs: [from, ...graph],
      output,
      uniforms: { points, half, halves: 2 * epochs, seed },
      groups: [Math.ceil(points / THREADS), 1],
    });
    session.release(from);
    return output;
  };
}

/** Tail and rate of each edge. [2 * edges] */
function turnsOf(edges: Edges): Float32Array {
  const rates = ratesOf(edges);
  return Float32Array.from({ length: 2 * rates.length }, (_, i) =>
    i % 2 === 0 ? edges.tails[i / 2] : rates[(i - 1) / 2],
  );
}

function refuseNaN(positions: Float32Array, epochs: number): void {
  if (positions.every(Number.isFinite)) return;
  throw new AnalyzerError(
    'gpu/disagrees',
    `The GPU gave places that are no numbers after ${epochs} epochs.`,
    { hint: 'Choose the CPU, and please report your device with this sentence.' },
  );
}
