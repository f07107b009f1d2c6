import { METRIC_FAMILIES, metricCard } from '../../core/metric-catalog.ts';
import type { MetricCard } from '../../core/metric-card.ts';
import type { MatrixId, PairReport } from '../../core/report.ts';
import type { ReportSection, ReportTable, SectionInput } from '../document.ts';
import { languageGroups, matrixFigure, nearnessTree } from '../figures/matrix-figure.ts';
import { estimated } from '../numbers.ts';

/** Shown as pictures; the tables have all metrics. */
export const MAIN_METRICS: MatrixId[] = ['calibrated', 'mexa', 'p_at_1', 'cka_debiased', 'bias'];

/** Above this many pairs their table would be most of the report. */
const MOST_PAIRS = 500;

/** The split of variance, and what every two languages have. */
export function pairSections(input: SectionInput): ReportSection[] {
  return [varianceSection(input), matricesSection(input), tablesSection(input)];
}

function varianceSection({ report }: SectionInput): ReportSection {
  const { variance, varianceReason, languages } = report;
  return {
    title: 'What explains the variation',
    paragraphs: variance === null ? [varianceReason] : [],
    figures:
      variance === null
        ? []
        : [
            {
              plot: 'variance',
              props: {
                name: 'variance',
                title: 'What explains the variation of the representations',
                subtitle: `Shares of total variance of z-scored vectors, n = ${variance.facts.toLocaleString('en')} facts with all ${languages.length} languages; 95 % bootstrap intervals over facts`,
                shares: variance,
                languages: languages.length,
              },
            },
          ],
    tables: [],
  };
}

function matricesSection({ report, figures }: SectionInput): ReportSection {
  const tree = nearnessTree(report.matrices, report.languages.length);
  const { script, family } = languageGroups(figures.languages);
  const view = { order: tree.order, tree, groups: [script, family] };
  return {
    title: 'How near every two languages are',
    paragraphs: ['Languages stand in the order of the tree over their mean cosines.'],
    figures: MAIN_METRICS.map((id) => ({
      plot: 'heat map',
      props: matrixFigure(figures, metricCard(id), view),
    })),
    tables: [],
  };
}

function tablesSection(input: SectionInput): ReportSection {
  const { pairs } = input.report;
  const fits = pairs.length <= MOST_PAIRS;
  return {
    title: 'All metrics of every two languages',
    paragraphs: [
      fits
        ? 'In brackets: 95 % intervals. An arrow is the direction of a metric that has one; the definitions stand below.'
        : `The numbers of ${pairs.length.toLocaleString('en')} pairs are too many for a page: pairs.csv has them.`,
    ],
    figures: [],
    tables: fits
      ? METRIC_FAMILIES.map(({ family, cards }) => familyTable(input, family, cards))
      : [],
  };
}

function familyTable(input: SectionInput, family: string, cards: MetricCard[]): ReportTable {
  const directed = cards.some(({ symmetric }) => !symmetric);
  const ways = directed ? (['forth', 'back'] as const) : (['forth'] as const);
  return {
    caption: family,
    columns: [
      { label: directed ? 'From, to' : 'Pair', heading: true },
      { label: 'n', numeric: true },
      ...cards.map(({ name }) => ({ label: name, numeric: true })),
    ],
    rows: input.report.pairs.flatMap((pair) =>
      ways.map((way) => [
        pairName(input, pair, directed ? way : null),
        pair.facts.length.toLocaleString('en'),
        ...cards.map(({ id }) => estimated(pair.scores[id][way])),
      ]),
    ),
  };
}

function pairName(
  { figures: { languages } }: SectionInput,
  { a, b }: PairReport,
  way: 'forth' | 'back' | null,
): string {
  const [from, to] = way === 'back' ? [b, a] : [a, b];
  return `${languages[from].name} ${way === null ? 'and' : '→'} ${languages[to].name}`;
}
