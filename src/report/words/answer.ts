import { completeFacts, type ParallelCorpus } from '../../core/corpus.ts';
import type { Language } from '../../core/language.ts';
import type { DriftSummary, VarianceShares } from '../../core/report.ts';

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

/** Nobody where all drift alike, as any two languages do from each other. */
function mostDrifting(languages: Language[], summaries: DriftSummary[]): string[] {
  const means = summaries.map(({ mean }) => mean).filter((mean) => !Number.isNaN(mean));
  if (Math.max(...means) - Math.min(...means) < 1e-6) return [];
  return languages
    .map(({ name }, i) => ({ name, mean: summaries[i].mean }))
    .filter(({ mean }) => !Number.isNaN(mean))
    .sort((a, b) => b.mean - a.mean)
    .slice(0, languages.length > 3 ? 2 : 1)
    .map(({ name }) => name);
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A duration a reader can plan by: '8 s', '3 min'. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.round(seconds / 60)} min`;
}
