import type { Kernels } from '../compute/kernels.ts';
import type { LayerReport, VectorLayers } from '../core/layers.ts';
import { row, type Matrix } from '../core/matrix.ts';
import type { CallContext } from '../protocol/server.ts';
import type { PairsInput } from './analysis-input.ts';
import { comparePairs } from './compare-pairs.ts';

export interface LayersInput extends Omit<PairsInput, 'vectors'> {
  layers: VectorLayers;
}

/**
 * Every pair of languages in every layer, first to last, each with the method of the final vectors and the same seed.
 *
 * Progress counts pairs over all layers; it carries `partial: LayerReport[]` for the layer finished since the last report.
 *
 * @throws AnalyzerError as `comparePairs` does
 */
export async function compareLayers(
  { layers, ...input }: LayersInput,
  kernels: Kernels,
  { signal, report }: CallContext,
): Promise<LayerReport[]> {
  const reports: LayerReport[] = [];
  const pairs = (input.corpus.languages.length * (input.corpus.languages.length - 1)) / 2;
  const total = pairs * layers.names.length;
  for (const [k, name] of layers.names.entries()) {
    const stage = 'Comparing languages by layer (pairs)';
    const within: CallContext = {
      signal,
      report: ({ done, total: known }) => {
        if (known === pairs) report({ stage, done: k * pairs + done, total });
      },
    };
    const vectors = layers.vectors[k];
    const compared = await comparePairs({ ...input, vectors }, kernels, within);
    const { variance, varianceReason, matrices, languageScores } = compared;
    const scores = compared.pairs.map(({ a, b, scores }) => ({ a, b, scores }));
    const zeroRows = countZeroRows(vectors);
    const layer = {
      name,
      zeroRows,
      variance,
      varianceReason,
      matrices,
      pairs: scores,
      languageScores,
    };
    reports.push(layer);
    report({ stage, done: (k + 1) * pairs, total, partial: [layer] });
  }
  return reports;
}

function countZeroRows(vectors: Matrix): number {
  let count = 0;
  for (let i = 0; i < vectors.rows; i++) {
    if (row(vectors, i).every((value) => value === 0)) count++;
  }
  return count;
}
