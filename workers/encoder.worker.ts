import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { browserSource } from '../src/encoder/browser-source.ts';
import { browserVectors } from '../src/encoder/browser-vectors.ts';
import { wasmThreads } from '../src/encoder/devices.ts';
import { encoderHandlers } from '../src/encoder/handlers.ts';
import { serve } from '../src/protocol/server.ts';

// Built or not, this script lies one folder below the page.
const page = new URL('../', self.location.href);
const address = (path: string): string => new URL(path, self.location.href).href;

serve(
  self,
  encoderHandlers({
    source: browserSource(new URL('models/', page)),
    runtime: { wasm: address(wasm), mjs: address(mjs), threads: wasmThreads() },
    store: browserVectors(),
  }),
);
