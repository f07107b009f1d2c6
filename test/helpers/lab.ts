import { measureBaseline, type Baseline } from '../../src/adapters/baseline.ts';
import type { FitInput } from '../../src/adapters/fit-adapter.ts';
import { openTensors } from '../../src/adapters/tensors/open-tensors.ts';
import { chooseKernels } from '../../src/compute/choose-kernels.ts';
import {
  PREFERENCE_DEFAULTS,
  TRAINING_DEFAULTS,
  type AdapterMethod,
  type FitSettings,
} from '../../src/core/adapter.ts';
import type { EmbeddedCorpus } from '../../src/core/corpus.ts';
import type { LabMeasureId, LabReport } from '../../src/core/lab.ts';
import { seededRandom } from '../../src/core/random.ts';
import { unwatched } from './contexts.ts';
import { corpusOf, gaussians, type Cube } from './corpora.ts';
import { rotated } from './pairs.ts';

export const { kernels } = await chooseKernels('wasm');

/** A fit that nobody watches or ends. */
export const untouched = { ...unwatched, finish: () => false };

export function baselineOf(embedded: EmbeddedCorpus, seed = 1): Promise<Baseline> {
  return measureBaseline(embedded, seed, kernels, unwatched);
}

export function settingsOf(
  method: AdapterMethod,
  {
    strength = null,
    ...training
  }: Partial<FitSettings['training']> & { strength?: number | null } = {},
): FitSettings {
  return {
    method,
    seed: 1,
    target: 'centroid',
    strength,
    training: { ...TRAINING_DEFAULTS, rank: 4, steps: 60, batch: 64, ...training },
    preference: PREFERENCE_DEFAULTS,
  };
}

export function inputOf(baseline: Baseline, settings: FitSettings): FitInput {
  const open = () => openTensors('wasm');
  return { baseline, settings, preferences: null, device: { open, openCpu: open } };
}

export function measureOf({ measures }: LabReport, id: LabMeasureId) {
  return measures.find((measure) => measure.id === id)!;
}

/**
 * Facts in few latent dimensions, each language turned its own way as a whole, shifted and blurred: what Procrustes can
 * undo and centering cannot.
 *
 * @param turn share of the rotation, 0 for none
 */
export function turnedCorpus(
  { facts, turn, noise }: { facts: number; turn: number; noise: number },
  languages = 3,
): EmbeddedCorpus {
  const [d, latent] = [24, 12];
  const random = seededRandom(11);
  const axes = gaussians(random, latent, d);
  const shared = gaussians(random, facts, latent).map((own) =>
    Array.from({ length: d }, (_, k) => own.reduce((sum, value, j) => sum + value * axes[j][k], 0)),
  );
  const cube: Cube = Array.from({ length: languages }, (_, l) => {
    const [turned] = rotated([shared], 100 + l);
    const shift = gaussians(random, 1, d)[0];
    const blur = gaussians(random, facts, d);
    return shared.map((own, i) =>
      own.map(
        (value, k) => (1 - turn) * value + turn * turned[i][k] + 2 * shift[k] + noise * blur[i][k],
      ),
    );
  });
  return corpusOf(cube);
}
