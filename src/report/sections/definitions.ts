import { LANGUAGE_CARDS, type LanguageCard } from '../../core/language-cards.ts';
import { METRICS } from '../../core/metric-catalog.ts';
import { BOOTSTRAP_ROUNDS } from '../../core/statistics.ts';
import type { ReportSection, SectionInput } from '../document.ts';

const COLUMNS = [
  { label: 'Name', heading: true },
  { label: 'Definition' },
  { label: 'Direction' },
  { label: 'Source' },
];

function definition(card: LanguageCard): string[] {
  return [card.name, card.definition, card.direction, card.source];
}

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
          columns: [...COLUMNS, { label: '95 % interval' }],
          rows: METRICS.map((card) => [...definition(card), card.interval ?? 'none']),
        },
        {
          caption: 'Numbers of one language, of all texts, and of the spread over languages',
          columns: COLUMNS,
          rows: Object.values(LANGUAGE_CARDS).map(definition),
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
