import { chooseKernels } from '../compute/choose-kernels.ts';
import { productsOf, type Kernels } from '../compute/kernels.ts';
import { AnalyzerError, cancelled } from '../core/errors.ts';
import type { AnalysisReport } from '../core/report.ts';
import { driftColumn, driftTable, summarizeDrift } from '../metrics/drift.ts';
import { principalComponents } from '../projection/pca.ts';
import type { AnalysisApi } from '../protocol/api.ts';
import { inTurn, type Handlers } from '../protocol/server.ts';
import { analyze } from './analyze.ts';
import type { PairsInput } from './compare-pairs.ts';
import { compareLayers } from './layers.ts';
import { trustworthiness } from './trustworthiness.ts';

interface Loaded {
  input: Omit<PairsInput, 'seed'>;
  kernels: Kernels;
}

/** What the analysis worker answers. Calls on the kernels must not overlap: each waits for the one before. */
export function analysisHandlers(): Handlers<AnalysisApi> {
  let loaded: Loaded | undefined;
  let report: AnalysisReport | undefined;
  const queue = inTurn();
  const withLoaded = <T>(work: (ready: Loaded) => Promise<T>): Promise<T> =>
    queue(() => {
      if (loaded === undefined) throw new AnalyzerError('internal', 'No embeddings are loaded.');
      return work(loaded);
    });
  return {
    load: ({ corpus, vectors, device }) =>
      queue(async () => {
        loaded?.kernels.dispose();
        loaded = report = undefined;
        const { kernels, notices } = await chooseKernels(device);
        loaded = { input: { corpus, vectors }, kernels };
        const { backend, device: description, tolerance } = kernels;
        return { backend, device: description, tolerance, notices };
      }),
    principal: () =>
      withLoaded(({ input, kernels }) => principalComponents(input.vectors, productsOf(kernels))),
    compare: ({ seed }, context) =>
      withLoaded(async ({ input, kernels }) => {
        report = await analyze({ ...input, seed }, kernels, context);
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
    neighbors: ({ k }, { signal, report: progress }) =>
      withLoaded(({ input, kernels }) =>
        kernels.nearest(input.vectors, k, (done) => {
          progress({ stage: 'Finding neighbours (renderings)', done, total: input.vectors.rows });
          if (signal.aborted) throw cancelled('The search for neighbours');
        }),
      ),
    trustworthiness: ({ picture, k, seed }, context) =>
      withLoaded(({ input, kernels }) =>
        trustworthiness({ vectors: input.vectors, picture, k, seed }, kernels, context),
      ),
  };
}
