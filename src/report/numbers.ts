import { LANGUAGE_CARDS, type LanguageCard } from '../core/language-cards.ts';
import type { AnalysisReport, Estimate, PoolReport, VarianceShares } from '../core/report.ts';
import { shareText } from '../plots/variance-parts.ts';
import { formatValue } from './figures/figure-input.ts';

/** A number in words, beside what it is. */
export interface NumberLine {
  card: LanguageCard;
  value: string;
}

/** What belongs to one language alone: its place in the pool of all texts, its hubs, its space, its tokens. */
export function languageNumbers(report: AnalysisReport, language: number): NumberLine[] {
  const { averagePrecision, sameLanguageShare, hubness, isotropy, tokens } =
    report.byLanguage[language];
  const cards = LANGUAGE_CARDS;
  const own: [LanguageCard, string][] = [
    [cards.averagePrecision, estimated(averagePrecision)],
    [cards.sameLanguageShare, estimated(sameLanguageShare)],
    [cards.hubSkewness, fixed(hubness.skewness)],
    [cards.robinHood, fixed(hubness.robinHood)],
    [cards.antihubs, fixed(hubness.antihubs)],
    [cards.hubOccurrence, fixed(hubness.hubOccurrence)],
    [cards.isoScore, fixed(isotropy.isoScore)],
    [cards.effectiveRank, fixed(isotropy.effectiveRank, 1)],
    [cards.meanRandomCosine, fixed(isotropy.meanRandomCosine)],
  ];
  if (tokens !== null) {
    own.push(
      [cards.tokensPerText, fixed(tokens.tokens / tokens.renderings, 1)],
      [cards.premium, fixed(tokens.premium, 2)],
      [cards.unknownRate, fixed(tokens.unknownRate)],
      [cards.truncationRate, fixed(tokens.truncationRate)],
    );
  }
  return own.map(([card, value]) => ({ card, value }));
}

/** What belongs to all texts together. */
export function poolNumbers(pool: PoolReport): NumberLine[] {
  const { averagePrecision, probe, hubness, isotropy, queryFacts, renderings } = pool;
  const cards = LANGUAGE_CARDS;
  const count = (n: number): string => n.toLocaleString('en');
  const own: [LanguageCard, string][] = [
    [
      cards.averagePrecision,
      `${estimated(averagePrecision)}; queries of n = ${count(queryFacts)} facts among ${count(renderings)} texts`,
    ],
    [
      cards.probe,
      `${estimated(probe.accuracy)}; shuffled ${estimated(probe.shuffled)}; chance ${fixed(probe.chance)}`,
    ],
    [cards.unscaledVariance, splitText(pool.unscaledVariance)],
    [cards.hubSkewness, fixed(hubness.skewness)],
    [cards.robinHood, fixed(hubness.robinHood)],
    [cards.antihubs, fixed(hubness.antihubs)],
    [cards.hubOccurrence, fixed(hubness.hubOccurrence)],
    [cards.isoScore, `${fixed(isotropy.isoScore)}; rank ${count(isotropy.rank)}`],
    [cards.effectiveRank, fixed(isotropy.effectiveRank, 1)],
    [cards.meanRandomCosine, fixed(isotropy.meanRandomCosine)],
  ];
  return own.map(([card, value]) => ({ card, value }));
}

function splitText(split: VarianceShares | null): string {
  if (split === null) return 'not defined: fewer than two facts have every language';
  const { fact, language, interaction, facts } = split;
  const shares = [fact, language, interaction].map(({ value }) => shareText(value));
  return `facts ${shares[0]}, languages ${shares[1]}, interaction ${shares[2]}; n = ${facts.toLocaleString('en')} facts`;
}

function fixed(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'not defined';
  return digits === 3 ? formatValue(value) : value.toFixed(digits);
}

/** A value with its 95 % interval in brackets. */
export function estimated({ value, interval }: Estimate): string {
  return interval === null || Number.isNaN(value)
    ? fixed(value)
    : `${fixed(value)} [${interval.map((end) => fixed(end)).join(', ')}]`;
}
