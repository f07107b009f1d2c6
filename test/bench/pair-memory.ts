import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createWasm } from '../../src/compute/wasm.ts';
import { transpose } from '../../src/core/matrix.ts';
import { DIMENSIONS, languagePair } from './inputs.ts';
import { scanProduct } from './rivals/scan-product.ts';
import { plainProduct } from './rivals/tfjs-wasm.ts';

/**
 * Bytes that all scores of a pair take beyond both operands, in kilobytes: typed arrays that were made, results among
 * them, and WebAssembly memory. The own memory is counted whole, less one copy of the operands; tfjs grows its own in
 * large steps, so that for it only the product is counted that it must hold there.
 */
export async function pairMemory(n: number): Promise<Record<string, string>> {
  const { x, y } = languagePair(1, n);
  const memories = watchMemories();
  const kernels = await createWasm();
  const own = await bytesMade(() => kernels.comparePairs([{ x, y }]));
  const heap = memories.stop() - 2 * n * DIMENSIONS * 4;
  const transposed = transpose(y);
  const rival = await bytesMade(() => scanProduct(plainProduct(x, transposed), n));
  const product = n * n * 4;
  return {
    [`memory of a pair of ${n}, Isogloss`]: kilobytes(own + heap),
    [`memory of a pair of ${n}, tfjs-wasm plain + scan`]: kilobytes(rival + product),
    [`memory of a pair of ${n}, share`]: `1/${((rival + product) / (own + heap)).toFixed(1)}`,
  };
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
}

/** Bytes of typed arrays that a run made; nothing is collected while it runs, for it makes too little. */
async function bytesMade(run: () => unknown): Promise<number> {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const before = process.memoryUsage().arrayBuffers;
  await run();
  return process.memoryUsage().arrayBuffers - before;
}

/** What starting a module from its bytes answers. */
type Started = WebAssembly.WebAssemblyInstantiatedSource;

/** Counts the memories of modules that are started from now on. */
function watchMemories(): { stop(): number } {
  const found = new Set<WebAssembly.Memory>();
  const original = WebAssembly.instantiate;
  const watching = async (...args: Parameters<typeof original>): Promise<unknown> => {
    const result: WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource = await original(
      ...args,
    );
    const { exports } =
      result instanceof WebAssembly.Instance ? result : (result as Started).instance;
    for (const value of Object.values(exports))
      if (value instanceof WebAssembly.Memory) found.add(value);
    return result;
  };
  WebAssembly.instantiate = watching as typeof original;
  return {
    stop: () => {
      WebAssembly.instantiate = original;
      return [...found].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    },
  };
}
