import { AnalyzerError } from '../core/errors.ts';
import { documentsFor } from './documents.ts';
import type { RunChangeResult } from './run-change.svelte.ts';
import type { Session } from './session.svelte.ts';

declare const __ISOGLOSS_VERSION__: string;

/** One file of the export of the results that are shown, or all of them zipped. */
export async function packRun(session: Session, path: string | null): Promise<Uint8Array> {
  const { corpus, shownRun } = session;
  const provenance = session.provenance();
  const { report, picture } = session.comparison;
  if (corpus === null || provenance === null || report === null || shownRun === null) {
    throw new AnalyzerError('internal', 'There is nothing to export yet.');
  }
  const { vectors } = shownRun;
  const layers = session.layering.finished;
  const run = { corpus, report, provenance, picture };
  const documents = await documentsFor(path, { ...run, layers: layers?.reports ?? null });
  const pivot = corpus.languages[session.shownPivot].tag;
  return session.files.pack({ input: { ...run, pivot, vectors, layers, documents }, path });
}

/** All files of a comparison of runs, zipped. */
export async function packComparison(
  { files, shownRun, seed }: Session,
  result: RunChangeResult,
): Promise<Uint8Array> {
  const made = { isogloss: __ISOGLOSS_VERSION__, seed: shownRun?.seed ?? seed };
  return files.packComparison({ input: { ...made, ...result } });
}
