import { readdir, readFile } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import type { DeviceInfo, EncoderChoice, ModelFolder, ReadingWish } from '../core/encoder.ts';
import type { VectorLayers } from '../core/layers.ts';
import {
  emptyEncoding,
  keptNotices,
  placeEncoded,
  type RenderingTokens,
} from '../core/embeddings.ts';
import { AnalyzerError } from '../core/errors.ts';
import type { EncoderTrust } from '../core/trust.ts';
import type { ModelProvenance } from '../core/report.ts';
import type { Matrix } from '../core/matrix.ts';
import type * as EncoderModule from '../encoder/encoder.ts';
import type { CallContext } from '../protocol/server.ts';
import { nodeSource } from './node-source.ts';
import { nodeVectors } from './node-vectors.ts';

/** Encodes texts, such as every rendering of a corpus, with ONNX Runtime's native CPU build. */
export async function encodeTexts(
  texts: string[],
  {
    model,
    dtype,
    reading,
    cache,
  }: { model: string; dtype: string; reading: ReadingWish; cache: string | null },
  context: CallContext,
): Promise<{
  vectors: Matrix;
  layers: VectorLayers | null;
  tokens: RenderingTokens;
  model: ModelProvenance;
  trust: EncoderTrust | null;
  notices: string[];
}> {
  const device: DeviceInfo = {
    id: 'native',
    description: `CPU (ONNX Runtime native, ${availableParallelism()} threads)`,
    available: true,
    software: false,
    reason: '',
  };
  const folder = await folderOf(model);
  const choice: EncoderChoice = { model, dtype, device: 'native', ...reading, ...folder };
  const { loadEncoder } = await importEncoder();
  const encoder = await loadEncoder(
    {
      choice,
      device,
      source: nodeSource(),
      runtime: undefined,
      ...(cache === null ? {} : { store: nodeVectors(cache) }),
    },
    context,
  );
  const { provenance, trust, notices, layers: names } = encoder.info;
  const encoded = emptyEncoding(texts.length, provenance.dimensions, names.length);
  const answer = await encoder.embed(texts, context);
  placeEncoded(encoded, answer);
  await encoder.dispose();
  return {
    vectors: encoded.vectors,
    layers: names.length === 0 ? null : { names, vectors: encoded.layers },
    tokens: encoded,
    model: provenance,
    trust,
    notices: [...notices, ...answer.notices, ...keptNotices(encoded)],
  };
}

/** Imported when needed: ONNX Runtime's native build does not exist for every platform, and other commands need none. */
async function importEncoder(): Promise<typeof EncoderModule> {
  try {
    return await import('../encoder/encoder.ts');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AnalyzerError(
      'model/unusable',
      `ONNX Runtime could not be started on ${process.platform} ${process.arch}: ${why.split('\n')[0]}`,
      { hint: 'Give vectors with --embeddings, or use the page.', cause },
    );
  }
}

async function folderOf(path: string): Promise<{ folder?: ModelFolder }> {
  if (!existsSync(path) || !statSync(path).isDirectory()) return {};
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const folder: ModelFolder = {};
  for (const entry of entries.filter((candidate) => candidate.isFile())) {
    const file = join(entry.parentPath, entry.name);
    folder[relative(path, file).replaceAll('\\', '/')] = new Uint8Array(await readFile(file));
  }
  return { folder };
}
