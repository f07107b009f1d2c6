import { completeFacts, type ParallelCorpus } from '../../core/corpus.ts';
import type { Language } from '../../core/language.ts';
import type { DriftSummary, VarianceShares } from '../../core/report.ts';
import { liesBelow } from './standing.ts';

/** The question the page answers, about what is loaded. */
export function questionOf(corpus: ParallelCorpus): string {
  const [all, complete] = [corpus.facts.length, completeFacts(corpus).length];
  const facts = `${all.toLocaleString('en')} fact${all === 1 ? '' : 's'}`;
  const which =
    all === complete
      ? `the same ${facts}`
      : `${facts}, ${complete.toLocaleString('en')} of them in all languages`;
  return `How far apart are these ${corpus.languages.length} languages on ${which}?`;
}

/** The finding in a sentence or two; '' while there is none. */
export function answerOf(
  variance: VarianceShares | null,
  reason: string,
  languages: Language[],
  summaries: DriftSummary[] | null,
): string {
  const split =
    variance === null
      ? reason
      : `Facts explain ${percent(variance.fact.value)} of the variation, languages ${percent(variance.language.value)}, their interaction ${percent(variance.interaction.value)}.`;
  const drifting = summaries === null ? [] : mostDrifting(languages, summaries);
  return drifting.length === 0
    ? split
    : `${split} ${drifting.join(' and ')} ${drifting.length > 1 ? 'drift' : 'drifts'} most.`;
}

/** The two languages, or the one, whose intervals lie above those of all others; nobody where intervals carry none. */
function mostDrifting(languages: Language[], summaries: DriftSummary[]): string[] {
  const sorted = languages
    .map(({ name }, l) => ({ name, value: summaries[l].mean, interval: summaries[l].interval }))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => b.value - a.value);
  const standsOut = (count: number): boolean =>
    sorted.length > count &&
    sorted
      .slice(0, count)
      .every((own) => sorted.slice(count).every((item) => liesBelow(item, own)));
  const count = [2, 1].find((count) => languages.length > 2 * count - 1 && standsOut(count)) ?? 0;
  return sorted.slice(0, count).map(({ name }) => name);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A duration a reader can plan by: '8 s', '3 min'. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.round(seconds / 60)} min`;
}
