import { AnalyzerError } from '../core/errors.ts';
import type { ModelFolder } from '../core/encoder.ts';
import { largestDifference, row } from '../core/matrix.ts';
import { PARITY_LIMITS } from '../core/models.ts';
import { runBatch, tokenizeAll, type BatchVectors, type Engine } from './engine.ts';
import { REFERENCE_TEXTS } from '../core/reference-texts.ts';

/** Vectors of the reference texts from another implementation, shipped beside the model as `reference.json`. */
interface StoredReference {
  texts: string[];
  /** Which implementation made them. */
  madeBy: string;
  vectors: number[][];
}

/** A text's vector may differ by this much between batches (rounding), not more. */
const BATCH_LIMIT = 1e-5;

export interface Parity {
  difference: number | null;
  against: string;
  dimensions: number;
  /** How many layers the graph gives vectors of. */
  layers: number;
}

export function storedReference(files: ModelFolder): StoredReference | null {
  const bytes = files['reference.json'];
  if (bytes === undefined) return null;
  try {
    const stored = JSON.parse(new TextDecoder().decode(bytes)) as StoredReference;
    if (!(stored.texts.length > 0 && stored.vectors.length === stored.texts.length)) {
      throw new Error('it needs as many vectors as texts');
    }
    return stored;
  } catch (cause) {
    throw new AnalyzerError(
      'model/unusable',
      'The file reference.json of the model does not hold texts and their vectors.',
      {
        hint: 'Remove it from the folder, or make it anew with encoder/export.py.',
        cause,
      },
    );
  }
}

/**
 * Encodes the reference texts and compares them with the stored vectors.
 *
 * @throws AnalyzerError `model/disagrees`
 */
export async function checkReference(
  stored: StoredReference | null,
  engine: Engine,
  { device, dtype }: { device: string; dtype: string },
): Promise<Parity> {
  const { vectors, layers } = await encodeTogether(engine, stored?.texts ?? REFERENCE_TEXTS);
  const shape = { dimensions: vectors.columns, layers: layers.length };
  if (stored === null) {
    return {
      difference: null,
      against:
        'no stored vectors exist for this model; only finite values and batching were checked',
      ...shape,
    };
  }
  const difference = largestDifference(vectors, stored.vectors);
  const limit = PARITY_LIMITS[dtype];
  if (!(difference <= limit)) {
    throw new AnalyzerError(
      'model/disagrees',
      `On ${device} the encoder differs from its reference vectors by ${difference.toPrecision(2)} (1 - cosine, allowed ${limit}).`,
      { hint: 'Choose another device; please report this one.', detail: { difference } },
    );
  }
  return { difference, against: stored.madeBy, ...shape };
}

/** Whether a text alone and the same text among longer ones get the same vector; and how fast that went. */
export async function checkBatching(
  engine: Engine,
): Promise<{ independent: boolean; charactersPerSecond: number }> {
  const texts = REFERENCE_TEXTS;
  const started = performance.now();
  const { vectors: together } = await encodeTogether(engine, texts);
  const seconds = Math.max(1e-3, (performance.now() - started) / 1000);
  const charactersPerSecond = texts.join('').length / seconds;
  const { ids } = tokenizeAll(engine, texts);
  for (let i = 0; i < texts.length; i += 5) {
    const alone = await runBatch(engine, ids, { texts: [i], length: ids[i].length });
    if (largestDifference(alone.vectors, [row(together, i)]) > BATCH_LIMIT) {
      return { independent: false, charactersPerSecond };
    }
  }
  return { independent: true, charactersPerSecond };
}

async function encodeTogether(engine: Engine, texts: readonly string[]): Promise<BatchVectors> {
  const { ids } = tokenizeAll(engine, texts);
  const length = Math.max(...ids.map((tokens) => tokens.length));
  return runBatch(engine, ids, { texts: ids.map((_, i) => i), length });
}
