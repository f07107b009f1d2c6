import { cellRows } from '../../core/corpus.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { MetricCard } from '../../core/metric-card.ts';
import { METRICS } from '../../core/metric-catalog.ts';
import type { DriftSummary, Estimate } from '../../core/report.ts';
import type { LanguageTrust } from '../../core/trust.ts';
import { driftColumn, driftTable, summarizeDrift } from '../../metrics/drift.ts';
import { toCsv, type CsvCell } from './to-csv.ts';
import type { PivotedInput } from './pivoted-input.ts';

/** Fact and language of each row of the embeddings; read back by `readRowIndex`. */
export function rowsCsv({ corpus, labels }: PivotedInput): string {
  const { fact, language } = corpus.renderings;
  const rows = Array.from(fact, (f, r) => [corpus.facts[f].id, labels[language[r]]]);
  return toCsv([['fact', 'language'], ...rows]);
}

/** One row for each fact: its drift from the pivot, in all and by language, and its texts. */
export function factsCsv(input: PivotedInput): string {
  const { report, labels } = input;
  const header = ['fact', 'topic', 'drift_mean', 'drift_max_language', 'renderings'];
  const columns = labels.flatMap((label) => [`drift:${label}`, `text:${label}`]);
  const rowOf = factRows(input);
  return toCsv([[...header, ...columns], ...report.facts.map((_, fact) => rowOf(fact))]);
}

function factRows({
  corpus,
  report,
  labels,
  pivotIndex,
}: PivotedInput): (fact: number) => CsvCell[] {
  const L = labels.length;
  const cells = cellRows(corpus);
  const table = driftTable(report, pivotIndex);
  return (fact) => {
    const drifts = table.subarray(fact * L, (fact + 1) * L);
    const texts = labels.map((_, l) => corpus.renderings.text[cells[fact * L + l]] ?? '');
    const { mean, largest } = overLanguages(drifts);
    const { id, topic } = report.facts[fact];
    const renderings = texts.filter((text) => text !== '').length;
    const summary = [id, topic, mean, largest === -1 ? '' : labels[largest], renderings];
    return [...summary, ...labels.flatMap((_, l) => [drifts[l], texts[l]])];
  };
}

/** Mean over the languages that have a drift, and the language with the largest (-1 for none). */
function overLanguages(drifts: Float32Array): { mean: number; largest: number } {
  let sum = 0;
  let count = 0;
  let largest = -1;
  drifts.forEach((drift, l) => {
    if (Number.isNaN(drift)) return;
    sum += drift;
    count++;
    if (largest === -1 || drift > drifts[largest]) largest = l;
  });
  return { mean: sum / count, largest };
}

const SUMMARY = ['n', 'mean', 'interval_low', 'interval_high', 'median', 'q1', 'q3', 'min', 'max'];

const ENCODER = [
  'encoder_status',
  'encoder_p_at_1',
  'encoder_p_at_1_low',
  'encoder_p_at_1_high',
  'encoder_sentences',
];

/** One row for each language: its drift from the pivot, and from the mean of the others; how well the encoder reads it. */
export function driftCsv({ report, pivotIndex, provenance }: PivotedInput): string {
  const L = report.languages.length;
  const tables = [driftTable(report, pivotIndex), driftTable(report, 'centroid')];
  const header = [
    'language',
    'tag',
    'name',
    ...SUMMARY,
    ...SUMMARY.map((name) => `centroid_${name}`),
    ...ENCODER,
  ];
  const rows = report.languages.map(({ label, tag, name }, l): CsvCell[] => {
    const summaries = tables.map((table) =>
      summarizeDrift(driftColumn(table, L, l), provenance.seed + l),
    );
    const trust = trustCells(provenance.trust?.[l]);
    return [label, tag, name, ...summaries.flatMap(summaryCells), ...trust];
  });
  return toCsv([header, ...rows]);
}

function summaryCells({ n, mean, interval, median, q1, q3, min, max }: DriftSummary): number[] {
  const [low, high] = interval ?? [NaN, NaN];
  return [n, mean, low, high, median, q1, q3, min, max];
}

function trustCells(trust: LanguageTrust | undefined): CsvCell[] {
  const [low, high] = trust?.interval ?? [NaN, NaN];
  return [trust?.status ?? '', trust?.share ?? NaN, low, high, trust?.sentences ?? NaN];
}

/** One row for each two languages that share a fact, with every metric. */
export function pairsCsv({ report, labels }: PivotedInput): string {
  const header = ['a', 'b', 'n', 'ties', 'floor', ...METRICS.flatMap(pairColumns)];
  const rows = report.pairs.map(({ a, b, facts, ties, floor, scores }): CsvCell[] => {
    const cells = METRICS.flatMap((card) => {
      const { forth, back } = scores[card.id];
      return (card.symmetric ? [forth] : [forth, back]).flatMap((one) => estimateCells(card, one));
    });
    return [labels[a], labels[b], facts.length, ties, floor, ...cells];
  });
  return toCsv([header, ...rows]);
}

function pairColumns({ id, symmetric, interval }: MetricCard): string[] {
  const names = symmetric ? [id] : [id, `${id}_back`];
  return names.flatMap((name) =>
    interval === null ? [name] : [name, `${name}_low`, `${name}_high`],
  );
}

function estimateCells(card: MetricCard, { value, interval }: Estimate): number[] {
  return card.interval === null ? [value] : [value, ...(interval ?? [NaN, NaN])];
}

/** Where the picture puts each rendering. */
export function projectionCsv({ corpus, labels }: PivotedInput, { columns, data }: Matrix): string {
  const { fact, language } = corpus.renderings;
  const rows = Array.from(fact, (f, r): CsvCell[] => {
    return [corpus.facts[f].id, labels[language[r]], data[r * columns], data[r * columns + 1]];
  });
  return toCsv([['fact', 'language', 'x', 'y'], ...rows]);
}
