import {
  PREFERENCE_DEFAULTS,
  TRAINING_DEFAULTS,
  type Adapter,
  type AdapterRecord,
  type FitSettings,
} from '../../src/core/adapter.ts';
import { matrix, type Matrix } from '../../src/core/matrix.ts';
import { seededRandom } from '../../src/core/random.ts';

/** Settings of a fit, those named but for the defaults. */
export function fitSettings<M extends FitSettings['method']>(
  wishes: Partial<FitSettings> & { method: M },
): FitSettings & { method: M } {
  return {
    seed: 1,
    target: 'centroid',
    strength: null,
    training: TRAINING_DEFAULTS,
    preference: PREFERENCE_DEFAULTS,
    ...wishes,
  };
}

export function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  const random = seededRandom(seed);
  const next = (): number => random() - 0.5;
  return matrix(rows, columns, Float32Array.from({ length: rows * columns }, next));
}

const UP = randomMatrix(2, 4, 1);
const SHARED = { kind: 'low-rank' as const, down: randomMatrix(4, 2, 2), up: UP };

/** Every kind of map; en and sw share one, and its matrix `up` with zh. */
export const everyMap: Adapter = {
  method: 'low-rank',
  dimensions: 4,
  languages: [
    { tag: 'en', mean: randomMatrix(1, 4, 3).data, linear: SHARED },
    { tag: 'de', mean: randomMatrix(1, 4, 4).data, linear: { kind: 'identity' } },
    {
      tag: 'fr',
      mean: null,
      linear: { kind: 'remove', directions: matrix(1, 4, Float32Array.of(0.6, 0, 0.8, 0)) },
    },
    {
      tag: 'ja',
      mean: randomMatrix(1, 4, 5).data,
      linear: { kind: 'full', weights: randomMatrix(4, 4, 6) },
    },
    {
      tag: 'zh',
      mean: randomMatrix(1, 4, 7).data,
      linear: { kind: 'low-rank', down: randomMatrix(4, 2, 8), up: UP },
    },
    { tag: 'sw', mean: randomMatrix(1, 4, 9).data, linear: SHARED },
  ],
  otherLanguages: SHARED,
};

export function recordOf(adapter: Adapter = everyMap): AdapterRecord {
  return {
    adapter,
    isogloss: '0.1.0',
    encoder: {
      id: 'isogloss/encoder',
      revision: 'r1',
      licence: 'Apache-2.0',
      dtype: 'fp32',
      pooling: 'mean',
      prefix: '',
      dimensions: adapter.dimensions,
      maxTokens: Infinity,
      backend: 'onnx',
      device: 'CPU',
      parity: null,
      parityAgainst: '',
      files: { 'model.onnx': 'ab' },
    },
    // In full: other defaults do not change the file.
    settings: {
      method: adapter.method,
      seed: 1,
      target: 'centroid',
      strength: Infinity,
      training: {
        rank: 16,
        steps: 2000,
        batch: 256,
        learningRate: 1e-3,
        weightDecay: 1e-2,
        temperature: 0.05,
        sameLanguageNegatives: true,
        keep: 1,
        geometry: 0.1,
        patience: 20,
      },
      preference: { source: 'facts', loss: 'conservative', beta: 1 },
    },
    strength: Infinity,
    files: [{ name: 'facts.csv', sha256: 'cd' }],
    split: { train: 60, validation: 20, test: 20, by: 'fact', hash: 'ef' },
    heldOut: [
      { id: 'mexa', name: 'MEXA', before: 0.7, after: 0.8, interval: [0.05, 0.15] },
      { id: 'hub_skewness', name: 'Hub skewness', before: NaN, after: 1.5, interval: null },
    ],
    verdict: 'The adapter helps.',
  };
}
