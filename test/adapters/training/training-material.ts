import type { TrainMaterial } from '../../../src/adapters/training/material.ts';
import {
  PREFERENCE_DEFAULTS,
  TRAINING_DEFAULTS,
  type FitSettings,
  type TrainingSettings,
} from '../../../src/core/adapter.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { corpusOf, gaussians, randomCube, type Cube } from '../../helpers/corpora.ts';

export const FACTS = 60;

/** Facts whose first three numbers say nothing about them: there is something to learn that other facts confirm. */
function noisyCube(): Cube {
  const cube = randomCube({ languages: 4, facts: FACTS, dimensions: 12 }, 1, 0.3);
  const noise = gaussians(seededRandom(2), 4 * FACTS, 3);
  return cube.map((rows, l) =>
    rows.map((vector, i) => [
      ...noise[l * FACTS + i].map((value) => 2 * value),
      ...vector.slice(3),
    ]),
  );
}

/** Four languages with three of five facts to train on. */
export function trainMaterial(
  devices: Pick<TrainMaterial, 'tensors' | 'openCpu'>,
  isPresent?: (language: number, fact: number) => boolean,
): TrainMaterial {
  const facts = Int32Array.from({ length: FACTS }, (_, i) => i);
  const split = {
    train: facts.filter((i) => i % 5 < 3),
    validation: facts.filter((i) => i % 5 === 3),
    test: facts.filter((i) => i % 5 === 4),
  };
  return { ...corpusOf(noisyCube(), isPresent), split, preferences: null, ...devices };
}

export function fitSettings(
  method: FitSettings['method'] = 'shared-low-rank',
  training: Partial<TrainingSettings> = {},
): FitSettings {
  const small = { rank: 3, steps: 60, batch: 16, learningRate: 1e-2, keep: 0.1 };
  return {
    method,
    seed: 5,
    target: '',
    strength: null,
    training: { ...TRAINING_DEFAULTS, ...small, ...training },
    preference: PREFERENCE_DEFAULTS,
  };
}
