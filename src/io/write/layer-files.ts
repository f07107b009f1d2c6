import type { LayerReport, VectorLayers } from '../../core/layers.ts';
import { METRICS } from '../../core/metric-catalog.ts';
import type { Estimate } from '../../core/report.ts';
import { poolLayers } from '../../metrics/layer-pooling.ts';
import type { PivotedInput } from './pivoted-input.ts';
import { varianceOf } from './pool-json.ts';
import { toCsv, type CsvCell } from './to-csv.ts';
import { toJson } from './to-json.ts';
import { toNpy } from './to-npy.ts';

/** float32 [layers, rows, d]. */
export function layersNpy({ vectors }: VectorLayers): Uint8Array {
  const [{ rows, columns }] = vectors;
  const data = new Float32Array(vectors.length * rows * columns);
  vectors.forEach((layer, k) => data.set(layer.data, k * rows * columns));
  return toNpy(data, [vectors.length, rows, columns]);
}

/** One row for each layer, language pair and metric; a directed metric has one for each way. */
export function layersCsv({ report, labels }: PivotedInput, layers: LayerReport[]): string {
  const header = ['layer', 'a', 'b', 'metric', 'value', 'low', 'high', 'n'];
  const rows = layers.flatMap(({ name, pairs }) =>
    pairs.flatMap(({ a, b, scores }) => {
      const n = report.shared[a * labels.length + b];
      const rowOf = (from: number, to: number, id: string, score: Estimate): CsvCell[] => {
        const [low, high] = score.interval ?? [NaN, NaN];
        return [name, labels[from], labels[to], id, score.value, low, high, n];
      };
      return METRICS.flatMap(({ id, symmetric }) => {
        const forth = rowOf(a, b, id, scores[id].forth);
        return symmetric ? [forth] : [forth, rowOf(b, a, id, scores[id].back)];
      });
    }),
  );
  return toCsv([header, ...rows]);
}

/** The split of variance by layer, and MEXA of each language against the pivot, pooled over layers. */
export function layersJson({ labels, pivotIndex }: PivotedInput, layers: LayerReport[]): string {
  const L = labels.length;
  const mexa = labels.flatMap((label, l): [string, unknown][] => {
    if (l === pivotIndex) return [];
    const scores = layers.map(({ matrices }) => matrices.mexa[pivotIndex * L + l]);
    const { max, layer, mean } = poolLayers(scores);
    return [[label, { max, max_layer: layers[layer]?.name ?? null, mean, layers: scores }]];
  });
  return toJson({
    layers: layers.map(({ name, zeroRows, variance, varianceReason }) => ({
      name,
      zeroRows,
      variance: varianceOf(variance),
      varianceReason,
    })),
    mexa: { pivot: labels[pivotIndex], languages: Object.fromEntries(mexa) },
  });
}

/**
 * Language bias B of all ordered pairs, as the FaMSS probe writes it: `{ "layer_0": { "en_fr": 0.53, ... } }`, the final
 * vectors as `layer_final` where no layers were compared; null is not defined.
 */
export function probeJson({ report, labels }: PivotedInput, layers: LayerReport[]): string {
  const L = labels.length;
  const biasOf = (matrices: LayerReport['matrices']): Record<string, number> =>
    Object.fromEntries(
      labels.flatMap((a, i) =>
        labels.flatMap((b, j): [string, number][] =>
          i === j ? [] : [[`${a}_${b}`, matrices.bias[i * L + j]]],
        ),
      ),
    );
  if (layers.length === 0) return toJson({ layer_final: biasOf(report.matrices) });
  const named = layers.map(({ matrices }, k) => [`layer_${k}`, biasOf(matrices)]);
  return toJson(Object.fromEntries(named));
}
