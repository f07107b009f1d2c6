import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createWasm } from '../../src/compute/wasm.ts';
import { productsOf } from '../../src/compute/kernels.ts';
import { principalComponents } from '../../src/projection/pca.ts';
import { layoutUmap } from '../../src/projection/umap.ts';
import { K } from './contests/nearest.ts';
import { clusteredRows } from './inputs.ts';
import { atlas } from './rivals/layouts.ts';

/** Asks this program to lay out many points once, by one engine, and to print what it took. */
export const LARGE = '--large-layout';
const POINTS = 50_000;
const EPOCHS = 200;
const ENGINES = ['Isogloss', 'embedding-atlas'] as const;

interface Cost {
  seconds: number;
  /** Most that the process ever held, beyond what it held with the vectors made. */
  megabytes: number;
}

/** Each engine in a process of its own. What a line of the table says, by engine. */
export function compareLarge(): Record<string, string> {
  const program = fileURLToPath(import.meta.url);
  const lines = ENGINES.map((engine) => {
    const args = [program, LARGE, engine];
    const { stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 2],
    });
    const { seconds, megabytes } = JSON.parse(stdout) as Cost;
    return [engine, `${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB at most`];
  });
  return Object.fromEntries(lines);
}

/** Lays out the points from their vectors and prints the cost. */
export async function layoutLarge(engine: string): Promise<void> {
  const vectors = clusteredRows(6, POINTS);
  const before = process.memoryUsage.rss();
  const start = performance.now();
  if (engine === 'Isogloss') {
    const kernels = await createWasm();
    const neighbors = await kernels.nearest(vectors, K);
    const from = await principalComponents(vectors, productsOf(kernels));
    const context = { signal: new AbortController().signal, report: () => {} };
    await layoutUmap({ neighbors, start: from, seed: 1 }, context);
  } else await atlas(vectors, { k: K, epochs: EPOCHS, minDist: 0.1, seed: 1 });
  const cost: Cost = {
    seconds: (performance.now() - start) / 1000,
    megabytes: (process.resourceUsage().maxRSS * 1024 - before) / 1e6,
  };
  process.stdout.write(JSON.stringify(cost));
}
