import type { AdapterProvenance, AdapterRecord, HeldOutEntry } from '../core/adapter.ts';
import { adaptedNotices } from '../core/adapted-notices.ts';
import { checkEncoder } from '../core/check-encoder.ts';
import { labCard } from '../core/lab-cards.ts';
import type { LabReport } from '../core/lab.ts';
import { methodCard } from '../core/method-cards.ts';
import type { Matrix } from '../core/matrix.ts';
import type { ModelProvenance } from '../core/report.ts';
import { verdictOf } from '../report/words/lab-words.ts';
import type { DroppedAdapter, LabFit, LabRun } from './lab-fit.ts';
import { startLab } from './workers.ts';

/** A fit as it is kept in a file. */
export function adapterRecord(
  { corpus, model }: LabRun,
  { report, sensitivity }: LabFit,
  isogloss: string,
): AdapterRecord {
  const { adapter, settings, strength, split } = report;
  const { train, validation, test, by, hash } = split;
  return {
    adapter,
    isogloss,
    encoder: model,
    settings,
    strength,
    files: corpus.files.map(({ name, sha256 }) => ({ name, sha256 })),
    split: { train: train.length, validation: validation.length, test: test.length, by, hash },
    heldOut: heldOutEntries(report),
    verdict: verdictOf(report, sensitivity).sentence,
  };
}

function heldOutEntries({ measures }: LabReport): HeldOutEntry[] {
  return measures.map(({ id, test: { before, after, interval } }) => ({
    id,
    name: labCard(id).name,
    before,
    after,
    interval,
  }));
}

/** A run whose vectors were adapted. */
export interface AdaptedRun {
  vectors: Matrix;
  adapter: AdapterProvenance;
  /** What is to be known of the numbers. */
  notices: string[];
}

/**
 * Vectors of a run after an adapter, in a worker that is thrown away.
 *
 * @throws AnalyzerError `embeddings/mismatch` where it was fitted on vectors of another encoder, or not on these languages
 */
export async function adaptRun(
  { file, sha256, record }: DroppedAdapter,
  { model, device, corpus, vectors: plain }: LabRun,
  signal: AbortSignal,
): Promise<AdaptedRun> {
  const { adapter } = record;
  const departures = checkEncoder(record, model);
  const name = file === '' ? `The adapter ${methodCard(adapter.method).id}` : `The adapter ${file}`;
  const lab = startLab();
  try {
    await lab.load({ corpus, vectors: plain, device }, { signal });
    const request = { adapter, corpus, vectors: plain };
    const { vectors, meansFromTexts } = await lab.apply(request, { signal });
    return {
      vectors,
      adapter: { file, method: adapter.method, sha256, meansFromTexts },
      notices: [...departures, ...adaptedNotices(record, name, { corpus, meansFromTexts })],
    };
  } finally {
    lab.dispose();
  }
}

/** What tells runs apart in a sentence. */
export function runName(
  { id, dtype }: ModelProvenance,
  adapter: Pick<AdapterProvenance, 'method'> | null,
): string {
  const adapted = adapter === null ? '' : `adapted by ${methodCard(adapter.method).id}`;
  return [id, dtype, adapted].filter((part) => part !== '').join(', ');
}
