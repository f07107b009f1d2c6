import type { MetricCard } from './metric-card.ts';
import { METRICS } from './metric-catalog.ts';
import type { MatrixId } from './report.ts';

/** What an export says of a metric: its card, and in words which way its matrix is read. */
export type MetricNote = Omit<MetricCard, 'id' | 'symmetric' | 'self' | 'ends'> & {
  order: string;
};

/** What an export says beside every matrix, by metric. */
export function metricNotes(): Record<MatrixId, MetricNote> {
  const notes = METRICS.map((card) => {
    const { id, symmetric, self: _, ends: __, ...note } = card;
    const order = symmetric
      ? 'symmetric: (row, column) equals (column, row)'
      : 'directed: from the row’s language to the column’s';
    return [id, { ...note, order }] as const;
  });
  return Object.fromEntries(notes) as Record<MatrixId, MetricNote>;
}
