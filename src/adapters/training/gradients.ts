import { row, type Matrix } from '../../core/matrix.ts';
import type { Tensor, Tensor2D, Tensors, Tf } from '../tensors/open-tensors.ts';
import { columnProducts, rowDots, rowProducts } from '../tensors/products.ts';
import type { Batch, Objective } from './batch.ts';

/** f(c) = unit(c + (c B) A) of centred unit rows c. Row-major. */
export interface Parameters {
  rank: number;
  /** B: one for each language of T4, one for all otherwise. [d, r] each */
  down: Float32Array[];
  /** A. [r, d] */
  up: Float32Array;
}

/** A loss, and its gradients by the parameters. */
export interface Gradients {
  loss: number;
  /** For each block of the batch, as though it had a B of its own. [d, r] each */
  down: Float32Array[];
  up: Float32Array;
}

/** Where a loss is computed: its rows, and the parameters that they go through. */
export interface Site extends Pick<Objective, 'loss' | 'raw' | 'centred'> {
  parameters: Parameters;
}

/** The loss of a batch. */
export async function lossOf(tensors: Tensors, site: Site, batch: Batch): Promise<number> {
  const numbers = await tensors.run((tf) =>
    numbersOf(tf.tidy(() => site.loss(forward(tf, site, batch).batch).value)),
  );
  return numbers[0];
}

/** The loss of a batch with its gradients, read from the device at once. */
export async function gradientsOf(tensors: Tensors, site: Site, batch: Batch): Promise<Gradients> {
  const numbers = await tensors.run((tf) =>
    numbersOf(tf.tidy(() => lossAndGradients(tf, site, batch))),
  );
  const size = site.parameters.up.length;
  const part = (k: number): Float32Array => numbers.slice(1 + k * size, 1 + (k + 1) * size);
  const blocks = batch.slots.length;
  return { loss: numbers[0], down: batch.slots.map((_, k) => part(k)), up: part(blocks) };
}

/** The loss, then the gradients. */
function lossAndGradients(tf: Tf, site: Site, batch: Batch): Tensor {
  const states = forward(tf, site, batch);
  const { value, gradient } = site.loss(states.batch);
  const parts = [value, ...backward(tf, states, gradient())];
  return tf.concat(parts.map((part) => tf.reshape(part, [-1])));
}

async function numbersOf(tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

type States = ReturnType<typeof forward>;

function forward(tf: Tf, { raw, centred, parameters }: Site, { rows, slots, noise }: Batch) {
  const { rank, down, up } = parameters;
  const n = rows.length / slots.length;
  const own = rowTensor(tf, centred, rows);
  const blocks = tf.split(
    own,
    slots.map(() => n),
  ) as Tensor2D[];
  const inner = tf.concat(
    blocks.map((block, k) =>
      tf.matMul(block, tf.tensor2d(down[slots[k]], [centred.columns, rank])),
    ),
  ) as Tensor2D;
  const last = tf.tensor2d(up, [rank, centred.columns]);
  const moved = tf.add(own, tf.matMul(inner, last));
  const lengths = tf.maximum(tf.sqrt(rowDots(tf, moved, moved)), NOTHING);
  const adapted = tf.div(moved, lengths) as Tensor2D;
  const batch = { tf, n, adapted, centred: own, raw: rowTensor(tf, raw, rows), noise };
  return { blocks, inner, last, lengths, batch };
}

/** A length that divides nothing by zero. */
const NOTHING = 1e-12;

/** Gradients by B of each block, then by A, from that by the adapted rows. */
function backward(
  tf: Tf,
  { blocks, inner, last, lengths, batch }: States,
  gradient: Tensor2D,
): Tensor[] {
  const { adapted, n } = batch;
  const along = tf.mul(adapted, rowDots(tf, adapted, gradient));
  const byMoved = tf.div(tf.sub(gradient, along), lengths) as Tensor2D;
  const byInner = tf.split(
    rowProducts(tf, byMoved, last),
    blocks.map(() => n),
  ) as Tensor2D[];
  return [
    ...blocks.map((block, k) => columnProducts(tf, block, byInner[k])),
    columnProducts(tf, inner, byMoved),
  ];
}

function rowTensor(tf: Tf, source: Matrix, rows: Int32Array): Tensor2D {
  const values = new Float32Array(rows.length * source.columns);
  rows.forEach((r, i) => values.set(row(source, r), i * source.columns));
  return tf.tensor2d(values, [rows.length, source.columns]);
}
