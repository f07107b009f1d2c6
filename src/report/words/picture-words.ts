import type { ProjectionProvenance } from '../../core/report.ts';

/** How far a picture of so many texts may be trusted: 'trustworthiness 0.846 and continuity 0.908 at k = 10, …'. */
export function pictureWords(projection: ProjectionProvenance, texts: number): string {
  const { trustworthiness, continuity, neighborRecall, neighbors } = projection;
  const { trustworthinessNeighbors: k, trustworthinessPoints: points } = projection;
  if (Number.isNaN(trustworthiness)) return 'too few texts to judge it';
  const ranks = `trustworthiness ${trustworthiness.toFixed(3)} and continuity ${continuity.toFixed(3)} at k = ${k}`;
  const kept = `${(100 * neighborRecall).toFixed(0)} % of the ${neighbors} nearest kept`;
  const sample = points < texts ? `, estimated on ${points.toLocaleString('en')} texts` : '';
  return `${ranks}, ${kept}${sample}`;
}
