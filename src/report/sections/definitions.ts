import { METRICS } from '../../core/metric-catalog.ts';
import { BOOTSTRAP_ROUNDS } from '../../core/statistics.ts';
import type { ReportSection, SectionInput } from '../document.ts';

/** What the metrics are, and how their intervals were found. */
export function definitionSections({ provenance }: SectionInput): ReportSection[] {
  return [
    {
      title: 'Definitions',
      paragraphs: [],
      figures: [],
      tables: [
        {
          caption: 'Metrics of every two languages',
          columns: [
            { label: 'Metric', heading: true },
            { label: 'Definition' },
            { label: 'Direction' },
            { label: '95 % interval' },
            { label: 'Source' },
          ],
          rows: METRICS.map(({ name, definition, direction, interval, source }) => [
            name,
            definition,
            direction,
            interval ?? 'none',
            source,
          ]),
        },
      ],
    },
    {
      title: 'How intervals and marks were found',
      paragraphs: [
        `All intervals are at 95 %. Bootstrap over facts: ${BOOTSTRAP_ROUNDS.toLocaleString('en')} rounds draw facts with replacement, with seed ${provenance.seed}; the ends are the 2.5th and 97.5th percentiles of the means. Linearized: the rounds draw what each fact contributes to the metric, to first order. Wilson: the score interval of a share.`,
        'Where a pair is marked as not told apart from chance, its test against the metric’s chance level, adjusted over all pairs of the metric after Benjamini and Hochberg, allows 5 % false discoveries.',
        'What is not defined says so; no number was filled in.',
      ],
      figures: [],
      tables: [],
    },
  ];
}
