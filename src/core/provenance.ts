import { completeFacts, type ParallelCorpus } from './corpus.ts';
import type { Provenance } from './report.ts';

/** The manifest of a run: what the caller knows, completed from the corpus. */
export function provenanceOf(
  corpus: ParallelCorpus,
  run: Pick<Provenance, 'isogloss' | 'model' | 'kernels' | 'projection' | 'seed' | 'notices'> & {
    pivot: number;
  },
): Provenance {
  return {
    ...run,
    pivot: corpus.languages[run.pivot].label,
    files: corpus.files,
    facts: corpus.facts.length,
    completeFacts: completeFacts(corpus).length,
    languages: corpus.languages.map(({ label }) => label),
    renderings: corpus.renderings.text.length,
  };
}
