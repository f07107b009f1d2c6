import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Matrix } from '../../../src/core/matrix.ts';

let started = 0;

/** Threads that its products run on: of those asked for it takes no more than half the cores. */
export function tfjsThreads(): number {
  return started > 1 ? getThreadsCount() : 1;
}

/**
 * Starts tfjs on its WebAssembly backend with SIMD.
 *
 * @param files address of its folder of wasm files, with a slash at the end
 * @param threads 1, or as many as are wanted; more than one only where memory can be shared. A process has one number of
 *   them: asked again, it must be the same
 */
export async function startTfjsWasm(files: string, threads: number): Promise<void> {
  if (tf.getBackend() === 'wasm') {
    if (threads !== started) throw new Error(`tfjs runs on ${started} threads already.`);
    return;
  }
  started = threads;
  setWasmPaths(files);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
  if (threads > 1) setThreadsCount(threads);
  await tf.setBackend('wasm');
  await tf.ready();
}

/** The product as one writes it: X times the transpose of Y. [n, m] */
export function transposingProduct(x: Matrix, y: Matrix): Float32Array {
  return valuesOf(tf.matMul(tensor(x), tensor(y), false, true));
}

/**
 * The product whose second operand was transposed beforehand: the form that this backend is fast in. [n, m]
 *
 * @param transposed [d, m]
 */
export function plainProduct(x: Matrix, transposed: Matrix): Float32Array {
  return valuesOf(tf.matMul(tensor(x), tensor(transposed)));
}

/** Not by `tidy`, which looks for tensors in each of the values: that takes forty times as long as the product. */
function valuesOf(product: tf.Tensor): Float32Array {
  const values = product.dataSync() as Float32Array;
  product.dispose();
  return values;
}

const held = new WeakMap<Matrix, tf.Tensor2D>();

/** A matrix as tfjs holds it, made once: bringing it there is not counted. */
function tensor(source: Matrix): tf.Tensor2D {
  const known = held.get(source);
  if (known !== undefined) return known;
  const made = tf.tensor2d(source.data, [source.rows, source.columns]);
  held.set(source, made);
  return made;
}
