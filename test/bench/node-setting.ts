import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeSource } from '../../src/cli/node-source.ts';
import { nodeVectors } from '../../src/cli/node-vectors.ts';
import { startHelpers } from '../../src/cli/with-kernels.ts';
import type { DeviceInfo } from '../../src/core/encoder.ts';
import { matrix, row, type Matrix } from '../../src/core/matrix.ts';
import { BUNDLED_MODEL } from '../../src/core/models.ts';
import { loadEncoder } from '../../src/encoder/encoder.ts';
import { bundledFiles } from '../helpers/models.ts';
import type { EncodeRequest } from './contests/encode.ts';
import { createControlLoop } from './control-loop.ts';
import type { ContestResult } from './harness.ts';
import type { Setting } from './hold.ts';
import { mixedTexts } from './inputs.ts';
import type { Options } from './options.ts';
import { randomEncoder } from './random-encoder.ts';

const TFJS = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
const EXAMPLE = 'public/example/facts.csv';

/** Released data beside the checkout; not part of the repository. */
const REAL = '../shared/eval/flore200.json';
const SEED = 1;

const NATIVE: DeviceInfo = {
  id: 'native',
  description: `CPU (ONNX Runtime native, ${availableParallelism()} threads)`,
  available: true,
  software: false,
  reason: '',
};

/** Contests in this process; run in the checkout's folder. */
export function nodeSetting(
  { sizes, rounds }: Pick<Options, 'sizes' | 'rounds'>,
  announce: (result: ContestResult) => void,
): Setting {
  const control = createControlLoop();
  return {
    sizes,
    protocol: { rounds, seed: SEED, control, load: () => loadavg()[0] },
    tfjsFiles: join(process.cwd(), TFJS),
    // Its threads are workers of browsers.
    tfjsThreads: 1,
    startHelpers,
    points: realPoints,
    encode: (dtype) => encodeRequest(sizes.texts, dtype),
    announce,
  };
}

export async function encodeRequest(texts: number, dtype: 'fp32' | 'q8'): Promise<EncodeRequest> {
  return {
    texts: mixedTexts(readFileSync(EXAMPLE, 'utf8'), texts, SEED),
    folder: randomEncoder(dtype, await bundledFiles()),
    dtype,
    device: NATIVE,
    runtime: undefined,
    store: nodeVectors(temporaryFolder()),
    storeName: 'a folder on disk',
  };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'isogloss-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The FLORES facts of FaMSS in nine languages by the bundled encoder, or nothing, which is said. */
async function realPoints(): Promise<Record<string, Matrix>> {
  if (!existsSync(REAL)) {
    process.stderr.write(`No real vectors are laid out, since ${REAL} does not exist.\n`);
    return {};
  }
  const facts = JSON.parse(readFileSync(REAL, 'utf8')) as Record<string, Record<string, string>>;
  const texts = Object.values(facts).flatMap((renderings) => Object.values(renderings));
  const context = { signal: new AbortController().signal, report: () => {} };
  const choice = { model: BUNDLED_MODEL, dtype: 'fp32', device: 'native' } as const;
  const request = { choice, device: NATIVE, source: nodeSource(), runtime: undefined };
  const encoder = await loadEncoder(request, context);
  const { index, vectors } = await encoder.embed(texts, context);
  await encoder.dispose();
  const flores = matrix(texts.length, vectors.columns);
  index.forEach((text, r) => row(flores, text).set(row(vectors, r)));
  return { flores };
}
