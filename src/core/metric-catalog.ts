import type { MatrixId } from './report.ts';

/** What is printed wherever a metric's name stands. */
export interface MetricCard {
  id: MatrixId;
  name: string;
  /** Quantity with its unit, for axes. */
  quantity: string;
  direction: 'higher is closer' | 'lower is closer';
  /** The formula in words and symbols. */
  definition: string;
  source: string;
  /** False when row -> column differs from column -> row. */
  symmetric: boolean;
}

const FAMSS = 'Liu et al. 2025, FaMSS, arXiv 2406.14434';

export const METRICS: readonly MetricCard[] = [
  {
    id: 'calibrated',
    name: 'Calibrated alignment',
    quantity: 'Calibrated alignment (matched cosine, floor at 0)',
    direction: 'higher is closer',
    definition:
      '(m - f) / (1 - f), where m is the mean cosine of matched pairs and f, the floor, that of mismatched pairs: 0 means no nearer than chance, 1 means identical.',
    source: 'permutation floor of matched cosines',
    symmetric: true,
  },
  {
    id: 'mean_cosine',
    name: 'Mean cosine',
    quantity: 'Mean cosine of matched pairs',
    direction: 'higher is closer',
    definition:
      'Mean cosine of the two renderings of each shared fact. Read it beside its floor: some encoders give every pair of texts a high cosine.',
    source: 'cross-lingual alignment',
    symmetric: true,
  },
  {
    id: 'mexa',
    name: 'MEXA',
    quantity: 'MEXA (share of facts)',
    direction: 'higher is closer',
    definition:
      'Share of facts whose match is strictly nearer than every other fact, in both directions; a tie is a miss. Falls as the number of facts grows.',
    source: 'Kargaran et al. 2024, MEXA, arXiv 2410.05873',
    symmetric: true,
  },
  {
    id: 'p_at_1',
    name: 'P@1, row to column',
    quantity: 'P@1 from row to column (share of facts)',
    direction: 'higher is closer',
    definition:
      'Share of facts in the row’s language whose nearest text in the column’s language is their match; a tie is a hit; chance is 1 / n. Falls as the number of facts grows.',
    source: 'retrieval accuracy, as in Tatoeba',
    symmetric: false,
  },
  {
    id: 'bias',
    name: 'Language bias B',
    quantity: 'Language bias B (mean squared z-score distance)',
    direction: 'lower is closer',
    definition:
      'Mean squared distance of the two renderings of each fact, per dimension, after z-scoring over all texts: 0 is identical, 2 means that one language tells nothing about the other. Adding a language changes every B.',
    source: FAMSS,
    symmetric: true,
  },
  {
    id: 'bias_centroid',
    name: 'B, centroid part',
    quantity: 'Centroid part of B (mean squared z-score distance)',
    direction: 'lower is closer',
    definition:
      'The part of B that the distance of the two languages’ means explains; centering each language removes it.',
    source: `${FAMSS}; law of total variance`,
    symmetric: true,
  },
  {
    id: 'bias_residual',
    name: 'B, residual part',
    quantity: 'Residual part of B (mean squared z-score distance)',
    direction: 'lower is closer',
    definition:
      'The part of B that is left after each language’s mean is taken away: misalignment fact by fact.',
    source: `${FAMSS}; law of total variance`,
    symmetric: true,
  },
];

export function metricCard(id: MatrixId): MetricCard {
  return METRICS.find((card) => card.id === id)!;
}

export type MetricNote = Omit<MetricCard, 'id' | 'symmetric'> & { order: string };

/** What an export says beside every matrix, by metric. */
export function metricNotes(): Record<MatrixId, MetricNote> {
  const notes = METRICS.map(({ id, symmetric, ...card }) => {
    const order = symmetric
      ? 'symmetric: (row, column) equals (column, row)'
      : 'directed: from the row’s language to the column’s';
    return [id, { ...card, order }] as const;
  });
  return Object.fromEntries(notes) as Record<MatrixId, MetricNote>;
}
