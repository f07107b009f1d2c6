import { row, type Matrix } from '../../core/matrix.ts';
import type { Tensor2D, Tensors, Tf } from '../tensors/open-tensors.ts';
import { product, unitRows } from '../tensors/products.ts';
import type { Batch, BatchTensors, Objective } from './batch.ts';

/** f(c) = unit(c + (c B) A) of centred unit rows c. Row-major. */
export interface Parameters {
  rank: number;
  /** B: one for each language of T4, one for all otherwise. [d, r] each */
  down: Float32Array[];
  /** A. [r, d] */
  up: Float32Array;
}

/** Of the loss, by what it was differentiated by: `down` for each block of the batch. */
export interface Gradients {
  loss: number;
  down: Float32Array[];
  up: Float32Array;
}

type Differentiated = Pick<Objective, 'loss' | 'raw' | 'centred'>;

/** The loss of a batch. */
export async function lossOf(
  tensors: Tensors,
  objective: Differentiated,
  parameters: Parameters,
  batch: Batch,
): Promise<number> {
  const { tf } = tensors;
  const loss = tf.tidy(() => {
    const { down, up } = parameterTensors(tf, objective, parameters, batch);
    return objective.loss(batchTensors(tf, objective, batch, [...down, up]));
  });
  return await numbersOf(loss).then(([value]) => value);
}

/** The loss of a batch with its gradients, read at once. */
export async function gradientsOf(
  tensors: Tensors,
  objective: Differentiated,
  parameters: Parameters,
  batch: Batch,
): Promise<Gradients> {
  const { tf } = tensors;
  const all = tf.tidy(() => {
    const { down, up } = parameterTensors(tf, objective, parameters, batch);
    const { value, grads } = tf.valueAndGrads((...given) =>
      objective.loss(batchTensors(tf, objective, batch, given as Tensor2D[])),
    )([...down, up]);
    return tf.concat([value, ...grads].map((tensor) => tf.reshape(tensor, [-1])));
  });
  const numbers = await numbersOf(all);
  const size = parameters.up.length;
  const part = (k: number): Float32Array => numbers.slice(1 + k * size, 1 + (k + 1) * size);
  return {
    loss: numbers[0],
    down: batch.slots.map((_, block) => part(block)),
    up: part(batch.slots.length),
  };
}

async function numbersOf(tensor: { data(): Promise<unknown>; dispose(): void }): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

function parameterTensors(
  tf: Tf,
  { centred }: Differentiated,
  { rank, down, up }: Parameters,
  { slots }: Batch,
): { down: Tensor2D[]; up: Tensor2D } {
  return {
    down: slots.map((slot) => tf.tensor2d(down[slot], [centred.columns, rank])),
    up: tf.tensor2d(up, [rank, centred.columns]),
  };
}

/** @param parameters B of each block, then A */
function batchTensors(
  tf: Tf,
  objective: Differentiated,
  { rows, slots, noise }: Batch,
  parameters: Tensor2D[],
): BatchTensors {
  const n = rows.length / slots.length;
  const centred = rowTensor(tf, objective.centred, rows);
  const blocks = tf.split(centred, slots.map(() => n), 0);
  const inner = tf.concat(
    blocks.map((block, k) => product(tf, block as Tensor2D, parameters[k])),
    0,
  );
  const moved = tf.add(centred, product(tf, inner, parameters[slots.length])) as Tensor2D;
  return {
    tf,
    n,
    adapted: unitRows(tf, moved),
    centred,
    raw: rowTensor(tf, objective.raw, rows),
    noise,
  };
}

function rowTensor(tf: Tf, source: Matrix, rows: Int32Array): Tensor2D {
  const values = new Float32Array(rows.length * source.columns);
  rows.forEach((r, i) => values.set(row(source, r), i * source.columns));
  return tf.tensor2d(values, [rows.length, source.columns]);
}
