import { pairDifference } from '../../../src/compute/difference.ts';
import type { Kernels } from '../../../src/compute/kernels.ts';
import { createReference } from '../../../src/compute/reference.ts';
import { createWasm } from '../../../src/compute/wasm.ts';
import { transpose } from '../../../src/core/matrix.ts';
import type { PairScan } from '../../../src/core/pair-scan.ts';
import { hashOf, languagePair } from '../inputs.ts';
import { scanProduct } from '../rivals/scan-product.ts';
import { plainProduct, startTfjsWasm } from '../rivals/tfjs-wasm.ts';

/** Bytes that all scores of a pair took. */
export interface PairCost {
  /** Beside operands (also a copy of them in the memory of either module) and results. */
  working: number;
  results: number;
  /** Largest error of a cosine; 2 where a rank or an index is wrong. */
  error: number;
  /** What the working memory is made of. */
  words: string;
  /** Hash of the operands. */
  input: string;
}

/**
 * Everything that one call made, none of it collected on the way: typed arrays, and the memory of the WebAssembly. The own
 * one is counted whole. tfjs grows its own in large steps, so of that only the product is counted, which must lie in it.
 */
export async function weighPairHere(isOwn: boolean, n: number): Promise<PairCost> {
  const { x, y } = languagePair(1, n);
  const transposed = transpose(y);
  const input = await hashOf(x.data, y.data);
  let heap = (): number => n * n * Float32Array.BYTES_PER_ELEMENT;
  let run: () => Promise<PairScan> | PairScan = () => scanProduct(plainProduct(x, transposed), n);
  if (isOwn) {
    const watched = await watchedKernels();
    heap = () => watched.heap() - x.data.byteLength - y.data.byteLength;
    run = async () => (await watched.kernels.comparePairs([{ x, y }]))[0];
  } else await startTfjsWasm('node_modules/@tensorflow/tfjs-backend-wasm/dist/', 1);
  const { scan, made } = await bytesMade(run);
  const results = bytesOf(scan);
  const arrays = made - results;
  // The own results are built in the module's memory and copied out: the copies are the results, and one is enough.
  const working = heap() + arrays - (isOwn ? results : 0);
  const words = [heap(), arrays].map((bytes) => Math.round(bytes / 1000));
  return {
    working,
    results,
    error: pairDifference(scan, await createReference().cosineMatrix(x, y)),
    input,
    words: isOwn
      ? `${words[0]} kB in WebAssembly with the results in it, ${words[1]} kB of arrays`
      : `${words[0]} kB of product in WebAssembly, ${words[1]} kB of arrays`,
  };
}

function bytesOf(scan: PairScan): number {
  return Object.values(scan as object)
    .flatMap((part: object) => (ArrayBuffer.isView(part) ? [part] : Object.values(part)))
    .filter((part) => ArrayBuffer.isView(part))
    .reduce((sum, { byteLength }) => sum + byteLength, 0);
}

async function bytesMade(
  run: () => Promise<PairScan> | PairScan,
): Promise<{ scan: PairScan; made: number }> {
  globalThis.gc!();
  // What was collected is given back a little later.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const before = process.memoryUsage().arrayBuffers;
  const scan = await run();
  return { scan, made: process.memoryUsage().arrayBuffers - before };
}

/** Kernels, and how to see how far the memory of their module has grown. */
async function watchedKernels(): Promise<{ kernels: Kernels; heap: () => number }> {
  let memory: WebAssembly.Memory | undefined;
  const original = WebAssembly.instantiate;
  const watching = async (...given: Parameters<typeof original>): Promise<unknown> => {
    const started: unknown = await original(...given);
    // Node starts a module of its own now and then.
    if (started instanceof WebAssembly.Instance && 'scanPair' in started.exports)
      memory = started.exports.memory as WebAssembly.Memory;
    return started;
  };
  WebAssembly.instantiate = watching as typeof original;
  const kernels = await createWasm();
  WebAssembly.instantiate = original;
  return { kernels, heap: () => memory!.buffer.byteLength };
}
