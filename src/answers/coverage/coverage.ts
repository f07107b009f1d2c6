import type {
  CoverageReport,
  GroupComparison,
  Grouping,
  LanguageCoverage,
  MetricDisparity,
  RunLanguage,
  Taxonomy,
} from '../../core/coverage.ts';
import { METRICS } from '../../core/metric-catalog.ts';
import { seededRandom } from '../../core/random.ts';
import { benjaminiHochberg } from '../../core/significance.ts';
import { disparity } from '../../metrics/disparity.ts';
import { compareGroups, type GroupedScore } from './compare-groups.ts';
import { coverageCounts, languageCoverage, rowOf, type Holdings } from './language-coverage.ts';
import { offTargetAnswers } from './off-target.ts';
import { measuredTiers, taxonomyTiers } from './tiers.ts';

const GROUPINGS: readonly Grouping[] = ['tier', 'script', 'family'];

interface Options {
  taxonomy: Taxonomy | null;
  seed: number;
}

/** What the session has of each language, and whether languages fare alike across tiers, scripts and families. */
export function coverage(holdings: Holdings, options: Options): CoverageReport {
  const { table } = holdings;
  return {
    ...languagesCovered(holdings, options),
    offTarget: table === null ? [] : offTargetAnswers(table),
  };
}

/** The same without the answers off target, which take long where answers are many. */
export function languagesCovered(
  holdings: Holdings,
  { taxonomy, seed }: Options,
): Omit<CoverageReport, 'offTarget'> {
  const bare = languageCoverage(holdings);
  const tiers = taxonomy === null ? measuredTiers(bare) : taxonomyTiers(bare, taxonomy);
  const languages = bare.map((row, i) => ({ ...row, tier: tiers[i] }));
  const isMeasured = taxonomy === null && tiers.some((tier) => tier !== '');
  const { run } = holdings;
  return {
    languages,
    counts: coverageCounts(languages),
    tierSource: taxonomy?.source ?? (isMeasured ? 'token counts' : ''),
    groups: run === null ? [] : groupComparisons(run, languages, seed),
    disparities: run === null ? [] : disparities(run),
  };
}

function metricsOf(run: readonly RunLanguage[]): string[] {
  return Object.keys(run[0]?.scores ?? {});
}

/** Every metric by tier, script and family; languages without a score, or without a group, are left out. */
function groupComparisons(
  run: readonly RunLanguage[],
  rows: readonly LanguageCoverage[],
  seed: number,
): GroupComparison[] {
  return GROUPINGS.flatMap((grouping) => {
    const groups = run.map((language) => rowOf(rows, language)?.[grouping] ?? '');
    const tests = metricsOf(run).map((metric) => {
      const scores = run.flatMap(({ label, scores: own }, i): GroupedScore[] => {
        const [group, score] = [groups[i], own[metric]];
        return group === '' || Number.isNaN(score) ? [] : [{ language: label, group, score }];
      });
      return { metric, grouping, ...compareGroups(scores, seededRandom(seed)) };
    });
    const adjusted = benjaminiHochberg(tests.map(({ p }) => p));
    return tests.map((test, t) => ({ ...test, adjusted: adjusted[t] }));
  });
}

function disparities(run: readonly RunLanguage[]): MetricDisparity[] {
  return metricsOf(run).map((metric) => {
    const direction = METRICS.find(({ id }) => id === metric)?.direction ?? 'lower is closer';
    const scores = run.map((language) => language.scores[metric]);
    return { metric, ...disparity(scores, direction) };
  });
}
