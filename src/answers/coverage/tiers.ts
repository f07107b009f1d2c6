import type { LanguageCoverage, Taxonomy } from '../../core/coverage.ts';
import { averageRanks, mean, quantileOfSorted } from '../../core/statistics.ts';

/** Fewest languages that can be sorted into three tiers. */
const TIERS = 3;

/**
 * Sorts the languages whose texts were encoded into thirds, by the mean of their ranks in token premium, unknown rate and
 * truncation rate: tier 1 is the third that the tokenizer treats best. Equal languages share a tier.
 *
 * @returns '' for languages without tokens, and for all where fewer than three have them
 */
export function measuredTiers(rows: readonly LanguageCoverage[]): string[] {
  const measured = rows.flatMap(({ tokens }, i) => (tokens === null ? [] : [{ i, tokens }]));
  const tiers = Array<string>(rows.length).fill('');
  if (measured.length < TIERS) return tiers;
  const ranks = (['premium', 'unknownRate', 'truncationRate'] as const).map((name) =>
    averageRanks(measured.map(({ tokens }) => tokens[name])),
  );
  const burdens = measured.map((_, m) => mean(ranks.map((rank) => rank[m])));
  const sorted = Float64Array.from(burdens).sort();
  const ends = [1 / 3, 2 / 3].map((p) => quantileOfSorted(sorted, p));
  measured.forEach(({ i }, m) => {
    tiers[i] = String(1 + ends.filter((end) => burdens[m] > end).length);
  });
  return tiers;
}

/** Tiers as a taxonomy has them, by tag, else by the tag without script and region; '' where it lacks the language. */
export function taxonomyTiers(rows: readonly LanguageCoverage[], { tiers }: Taxonomy): string[] {
  return rows.map(({ tag }) => tiers.get(tag) ?? tiers.get(tag.split('-')[0]) ?? '');
}
