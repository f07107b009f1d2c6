import type { FitSettings, PreferencePairs } from '../../core/adapter.ts';
import { AnalyzerError } from '../../core/errors.ts';
import { randomSubset, seededRandom } from '../../core/random.ts';
import type { Batch, Objective } from '../training/batch.ts';
import { preferenceLoss } from './preference-loss.ts';
import type { PreferenceParts } from './split-preferences.ts';

/** Most validation pairs. */
const VALIDATED = 2048;

/**
 * DPO over batches of preference pairs; all go through one map.
 *
 * @throws AnalyzerError `usage` where there are no pairs to learn from or to stop by
 */
export function preferenceObjective(
  { train, validation, centred }: Pick<PreferenceParts, 'train' | 'validation' | 'centred'>,
  { training, preference, seed }: Pick<FitSettings, 'training' | 'preference' | 'seed'>,
): Objective {
  refuseNone(train, 'training');
  refuseNone(validation, 'validation');
  const fixed = randomSubset(seededRandom(seed), VALIDATED, validation.query.length);
  return {
    loss: preferenceLoss(preference, training.temperature),
    raw: train.vectors,
    centred,
    draw: (random) => batchOf(train, randomSubset(random, training.batch, train.query.length)),
    validation: [batchOf(validation, fixed)],
  };
}

function batchOf({ query, chosen, rejected, noise }: PreferencePairs, pairs: Int32Array): Batch {
  const rows = [query, chosen, rejected].flatMap((column) => Array.from(pairs, (p) => column[p]));
  return {
    rows: Int32Array.from(rows),
    slots: [0, 0, 0],
    noise: Float32Array.from(pairs, (p) => noise[p]),
  };
}

function refuseNone({ query }: PreferencePairs, part: string): void {
  if (query.length > 0) return;
  throw new AnalyzerError('usage', `There are no preference pairs for ${part}.`, {
    hint: 'Give more facts that languages share, or answers to more questions.',
  });
}
