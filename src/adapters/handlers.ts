import { chooseKernels } from '../compute/choose-kernels.ts';
import { productsOf, type Kernels } from '../compute/kernels.ts';
import type { StartHelpers } from '../compute/wasm.ts';
import type { FitSettings, PreferencePairs } from '../core/adapter.ts';
import type { EmbeddedCorpus } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import type { RunComparison } from '../core/run-comparison.ts';
import { alignPicture } from '../projection/procrustes.ts';
import type { LabApi } from '../protocol/api.ts';
import { inTurn, type CallContext, type Handlers } from '../protocol/server.ts';
import { applyAdapter } from './apply-adapter.ts';
import { measureBaseline, type Baseline } from './baseline.ts';
import { fitAdapter, type FitInput, type TrainingDevice } from './fit-adapter.ts';
import { compareHeldOut } from './judge-adapter.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { openTensors, type Tensors } from './tensors/open-tensors.ts';

interface Loaded {
  input: EmbeddedCorpus;
  kernels: Kernels;
  device: TrainingDevice & { dispose(): void };
  /** Of the last seed. */
  baseline: Baseline | null;
}

/** Pairs of languages, all metrics of each, that reach the page in one message. */
const PAIRS_AT_ONCE = 16;

/**
 * What the lab worker answers. Calls on the kernels and on tensors must not overlap: each waits for the one before, but
 * for the wish to finish a training.
 *
 * @param wasm address of tfjs's WebAssembly file; see `openTensors`
 */
export function labHandlers(startHelpers?: StartHelpers, wasm?: string): Handlers<LabApi> {
  let loaded: Loaded | undefined;
  let finishing = false;
  const queue = inTurn();
  const withLoaded = <T>(work: (ready: Loaded) => Promise<T>): Promise<T> =>
    queue(() => {
      if (loaded === undefined) throw new AnalyzerError('internal', 'No vectors are loaded.');
      finishing = false;
      return work(loaded);
    });
  const finish = (): boolean => finishing;
  return {
    load: ({ corpus, vectors, device }) =>
      queue(async () => {
        loaded?.kernels.dispose();
        loaded?.device.dispose();
        loaded = undefined;
        const { kernels, notices } = await chooseKernels(device, startHelpers);
        const training = trainingDevice(device, wasm);
        loaded = { input: { corpus, vectors }, kernels, device: training, baseline: null };
        return { device: kernels.device, notices };
      }),
    fit: (request, context) =>
      withLoaded(async (ready) => {
        const input = await inputOf(ready, request, context);
        // Parts of the report belong to the baseline, which stays; the answer's arrays are moved to the page.
        return structuredClone(await fitAdapter(input, { ...context, finish }));
      }),
    compareHeldOut: ({ adapter, seed }, context) =>
      withLoaded(async (ready) => {
        const baseline = await baselineOf(ready, seed, context);
        return inPieces(await compareHeldOut(adapter, baseline, context), context);
      }),
    leaveOneOut: ({ steps, ...request }, context) =>
      withLoaded(async (ready) =>
        leaveOneOut(await inputOf(ready, request, context), steps, context),
      ),
    finishTraining: () => void (finishing = true),
    apply: ({ adapter, corpus, vectors }) =>
      withLoaded(({ kernels }) => applyAdapter(adapter, { corpus, vectors }, productsOf(kernels))),
    pictures: ({ before, after }) => {
      const { fitted, misfit } = alignPicture(after, before);
      return { before, after: fitted, misfit };
    },
  };
}

async function inputOf(
  ready: Loaded,
  { settings, preferences }: { settings: FitSettings; preferences: PreferencePairs | null },
  context: CallContext,
): Promise<FitInput> {
  const baseline = await baselineOf(ready, settings.seed, context);
  return { baseline, settings, preferences, device: ready.device };
}

async function baselineOf(ready: Loaded, seed: number, context: CallContext): Promise<Baseline> {
  if (ready.baseline?.measuring.seed !== seed)
    ready.baseline = await measureBaseline(ready.input, seed, ready.kernels, context);
  return ready.baseline;
}

/** Sends the pairs ahead, a few at a time. */
function inPieces({ pairs, ...comparison }: RunComparison, { report }: CallContext): RunComparison {
  const total = pairs.length;
  for (let done = 0; done < total; done += PAIRS_AT_ONCE) {
    const partial = pairs.slice(done, done + PAIRS_AT_ONCE);
    report({ stage: 'Comparing the runs (pairs of languages)', done: total, total, partial });
  }
  return { ...comparison, pairs: [] };
}

/** tfjs is started by the first training, and stays for the next. */
function trainingDevice(device: 'auto' | 'webgpu' | 'wasm', wasm?: string): Loaded['device'] {
  let opened: Tensors | undefined;
  const open = async (wish: typeof device): Promise<Tensors> =>
    (opened = await openTensors(wish, wasm));
  return {
    open: async () => (opened === undefined || opened.lost() !== null ? open(device) : opened),
    openCpu: () => open('wasm'),
    dispose: () => opened?.dispose(),
  };
}
