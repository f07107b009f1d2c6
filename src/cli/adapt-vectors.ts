import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { applyAdapter } from '../adapters/apply-adapter.ts';
import { productsOf } from '../compute/kernels.ts';
import type { AdapterProvenance, AdapterRecord } from '../core/adapter.ts';
import { adaptedNotices } from '../core/adapted-notices.ts';
import { assertUnmapped, checkEncoder } from '../core/check-encoder.ts';
import type { EmbeddedCorpus } from '../core/corpus.ts';
import { AnalyzerError } from '../core/errors.ts';
import type { Matrix } from '../core/matrix.ts';
import type { ModelProvenance } from '../core/report.ts';
import { readAdapter } from '../io/read/from-adapter.ts';
import { sha256 } from '../io/read/sha256.ts';
import { withKernels } from './with-kernels.ts';

/** A run whose vectors may have been mapped before. */
export interface EncodedRun extends EmbeddedCorpus {
  model: ModelProvenance;
  adapter: AdapterProvenance | null;
}

/** An adapter's file, open. */
export interface OpenAdapter {
  file: string;
  sha256: string;
  record: AdapterRecord;
}

/** @throws AnalyzerError `usage` where there is no such file, `format/...` where it is no adapter */
export async function openAdapter(path: string): Promise<OpenAdapter> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AnalyzerError('usage', `The file ${path} cannot be read.`, {
      hint: 'Check the path after --adapter.',
      cause,
    });
  });
  const file = basename(path);
  return { file, sha256: await sha256(bytes), record: readAdapter(bytes, file) };
}

/**
 * The vectors of a run after an adapter, and what is to be known of it.
 *
 * @throws AnalyzerError `embeddings/mismatch` where the adapter does not belong to these vectors, or they are mapped already
 */
export async function adaptVectors(
  { file, sha256, record }: OpenAdapter,
  { corpus, vectors, model, adapter }: EncodedRun,
): Promise<{ vectors: Matrix; adapter: AdapterProvenance; notices: string[] }> {
  assertUnmapped(adapter);
  const notices = checkEncoder(record, model);
  const { vectors: adapted, meansFromTexts } = await withKernels(({ kernels }) =>
    applyAdapter(record.adapter, { corpus, vectors }, productsOf(kernels)),
  );
  return {
    vectors: adapted,
    adapter: { file, method: record.adapter.method, sha256, meansFromTexts },
    notices: [
      ...notices,
      ...adaptedNotices(record, `The adapter ${file}`, { corpus, meansFromTexts }),
    ],
  };
}
