import { cellRows } from '../../core/corpus.ts';
import { METRICS } from '../../core/metric-catalog.ts';
import type { Estimate, LanguageReport } from '../../core/report.ts';
import { toCsv, type CsvCell } from './to-csv.ts';
import type { PivotedInput } from './pivoted-input.ts';

const ESTIMATED = [
  ...METRICS.filter(({ interval }) => interval !== null).map(({ id }) => id),
  'average_precision',
  'same_language_share',
];

const OTHERS = [
  ...METRICS.filter(({ interval }) => interval === null).map(({ id }) => id),
  'occurrence_skewness',
  'occurrence_robin_hood',
  'occurrence_antihubs',
  'hub_occurrence',
  'hubs',
  'iso_score',
  'participation_ratio',
  'effective_rank',
  'rank',
  'mean_random_cosine',
  'renderings',
  'tokens',
  'unknown_tokens',
  'truncated',
  'token_premium',
  'unknown_rate',
  'truncation_rate',
];

/** One row for each language: the mean of each metric over its pairs, and what belongs to it alone. */
export function languagesCsv({ report }: PivotedInput): string {
  const estimated = ESTIMATED.flatMap((name) => [name, `${name}_low`, `${name}_high`]);
  const rows = report.languages.map(({ label, tag, name }, l): CsvCell[] => {
    const [scores, own] = [report.languageScores[l], report.byLanguage[l]];
    const estimates = METRICS.filter(({ interval }) => interval !== null).map(
      ({ id }) => scores[id],
    );
    const plain = METRICS.filter(({ interval }) => interval === null).map(({ id }) => scores[id]);
    return [
      label,
      tag,
      name,
      ...[...estimates, own.averagePrecision, own.sameLanguageShare].flatMap(estimateCells),
      ...plain.map(({ value }) => value),
      ...hubCells(own),
      ...isotropyCells(own),
      ...tokenCells(own, report.shared[l * report.languages.length + l]),
    ];
  });
  return toCsv([['language', 'tag', 'name', ...estimated, ...OTHERS], ...rows]);
}

function estimateCells({ value, interval }: Estimate): number[] {
  return [value, ...(interval ?? [NaN, NaN])];
}

function hubCells({ hubness }: LanguageReport): number[] {
  const { skewness, robinHood, antihubs, hubOccurrence, hubs } = hubness;
  return [skewness, robinHood, antihubs, hubOccurrence, hubs.length];
}

function isotropyCells({ isotropy }: LanguageReport): number[] {
  const { isoScore, participationRatio, effectiveRank, rank, meanRandomCosine } = isotropy;
  return [isoScore, participationRatio, effectiveRank, rank, meanRandomCosine];
}

function tokenCells({ tokens }: LanguageReport, renderings: number): number[] {
  if (tokens === null) return [renderings, NaN, NaN, NaN, NaN, NaN, NaN];
  const { unknown, truncated, premium, unknownRate, truncationRate } = tokens;
  return [renderings, tokens.tokens, unknown, truncated, premium, unknownRate, truncationRate];
}

/** One row for each hub of each language, most frequent first: the texts that many texts in other languages are near to. */
export function hubsCsv({ corpus, report, labels }: PivotedInput): string {
  const L = labels.length;
  const cells = cellRows(corpus);
  const rows = report.byLanguage.flatMap(({ hubness }, l) =>
    Array.from(hubness.hubs, (fact): CsvCell[] => [
      labels[l],
      report.facts[fact].id,
      hubness.kOccurrence[fact],
      corpus.renderings.text[cells[fact * L + l]],
    ]),
  );
  return toCsv([['language', 'fact', 'k_occurrence', 'text'], ...rows]);
}
