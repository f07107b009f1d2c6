import { seededRandom } from '../core/random.ts';
import type { AnalysisReport, DriftSummary } from '../core/report.ts';
import { bootstrapMean, mean, quantileOfSorted } from '../core/statistics.ts';

/**
 * Drift of every rendering: 1 - cosine to the same fact's rendering in the reference language, or to the mean of its
 * renderings in the other languages ('centroid').
 *
 * @param reference index of a language of the report, or 'centroid'
 * @returns row-major [facts, languages], in [0, 2]; NaN for a hole, and in the reference's own column
 */
export function driftTable(
  { facts, languages, pairs, centroidDistance }: AnalysisReport,
  reference: number | 'centroid',
): Float32Array {
  if (reference === 'centroid') return centroidDistance.slice();
  const L = languages.length;
  const table = new Float32Array(facts.length * L).fill(NaN);
  for (const pair of pairs) {
    if (pair.a !== reference && pair.b !== reference) continue;
    const language = pair.a === reference ? pair.b : pair.a;
    pair.facts.forEach((fact, i) => {
      // Rounding takes the cosine of equal texts a little above 1.
      table[fact * L + language] = Math.max(0, 1 - pair.matched[i]);
    });
  }
  return table;
}

/** One language's column of a drift table, by fact. */
export function driftColumn(table: Float32Array, L: number, language: number): Float32Array {
  return Float32Array.from({ length: table.length / L }, (_, fact) => table[fact * L + language]);
}

/** Summary of one language's drift. Values that are NaN are left out; quantiles use the R-7 method. */
export function summarizeDrift(values: ArrayLike<number>, seed: number): DriftSummary {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const quantile = (p: number): number => quantileOfSorted(sorted, p);
  return {
    n: sorted.length,
    mean: mean(sorted),
    interval: bootstrapMean(sorted, seededRandom(seed)),
    median: quantile(0.5),
    q1: quantile(0.25),
    q3: quantile(0.75),
    min: quantile(0),
    max: quantile(1),
  };
}
