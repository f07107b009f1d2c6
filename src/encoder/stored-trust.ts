import { AnalyzerError } from '../core/errors.ts';
import type { ModelFolder } from '../core/encoder.ts';
import { canonicalTrust, type EncoderTrust } from '../core/trust.ts';

/**
 * How well the model reads each language, where its folder says so in `trust.json`; null where it does not. Tags come out
 * canonical.
 *
 * @throws AnalyzerError `model/unusable` when the file holds something else
 */
export function storedTrust(files: ModelFolder): EncoderTrust | null {
  const bytes = files['trust.json'];
  if (bytes === undefined) return null;
  try {
    const stored = JSON.parse(new TextDecoder().decode(bytes)) as EncoderTrust;
    if (!isMeasured(stored)) throw new Error('it needs counts with 0 <= found <= sentences');
    return canonicalTrust(stored);
  } catch (cause) {
    throw new AnalyzerError(
      'model/unusable',
      'The file trust.json of the model does not hold how many sentences of each language were found.',
      {
        hint: 'Remove it from the folder, or make it anew with encoder/evaluate.py.',
        cause,
      },
    );
  }
}

function isMeasured({ measure, candidates, reference, languages }: EncoderTrust): boolean {
  return (
    typeof measure === 'string' &&
    typeof reference === 'string' &&
    Number.isInteger(candidates) &&
    candidates > 0 &&
    Object.values(languages).every(
      ({ sentences, found }) =>
        Number.isInteger(sentences) && Number.isInteger(found) && found >= 0 && found <= sentences,
    )
  );
}
