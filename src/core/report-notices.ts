import type { AnalysisReport } from './report.ts';

/** Below this many facts an interval says little more than that it is wide. */
const FEW_FACTS = 20;

/** Groups and facts that a sentence names. */
const MOST_NAMED = 3;

/** Sentences about what a reader of the numbers should know of them; none where there is nothing. */
export function reportNotices(report: AnalysisReport): string[] {
  return [
    ...fewFacts(report.pairs.map(({ facts }) => facts.length)),
    ...nearDuplicates(report),
    ...sampledQueries(report),
  ];
}

/** One sentence where languages share so few facts that intervals say little. `shared` counts those of each pair. */
export function fewFacts(shared: readonly number[]): string[] {
  const few = shared.filter((n) => n < FEW_FACTS);
  if (few.length === 0) return [];
  const which = few.length === shared.length ? 'All' : `${few.length} of ${shared.length}`;
  return [
    `${which} pairs of languages share fewer than ${FEW_FACTS} facts (the fewest ${Math.min(...few)}): read their intervals as rough.`,
  ];
}

function nearDuplicates({ pool: { duplicates }, facts }: AnalysisReport): string[] {
  if (duplicates.length === 0) return [];
  const named = duplicates
    .slice(0, MOST_NAMED)
    .map((group) => listed(group.map((fact) => facts[fact].id)));
  const groups = duplicates.length === 1 ? 'One group' : `${duplicates.length} groups`;
  const rest = duplicates.length > MOST_NAMED ? '; …' : '';
  return [
    `${groups} of facts have the same text or vector in some language, so that MEXA and ranks cannot tell them apart: ${named.join('; ')}${rest}.`,
  ];
}

function listed(ids: string[]): string {
  const shown = ids.slice(0, MOST_NAMED).join(', ');
  return ids.length > MOST_NAMED ? `${shown} and ${ids.length - MOST_NAMED} more` : shown;
}

function sampledQueries({ pool: { queryFacts }, facts }: AnalysisReport): string[] {
  if (queryFacts === facts.length) return [];
  const count = (n: number): string => n.toLocaleString('en');
  return [
    `Average precision is estimated: the renderings of ${count(queryFacts)} of ${count(facts.length)} facts, drawn with the seed, were the queries.`,
  ];
}
