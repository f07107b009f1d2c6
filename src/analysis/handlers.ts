import { chooseKernels } from '../compute/choose-kernels.ts';
import type { StartHelpers } from '../compute/wasm.ts';
import { productsOf, type Kernels } from '../compute/kernels.ts';
import { AnalyzerError } from '../core/errors.ts';
import type { Neighbors } from '../core/neighbors.ts';
import type { AnalysisReport } from '../core/report.ts';
import { driftColumn, driftTable, summarizeDrift } from '../metrics/drift.ts';
import { principalComponents } from '../projection/pca.ts';
import type { AnalysisApi } from '../protocol/api.ts';
import { inTurn, type Handlers } from '../protocol/server.ts';
import { analyze } from './analyze.ts';
import type { AnalysisInput } from './analysis-input.ts';
import { compareRuns } from './compare-runs.ts';
import { factNeighbors } from './fact-neighbors.ts';
import { judgePicture } from './judge-picture.ts';
import { compareLayers } from './layers.ts';
import { startKernelTrial, type KernelTrial } from './measure-kernels.ts';
import { nearestRenderings } from './nearest-renderings.ts';
import { treat } from './treat.ts';

interface Loaded {
  input: Omit<AnalysisInput, 'seed' | 'pivot'>;
  kernels: Kernels;
  /** What the comparison found, for the projection. */
  neighbors: Neighbors | null;
}

/** Waits for its turn; refuses while nothing is loaded. */
type WithLoaded = <T>(work: (ready: Loaded) => Promise<T>) => Promise<T>;

/** What the analysis worker answers. Calls on the kernels must not overlap: each waits for the one before. */
export function analysisHandlers(startHelpers?: StartHelpers): Handlers<AnalysisApi> {
  let loaded: Loaded | undefined;
  let report: AnalysisReport | undefined;
  const queue = inTurn();
  const withLoaded: WithLoaded = (work) =>
    queue(() => {
      if (loaded === undefined) throw new AnalyzerError('internal', 'No embeddings are loaded.');
      return work(loaded);
    });
  return {
    load: ({ corpus, vectors, tokens, device }) =>
      queue(async () => {
        loaded?.kernels.dispose();
        loaded = report = undefined;
        const { kernels, notices } = await chooseKernels(device, startHelpers);
        loaded = { input: { corpus, vectors, tokens }, kernels, neighbors: null };
        const { backend, device: description, tolerance } = kernels;
        return { backend, device: description, tolerance, notices };
      }),
    compare: ({ seed, pivot }, context) =>
      withLoaded(async (ready) => {
        const result = await analyze({ ...ready.input, seed, pivot }, ready.kernels, context);
        ready.neighbors = result.neighbors;
        report = result.report;
        // The worker keeps its report for `drift`; the answer is a copy, because its arrays are moved to the page.
        return structuredClone(report);
      }),
    layers: ({ layers, seed }, context) =>
      withLoaded(({ input, kernels }) =>
        compareLayers({ ...input, layers, seed }, kernels, context),
      ),
    drift: ({ reference, seed }) =>
      withLoaded(async () => {
        if (report === undefined)
          throw new AnalyzerError('internal', 'Nothing has been compared yet.');
        const values = driftTable(report, reference);
        const L = report.languages.length;
        const summaries = report.languages.map((_, language) =>
          summarizeDrift(driftColumn(values, L, language), seed + language),
        );
        return { reference, values, summaries };
      }),
    neighbors: ({ k, seed }, context) =>
      withLoaded(async ({ input: { vectors }, kernels, neighbors }) => {
        if (neighbors?.k === k) return structuredClone(neighbors);
        return (await nearestRenderings({ vectors, k, seed }, kernels, context)).neighbors;
      }),
    measure: measureHandler(queue, startHelpers),
    ...vectorHandlers(withLoaded),
  };
}

/** Kernels of its own, which outlive the call: what is measured is their speed, not their start. */
function measureHandler(
  queue: ReturnType<typeof inTurn>,
  startHelpers?: StartHelpers,
): Handlers<AnalysisApi>['measure'] {
  let trial: KernelTrial | undefined;
  return ({ device, seed }) =>
    queue(async () => {
      trial ??= await startKernelTrial(device, seed, startHelpers);
      return { device: trial.device, speed: await trial.measure() };
    });
}

type VectorCalls = 'principal' | 'treat' | 'compareRuns' | 'factNeighbors' | 'judgePicture';

/** Answers from the loaded vectors alone. */
function vectorHandlers(withLoaded: WithLoaded): Pick<Handlers<AnalysisApi>, VectorCalls> {
  return {
    principal: () =>
      withLoaded(({ input, kernels }) => principalComponents(input.vectors, productsOf(kernels))),
    treat: ({ treatment }) =>
      withLoaded(({ input, kernels }) => treat(input, treatment, productsOf(kernels))),
    compareRuns: ({ picture, other, otherIs, ...settings }, context) =>
      withLoaded(({ input, kernels }) => {
        const own = { ...input, picture };
        const [before, after] = otherIs === 'before' ? [other, own] : [own, other];
        return compareRuns({ before, after, ...settings }, kernels, context);
      }),
    factNeighbors: ({ fact, k }) =>
      withLoaded(({ input, kernels }) => factNeighbors(input, fact, k, kernels)),
    judgePicture: (request, context) =>
      withLoaded(({ input, kernels }) =>
        judgePicture({ vectors: input.vectors, ...request }, kernels, context),
      ),
  };
}
