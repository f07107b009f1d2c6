import { analysisHandlers } from '../src/analysis/handlers.ts';
import { helperCount, helperThread, type ThreadApi } from '../src/compute/helper-threads.ts';
import { connect } from '../src/protocol/client.ts';
import { serve } from '../src/protocol/server.ts';

const startHelper = () =>
  helperThread(
    connect<ThreadApi>(
      new Worker(new URL('./kernels.worker.ts', import.meta.url), { type: 'module' }),
      'A thread of the analysis',
    ),
  );

serve(
  self,
  analysisHandlers(() =>
    Array.from({ length: helperCount(navigator.hardwareConcurrency) }, startHelper),
  ),
);
