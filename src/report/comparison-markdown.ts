import type { MetricCard } from '../core/metric-card.ts';
import { metricCard } from '../core/metric-catalog.ts';
import type { MatrixId, VarianceShares } from '../core/report.ts';
import type { Change, RunComparison } from '../core/run-comparison.ts';
import { summarizeChanges, type MetricSummary } from '../metrics/change-summary.ts';
import { varianceParts } from '../plots/variance-parts.ts';
import { inSentence } from '../plots/sentences.ts';
import type { ReportTable } from './document.ts';
import { estimated } from './numbers.ts';
import { escaped, tableBlock } from './to-markdown.ts';

/** Two runs and their names. */
export interface ComparedRuns {
  before: string;
  after: string;
  seed: number;
  comparison: RunComparison;
}

/** Metrics whose largest changes are listed. */
const LISTED: MatrixId[] = ['mexa', 'p_at_1', 'calibrated', 'bias'];
const LARGEST = 10;

/** What became of the metrics from one run to the other, as Markdown. */
export function comparisonMarkdown(runs: ComparedRuns): string {
  const { before, after, seed, comparison } = runs;
  const { facts, languages, renderings } = comparison.corpus;
  const count = (n: number): string => n.toLocaleString('en');
  const summaries = summarizeChanges(comparison).filter(({ pairs }) => pairs > 0);
  const blocks = [
    '# What changed from one run to the other',
    `- Before: ${escaped(before)}\n- After: ${escaped(after)}`,
    changeHeadline(summaries),
    `On ${count(facts.length)} facts in ${languages.length} languages, ${count(renderings.text.length)} texts, that both runs have. Differences are after less before, with 95 % intervals of a paired bootstrap over facts (seed ${seed}).`,
    comparison.notices.map((notice) => `- ${escaped(notice)}`).join('\n'),
    '## Overall',
    'Mean over the languages. Pairs (each direction of a directed metric counts) came closer or went apart where the change is found at 5 % false discoveries among them (Benjamini and Hochberg).',
    tableBlock(overallTable(summaries)),
    '## Split of variance',
    tableBlock(varianceTable(comparison)),
    ...LISTED.flatMap((id) => [
      `## ${escaped(metricCard(id).name)}: the ${LARGEST} largest changes`,
      `${metricCard(id).direction[0].toUpperCase()}${metricCard(id).direction.slice(1)}.`,
      tableBlock(largestTable(comparison, metricCard(id))),
    ]),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The change of calibrated alignment in a sentence. */
export function changeHeadline(summaries: MetricSummary[]): string {
  const found = summaries.find(({ card }) => card.id === 'calibrated');
  if (found === undefined) return 'Calibrated alignment is not defined for any pair in both runs.';
  const { card, overall, pairs, closer, apart } = found;
  const { difference, interval } = overall;
  const range =
    interval === null
      ? 'no interval'
      : `95 % interval ${interval.map((end) => signed(end)).join(' to ')}`;
  const many =
    closer + apart === 0
      ? `no change of any of the ${pairs.toLocaleString('en')} pairs is told apart from chance`
      : `of ${pairs.toLocaleString('en')} pairs ${closer.toLocaleString('en')} came closer and ${apart.toLocaleString('en')} went apart`;
  return `Mean ${inSentence(card.name)} changes by ${signed(difference)} (${range}); ${many}.`;
}

function overallTable(summaries: MetricSummary[]): Pick<ReportTable, 'columns' | 'rows'> {
  const numeric = true;
  return {
    columns: [
      { label: 'Metric' },
      { label: 'Direction' },
      ...['Before', 'After', 'Difference', '95 % low', '95 % high', 'Closer', 'Apart', 'Pairs'].map(
        (label) => ({ label, numeric }),
      ),
    ],
    rows: summaries.map(({ card, overall, tested, closer, apart, pairs }) => [
      card.name,
      card.direction,
      ...changeCells(overall),
      ...[closer, apart].map((n) => (tested === 0 ? 'not tested' : n.toLocaleString('en'))),
      pairs.toLocaleString('en'),
    ]),
  };
}

function changeCells({ before, after, difference, interval }: Change): string[] {
  return [
    estimated(before),
    estimated(after),
    signed(difference),
    ...(interval === null ? ['none', 'none'] : interval.map(signed)),
  ];
}

function varianceTable({ variance }: RunComparison): Pick<ReportTable, 'columns' | 'rows'> {
  const names = ['Fact', 'Language', 'Interaction'];
  const cells = (shares: VarianceShares | null): string[] =>
    shares === null ? names.map(() => 'not defined') : varianceParts(shares).map(estimated);
  return {
    columns: [{ label: 'Run' }, ...names.map((label) => ({ label, numeric: true }))],
    rows: [
      ['Before', ...cells(variance.before)],
      ['After', ...cells(variance.after)],
    ],
  };
}

function largestTable(
  { pairs, corpus: { languages } }: RunComparison,
  { id, symmetric }: MetricCard,
): Pick<ReportTable, 'columns' | 'rows'> {
  const rows = pairs.flatMap(({ a, b, n, changes }) => {
    const [from, to] = [languages[a].name, languages[b].name];
    const { forth, back } = changes[id];
    const joint = symmetric ? 'and' : '→';
    const there = { name: `${from} ${joint} ${to}`, n, change: forth };
    return symmetric ? [there] : [there, { name: `${to} → ${from}`, n, change: back }];
  });
  const largest = rows
    .filter(({ change }) => !Number.isNaN(change.difference))
    .sort((a, b) => Math.abs(b.change.difference) - Math.abs(a.change.difference))
    .slice(0, LARGEST);
  const numeric = true;
  return {
    columns: [
      { label: 'Pair' },
      ...['n', 'Before', 'After', 'Difference', '95 % low', '95 % high', 'Adjusted p'].map(
        (label) => ({ label, numeric }),
      ),
    ],
    rows: largest.map(({ name, n, change }) => [
      name,
      n.toLocaleString('en'),
      ...changeCells(change),
      Number.isNaN(change.adjusted) ? 'none' : change.adjusted.toFixed(3),
    ]),
  };
}

function signed(value: number): string {
  if (Number.isNaN(value)) return 'not defined';
  const text = Math.abs(value).toFixed(3);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
