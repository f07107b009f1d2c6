import type { Kernels } from '../compute/kernels.ts';
import { cellRows } from '../core/corpus.ts';
import type { AnalysisReport } from '../core/report.ts';
import { centroidDistances } from '../metrics/centroid-distance.ts';
import type { CallContext } from '../protocol/server.ts';
import { comparePairs, type PairsInput } from './compare-pairs.ts';

/**
 * The method, start to end: every pair of languages, then what belongs to one language or to all renderings together.
 *
 * Progress carries `partial: PairReport[]` for the pairs finished since the last report.
 *
 * @throws AnalyzerError `corpus/too-few-languages`, `corpus/no-shared-facts`, `call/cancelled`
 */
export async function analyze(
  input: PairsInput,
  kernels: Kernels,
  context: CallContext,
): Promise<AnalysisReport> {
  const { corpus, vectors } = input;
  const pairwise = await comparePairs(input, kernels, context);
  return {
    facts: corpus.facts,
    languages: corpus.languages,
    renderings: corpus.renderings.text.length,
    ...pairwise,
    centroidDistance: centroidDistances(cellRows(corpus), corpus.languages.length, vectors),
  };
}
