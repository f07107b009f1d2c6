import type { AdapterMethod } from '../../src/core/adapter.ts';
import {
  LAB_MEASURES,
  type LabChange,
  type LabExport,
  type LabReport,
  type LanguageLeftOut,
} from '../../src/core/lab.ts';
import { settingsOf } from './lab.ts';

export function change(before: number, after: number, half = 0.01): LabChange {
  const difference = after - before;
  return { before, after, difference, interval: [difference - half, difference + half] };
}

interface OnPaper {
  method?: AdapterMethod;
  mexa?: LabChange;
  w?: LabChange;
  mexaOverCentering?: LabChange;
  wOverCentering?: LabChange;
  train?: { before: number; after: number };
  consistency?: number;
  validation?: number[];
  validationBefore?: number[];
  hash?: string;
}

/** A report as far as words and recommendations look at it. */
export function reportOf({
  method = 'ridge',
  mexa = change(0.5, 0.7),
  w = change(0.4, 0.3),
  mexaOverCentering = change(0.6, 0.7),
  wOverCentering = change(0.35, 0.3),
  train = { before: 0.5, after: 0.75 },
  consistency = 0.8,
  validation = [1, 1, 0],
  validationBefore = [0, 1, 0],
  hash = 'one',
}: OnPaper = {}): LabReport {
  const measures = LAB_MEASURES.map((id) => ({
    id,
    test: id === 'mexa' ? mexa : w,
    overCentering: id === 'mexa' ? mexaOverCentering : wOverCentering,
    train: id === 'mexa' ? train : { before: 0.4, after: 0.3 },
    validation: { before: 0.5, after: 0.7 },
  }));
  const part = Int32Array.of(0, 1);
  const none = { rank: 0, columns: 1, rows: 1, data: Float32Array.of(1) };
  return {
    settings: settingsOf(method),
    adapter: {
      method,
      dimensions: 1,
      languages: [{ tag: 'en', mean: null, linear: { kind: 'full', weights: none } }],
      otherLanguages: null,
    },
    strength: Infinity,
    split: { train: new Int32Array(60), validation: part, test: part, by: 'fact', hash },
    choice: { tried: [{ strength: Infinity, score: 0.5 }], chosen: Infinity, folds: 5 },
    training: {
      curve: [
        { step: 0, training: NaN, validation: 2 },
        { step: 20, training: 1.5, validation: 1.75 },
      ],
      best: 20,
      ended: 'steps',
      device: 'CPU',
      milliseconds: 5,
    },
    measures,
    mexaAt: 60,
    validationScores: Float64Array.from(validation),
    validationBefore: Float64Array.from(validationBefore),
    controls: { shuffled: change(0.6, 0.6), rotation: change(0.6, 0.1), consistency },
    preference: null,
    heldOut: { facts: 60, languages: ['en'] },
    notices: ['A notice.'],
  };
}

/** As far as the files of a fit look at it. */
export const comparisonOnPaper = {
  overall: { mexa: { difference: 0.25 } },
  variance: { before: null, after: null },
} as unknown as LabExport['comparison'];

export const leftOutOnPaper: LanguageLeftOut[] = [
  {
    ...{ language: 0, tag: 'en', before: 0.1, centred: 0.2, after: 0.3 },
    ...{ difference: 0.1, interval: null },
  },
];
