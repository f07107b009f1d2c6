import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import type { ModelFolder } from '../../../src/core/encoder.ts';
import { helperCount, helperThread, type ThreadApi } from '../../../src/compute/helper-threads.ts';
import type { Thread } from '../../../src/compute/wasm/thread.ts';
import { browserVectors } from '../../../src/encoder/browser-vectors.ts';
import { browserDevices, wasmThreads } from '../../../src/encoder/devices.ts';
import { connect } from '../../../src/protocol/client.ts';
import type { EncodeRequest } from '../contests/encode.ts';
import { createControlLoop } from '../control-loop.ts';
import { hold, type Setting } from '../hold.ts';
import { mixedTexts } from '../inputs.ts';
import type { BenchMessage, BenchRequest } from './request.ts';

// Built, this script lies one folder below the page.
const page = new URL('../', self.location.href);
const post = (message: BenchMessage): void => self.postMessage(message);
const bytesOf = async (path: string): Promise<Uint8Array> => {
  const response = await fetch(new URL(path, page));
  if (!response.ok) throw new Error(`${path} could not be loaded (HTTP ${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
};

self.addEventListener('message', ({ data }: MessageEvent<BenchRequest>) => {
  holdAll(data).then(
    () => post({ kind: 'end' }),
    (thrown: Error) => post({ kind: 'failure', message: thrown.stack ?? String(thrown) }),
  );
});

async function holdAll({ subject, sizes, rounds }: BenchRequest): Promise<void> {
  const setting: Setting = {
    sizes,
    protocol: { rounds, seed: 1, control: createControlLoop(), load: () => null },
    tfjsFiles: new URL('tfjs/', page).href,
    tfjsThreads: navigator.hardwareConcurrency,
    startHelpers: () =>
      Array.from({ length: helperCount(navigator.hardwareConcurrency) }, startHelper),
    points: () => Promise.resolve({}),
    encode: (dtype) => encodeRequest(sizes.texts, dtype),
    announce: (result) => post({ kind: 'result', result }),
  };
  await hold(subject, setting);
}

/** As the worker of the analysis starts them. */
function startHelper(): Thread {
  const worker = new Worker(new URL('../../../workers/kernels.worker.ts', import.meta.url), {
    type: 'module',
  });
  return helperThread(connect<ThreadApi>(worker, 'A thread of the analysis'));
}

async function encodeRequest(texts: number, dtype: 'fp32' | 'q8'): Promise<EncodeRequest> {
  const paths = JSON.parse(text(await bytesOf(`encoder-${dtype}/files.json`))) as string[];
  const folder: ModelFolder = {};
  for (const path of paths) folder[path] = await bytesOf(`encoder-${dtype}/${path}`);
  const address = (path: string): string => new URL(path, self.location.href).href;
  return {
    texts: mixedTexts(text(await bytesOf('example/facts.csv')), texts, 1),
    folder,
    dtype,
    device: (await browserDevices()).find(({ id }) => id === 'wasm')!,
    runtime: { wasm: address(wasm), mjs: address(mjs), threads: wasmThreads() },
    store: browserVectors(),
    storeName: 'the page’s private files (OPFS)',
  };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
