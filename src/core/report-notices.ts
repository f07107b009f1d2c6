import type { AnalysisReport } from './report.ts';

/** Below this many facts an interval says little, and one of the bootstrap, which draws few different sets, too much. */
const FEW_FACTS = 20;

/** Groups and facts that a sentence names. */
const MOST_NAMED = 3;

/** Sentences about what a reader of the numbers should know of them; none where there is nothing. */
export function reportNotices(report: AnalysisReport): string[] {
  const counts = report.pairs.map(({ facts }) => facts.length);
  return [
    ...fewFacts(counts),
    ...nearDuplicates(report),
    ...sampledQueries(report),
    ...searchedNearly(report),
  ];
}

/** One sentence where languages share so few facts that intervals say little. @param counts shared facts of each pair */
export function fewFacts(counts: number[]): string[] {
  const few = counts.filter((n) => n < FEW_FACTS);
  if (few.length === 0) return [];
  const which = few.length === counts.length ? 'All' : `${few.length} of ${counts.length}`;
  return [
    `${which} pairs of languages share fewer than ${FEW_FACTS} facts (the fewest ${Math.min(...few)}): their intervals are rough, and bootstrap ones too narrow.`,
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

function count(n: number): string {
  return n.toLocaleString('en');
}

function sampledQueries({ pool: { queryFacts }, facts }: AnalysisReport): string[] {
  if (queryFacts === facts.length) return [];
  return [
    `Average precision is estimated: the renderings of ${count(queryFacts)} of ${count(facts.length)} facts, drawn with the seed, were the queries.`,
  ];
}

function searchedNearly({ pool: { neighborSearch, renderings } }: AnalysisReport): string[] {
  if (neighborSearch === null) return [];
  const { recall, sampled } = neighborSearch;
  const share = (100 * recall).toLocaleString('en', { maximumFractionDigits: 1 });
  return [
    `The nearest of all ${count(renderings)} texts were searched for by NN-descent, which found ${share} % of the true ones of ${count(sampled)} texts drawn with the seed. The map, the hubness of all texts together, the share of nearest texts in the same language and equal vectors rest on them; the scores of pairs do not.`,
  ];
}
