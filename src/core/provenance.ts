import { completeFacts, type ParallelCorpus } from './corpus.ts';
import type { Issue } from './errors.ts';
import type {
  PictureQuality,
  ProjectionSettings,
  ProjectionProvenance,
  Provenance,
} from './report.ts';
import { trustByLanguage, type EncoderTrust } from './trust.ts';

/** Neighbours of a text in the graph that is laid out, where there are as many. */
const NEIGHBORS = 15;

/** Neighbours by which a picture is judged. */
export const TRUST_NEIGHBORS = 10;

/** How many neighbours a layout of n texts uses; below 2 there is no graph to lay out, and PCA is the picture. */
export function neighborCount(n: number): number {
  return Math.min(NEIGHBORS, n - 2);
}

export function projectionProvenance(
  settings: ProjectionSettings,
  { trustworthiness, continuity, recall, points }: PictureQuality,
): ProjectionProvenance {
  return {
    ...settings,
    trustworthiness,
    continuity,
    trustworthinessNeighbors: TRUST_NEIGHBORS,
    neighborRecall: recall,
    trustworthinessPoints: points,
  };
}

/** What only the caller of a run knows. */
export type RunFacts = Pick<
  Provenance,
  'isogloss' | 'model' | 'adapter' | 'kernels' | 'projection' | 'seed' | 'choices' | 'notices'
> & { trust: EncoderTrust | null; pivot: number; issues: Issue[] };

/** The manifest of a run: what the caller knows, completed from the corpus. Files that were left out become notices. */
export function provenanceOf(
  corpus: ParallelCorpus,
  { issues, trust, ...run }: RunFacts,
): Provenance {
  const leftOut = issues.filter(({ severity }) => severity === 'error');
  const notices = [...run.notices, ...leftOut.map(({ file, message }) => `${file}: ${message}`)];
  if (run.projection === null) {
    notices.push(
      'The picture shows principal components: no neighbour graph was laid out to its end.',
    );
  }
  return {
    ...run,
    notices,
    pivot: corpus.languages[run.pivot].label,
    files: corpus.files,
    facts: corpus.facts.length,
    completeFacts: completeFacts(corpus).length,
    languages: corpus.languages.map(({ label }) => label),
    trust: trustByLanguage(corpus.languages, trust),
    trustMeasure: trust?.measure ?? '',
    renderings: corpus.renderings.text.length,
  };
}
