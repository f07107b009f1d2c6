import { metricNotes } from '../../core/metric-notes.ts';
import type { LanguageMatrix } from '../../core/matrix.ts';
import type { AnalysisReport, MatrixId } from '../../core/report.ts';
import { toCsv } from './to-csv.ts';
import { toJson } from './to-json.ts';
import { toNpy } from './to-npy.ts';

/** A matrix with the languages' own labels as its first row and column; an entry that is not defined is empty. */
export function matrixToCsv(values: LanguageMatrix, labels: string[]): string {
  const rows = labels.map((label, i) => [label, ...rowOf(values, labels.length, i)]);
  return toCsv([['', ...labels], ...rows]);
}

/**
 * A matrix with all that is needed to read it; an entry that is not defined is null. `n` counts the facts shared;
 * `significant` is 1 where a pair differs from the metric's chance level, null for a metric without one.
 */
export function matrixToJson(
  id: MatrixId,
  { matrices, shared, significant }: AnalysisReport,
  labels: string[],
): string {
  const marks = significant[id];
  const square = (numbers: ArrayLike<number>): number[][] =>
    labels.map((_, i) => rowOf(numbers, labels.length, i));
  return toJson({
    metric: id,
    ...metricNotes()[id],
    languages: labels,
    n: square(shared),
    values: square(matrices[id]),
    significant: marks === undefined ? null : square(marks),
  });
}

/** float64 [L, L]. */
export function matrixToNpy(values: LanguageMatrix, L: number): Uint8Array {
  return toNpy(values, [L, L]);
}

function rowOf(numbers: ArrayLike<number>, L: number, i: number): number[] {
  return Array.from({ length: L }, (_, j) => numbers[i * L + j]);
}
