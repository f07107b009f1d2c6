import type { LanguageMatrix } from '../core/matrix.ts';
import type { MatrixId } from '../core/report.ts';
import { toCsv } from './to-csv.ts';
import { toJson } from './to-json.ts';
import { toNpy } from './to-npy.ts';

export interface MetricNote {
  title: string;
  /** Which way the matrix is read. */
  direction: string;
  /** How a value is to be taken, and what it must not be taken for. */
  reading: string;
}

const SYMMETRIC = 'symmetric: (row, column) equals (column, row)';
const COUPLED =
  'Values are z-scored over all languages of the run: adding or removing a language changes every entry, so compare only entries of one run.';

/** What must be said beside every matrix. */
export const METRIC_NOTES: Record<MatrixId, MetricNote> = {
  mean_cosine: {
    title: 'Mean cosine of matched pairs (alignment)',
    direction: SYMMETRIC,
    reading:
      'Higher is closer, in [-1, 1]. Only meaningful against the floor, the mean cosine of mismatched pairs, which differs between encoders.',
  },
  calibrated: {
    title: 'Calibrated alignment: (mean cosine - floor) / (1 - floor)',
    direction: SYMMETRIC,
    reading: 'Higher is closer; 1 is perfect, 0 is what mismatched pairs have.',
  },
  bias: {
    title: 'Language bias B (FaMSS probe, final layer)',
    direction: SYMMETRIC,
    reading: `Lower is closer; 0 is identical, 2 is unrelated. ${COUPLED}`,
  },
  bias_centroid: {
    title: 'Centroid shift: the part of B that subtracting each language’s mean removes',
    direction: SYMMETRIC,
    reading: `Lower is closer. ${COUPLED}`,
  },
  bias_residual: {
    title:
      'Residual misalignment: the part of B that remains after each language’s mean is subtracted',
    direction: SYMMETRIC,
    reading: `Lower is closer. ${COUPLED}`,
  },
  p_at_1: {
    title: 'Retrieval accuracy (precision at 1)',
    direction:
      'directed: share of facts in the row’s language whose nearest neighbour in the column’s language is their match',
    reading: 'Higher is closer, in [0, 1]. Falls as the number of facts grows: chance is 1 / n.',
  },
  mexa: {
    title: 'MEXA score: share of facts whose match is strictly best in its row and its column',
    direction: SYMMETRIC,
    reading:
      'Higher is closer, in [0, 1]. Falls as the number of facts grows, and duplicated texts can never match.',
  },
};

/** A matrix with the languages' own labels as its first row and column; an entry that is not defined is empty. */
export function matrixToCsv(values: LanguageMatrix, labels: string[]): string {
  const rows = labels.map((label, i) => [label, ...rowOf(values, labels.length, i)]);
  return toCsv([['', ...labels], ...rows]);
}

/** A matrix with all that is needed to read it; an entry that is not defined is null. `n` counts the facts shared. */
export function matrixToJson(
  id: MatrixId,
  values: LanguageMatrix,
  labels: string[],
  shared: Int32Array,
): string {
  const square = (numbers: ArrayLike<number>): number[][] =>
    labels.map((_, i) => rowOf(numbers, labels.length, i));
  const { title, direction, reading } = METRIC_NOTES[id];
  return toJson({
    metric: id,
    title,
    direction,
    reading,
    languages: labels,
    n: square(shared),
    values: square(values),
  });
}

/** float64 [L, L]. */
export function matrixToNpy(values: LanguageMatrix, L: number): Uint8Array {
  return toNpy(values, [L, L]);
}

function rowOf(numbers: ArrayLike<number>, L: number, i: number): number[] {
  return Array.from({ length: L }, (_, j) => numbers[i * L + j]);
}
