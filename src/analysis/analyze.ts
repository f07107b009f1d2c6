import type { Kernels } from '../compute/kernels.ts';
import { cellRows } from '../core/corpus.ts';
import type { Neighbors } from '../core/neighbors.ts';
import { neighborCount } from '../core/provenance.ts';
import type { AnalysisReport } from '../core/report.ts';
import { centroidDistances } from '../metrics/centroid-distance.ts';
import type { CallContext } from '../protocol/server.ts';
import type { AnalysisInput } from './analysis-input.ts';
import { comparePairs } from './compare-pairs.ts';
import { nearestRenderings } from './nearest-renderings.ts';
import { languageReports } from './language-report.ts';
import { poolReport } from './pool-report.ts';
import { rankPool } from './rank-pool.ts';

/**
 * The method, start to end: every pair of languages, then what belongs to one language or to all renderings together.
 * The nearest renderings of each are answered too: the projection is laid out from them.
 *
 * Progress carries `partial: PairReport[]` for the pairs finished since the last report.
 *
 * @throws AnalyzerError `corpus/too-few-languages`, `corpus/no-shared-facts`, `call/cancelled`
 */
export async function analyze(
  input: AnalysisInput,
  kernels: Kernels,
  context: CallContext,
): Promise<{ report: AnalysisReport; neighbors: Neighbors }> {
  const { corpus, vectors } = input;
  const { hubness, ...pairwise } = await comparePairs(input, kernels, context);
  const L = corpus.languages.length;
  const centroidDistance = centroidDistances(cellRows(corpus), L, vectors);
  const k = Math.max(1, neighborCount(vectors.rows));
  const { neighbors, search } = await nearestRenderings({ ...input, k }, kernels, context);
  const ranked = await rankPool(input, kernels, context);
  const found = { hubness, neighbors, search, ranked, centroidDistance };
  const material = { ...input, kernels, context, ...found };
  const byLanguage = await languageReports(material);
  const report = {
    facts: corpus.facts,
    languages: corpus.languages,
    renderings: corpus.renderings.text.length,
    ...pairwise,
    centroidDistance,
    byLanguage,
    pool: await poolReport(material, byLanguage),
  };
  return { report, neighbors };
}
