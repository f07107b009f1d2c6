import { METRICS } from '../../core/metric-catalog.ts';
import type { Hubness, LanguageReport, VarianceShares } from '../../core/report.ts';
import type { PivotedInput } from './pivoted-input.ts';

/** What report.json says of each language and of all renderings together. */
export function poolSections({ corpus, report, labels }: PivotedInput): Record<string, unknown> {
  const { language, fact } = corpus.renderings;
  const idOf = (f: number): string => report.facts[f].id;
  const byLabel = <T, U>(values: T[], of: (value: T) => U): Record<string, U> =>
    Object.fromEntries(values.map((value, l) => [labels[l], of(value)]));
  const { pool } = report;
  return {
    languageScores: byLabel(report.languageScores, (scores) =>
      Object.fromEntries(METRICS.map(({ id }) => [id, scores[id]])),
    ),
    disparity: report.disparity,
    byLanguage: byLabel(report.byLanguage, (own) => languageOf(own, idOf)),
    pool: {
      ...pool,
      hubness: hubnessOf(pool.hubness, (r) => ({
        fact: idOf(fact[r]),
        language: labels[language[r]],
      })),
      unscaledVariance: varianceOf(pool.unscaledVariance),
      duplicates: pool.duplicates.map((group) => group.map(idOf)),
    },
  };
}

function languageOf(own: LanguageReport, idOf: (fact: number) => string): unknown {
  return { ...own, hubness: hubnessOf(own.hubness, idOf) };
}

function hubnessOf(
  { skewness, robinHood, gini, antihubs, hubOccurrence, hubs }: Hubness,
  nameOf: (hub: number) => unknown,
): unknown {
  const named = Array.from(hubs, nameOf);
  return { skewness, robinHood, gini, antihubs, hubOccurrence, hubs: named };
}

/** A split of variance: the shares, and their intervals beside them. */
export function varianceOf(variance: VarianceShares | null): unknown {
  if (variance === null) return null;
  const { fact, language, interaction, facts } = variance;
  return {
    fact: fact.value,
    language: language.value,
    interaction: interaction.value,
    facts,
    intervals: {
      fact: fact.interval,
      language: language.interval,
      interaction: interaction.interval,
    },
  };
}
