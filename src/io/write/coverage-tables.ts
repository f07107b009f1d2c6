import type { CoverageReport, GroupComparison, LanguageCoverage } from '../../core/coverage.ts';
import { HUNDRED } from '../../core/flores-languages.ts';
import type { Interval } from '../../core/statistics.ts';
import { toCsv, type CsvCell } from './to-csv.ts';
import { toJson } from './to-json.ts';

/** What coverage is counted over, beside the codes of FLORES-200. */
const ABOUT_HUNDRED = `${HUNDRED}, Chinese counted once; the list of the xLLMs-100 paper is not published, and this is not it`;

/** All that coverage writes, by path. */
export function toCoverageFiles(
  report: CoverageReport,
  about: { isogloss: string; seed: number; notices: string[] },
): Map<string, string> {
  return new Map([
    ['coverage.csv', coverageCsv(report.languages)],
    ['groups.csv', groupsCsv(report.groups)],
    ['off-target.csv', offTargetCsv(report)],
    ['coverage.json', toJson({ ...about, hundred: ABOUT_HUNDRED, ...report })],
  ]);
}

/** One row for each language. */
function coverageCsv(languages: LanguageCoverage[]): string {
  const header = [
    'tag',
    'flores',
    'name',
    'script',
    'direction',
    'family',
    'in_hundred',
    'facts',
    'answers',
    'training_rows',
    'encoder',
    'encoder_share',
    'tier',
    'tokens',
    'token_premium',
    'unknown_rate',
    'truncation_rate',
  ];
  const rows = languages.map((row): CsvCell[] => [
    row.tag,
    row.flores,
    row.name,
    row.script,
    row.direction,
    row.family,
    row.hundred ? 'yes' : 'no',
    row.facts,
    row.answers,
    row.trainingRows,
    row.encoder ?? '',
    row.encoderShare ?? NaN,
    row.tier,
    row.tokens?.tokens ?? NaN,
    row.tokens?.premium ?? NaN,
    row.tokens?.unknownRate ?? NaN,
    row.tokens?.truncationRate ?? NaN,
  ]);
  return toCsv([header, ...rows]);
}

/** One row for each group of each grouping of each metric; F and p are those of the grouping. */
function groupsCsv(comparisons: GroupComparison[]): string {
  const rows = comparisons.flatMap(({ metric, grouping, languages, groups, f, p, adjusted }) =>
    groups.map((group): CsvCell[] => [
      metric,
      grouping,
      group.group,
      group.languages.length,
      group.languages.join(' '),
      group.mean,
      ...ends(group.interval),
      groups.length,
      languages,
      f,
      p,
      adjusted,
    ]),
  );
  const mean = ['mean', 'mean_low', 'mean_high'];
  const test = ['groups', 'languages_in_all', 'f', 'p', 'p_adjusted'];
  return toCsv([['metric', 'grouping', 'group', 'languages', 'labels', ...mean, ...test], ...rows]);
}

function offTargetCsv({ offTarget }: CoverageReport): string {
  const rows = offTarget.map((row): CsvCell[] => [
    row.language,
    row.model,
    row.answers,
    row.judged,
    row.notJudged,
    row.offTarget,
    row.share,
    ...ends(row.interval),
    row.mostly,
  ]);
  const counts = ['answers', 'judged', 'not_judged', 'off_target'];
  const share = ['share', 'share_low', 'share_high', 'mostly'];
  return toCsv([['language', 'model', ...counts, ...share], ...rows]);
}

function ends(interval: Interval | null): number[] {
  return interval ?? [NaN, NaN];
}
