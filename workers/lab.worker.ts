import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { labHandlers } from '../src/adapters/handlers.ts';
import { helperCount, helperThread, type ThreadApi } from '../src/compute/helper-threads.ts';
import { connect } from '../src/protocol/client.ts';
import { serve } from '../src/protocol/server.ts';

const startHelper = () =>
  helperThread(
    connect<ThreadApi>(
      new Worker(new URL('./kernels.worker.ts', import.meta.url), { type: 'module' }),
      'A thread of the lab',
    ),
  );

serve(
  self,
  labHandlers(
    () => Array.from({ length: helperCount(navigator.hardwareConcurrency) }, startHelper),
    new URL(wasm, self.location.href).href,
  ),
);
