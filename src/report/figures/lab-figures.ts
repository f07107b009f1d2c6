import type { AdapterMethod } from '../../core/adapter.ts';
import type { CurvePoint, StrengthChoice, TrainingRecord } from '../../core/lab.ts';
import type { CurvePlotProps } from '../../plots/props.ts';
import { formatValue } from './figure-input.ts';

type Figure = Omit<CurvePlotProps, 'width'>;

/** Colours of two lines that are told apart by everybody, on light and dark ground. */
const [TRAINING, VALIDATION] = ['#b35c00', '#0f6fae'];

const count = (value: number): string => value.toLocaleString('en');

/** Losses by step. `best`: step of the parameters that are kept; null while training goes on. */
export function lossFigure(curve: CurvePoint[], best: number | null): Figure {
  const place = curve.findIndex(({ step }) => step === best);
  return {
    name: 'loss',
    title:
      best === null
        ? 'Loss while the adapter learns'
        : `The validation loss is smallest at step ${count(best)}, whose parameters are kept`,
    subtitle:
      'Training: mean of the batches since the last point. Validation: fixed pairs of facts that are not trained on.',
    at: curve.map(({ step }) => step),
    curves: [
      {
        name: 'training',
        label: 'training',
        color: TRAINING,
        values: curve.map(({ training }) => training),
      },
      {
        name: 'validation',
        label: 'validation',
        color: VALIDATION,
        values: curve.map(({ validation }) => validation),
      },
    ],
    x: { quantity: 'Step', direction: '', format: count },
    y: { quantity: 'Loss', direction: 'lower is better', format: formatValue },
    mark: place < 0 ? null : { place, text: `kept: step ${count(best!)}` },
  };
}

/** Symbol of a method's strength. */
export function strengthSymbol(method: AdapterMethod): string {
  if (method === 'lir') return 'c';
  return method === 'ridge' ? 'a' : 'ρ';
}

/** ∞ is centering alone. */
export function strengthText(strength: number): string {
  return strength === Infinity ? '∞' : String(strength);
}

/** Scores of the strengths that were tried on folds of the training facts. */
export function strengthFigure(
  { tried, chosen, folds }: StrengthChoice,
  method: AdapterMethod,
): Figure {
  const symbol = strengthSymbol(method);
  return {
    name: 'strength',
    title: `${symbol} = ${strengthText(chosen)} has the highest MEXA on folds of the training facts`,
    subtitle: `Mean MEXA over pairs of languages and ${folds} folds; validation and test facts take no part.`,
    at: tried.map((_, i) => i),
    names: tried.map(({ strength }) => strengthText(strength)),
    curves: [
      { name: 'MEXA', label: 'MEXA', color: VALIDATION, values: tried.map(({ score }) => score) },
    ],
    x: {
      quantity: method === 'lir' ? 'Directions taken away, c' : `Strength ${symbol}`,
      direction: method === 'lir' ? '' : '∞ is centering alone',
      format: (place) => strengthText(tried[place]?.strength ?? NaN),
    },
    y: { quantity: 'MEXA on folds', direction: 'higher is closer', format: formatValue },
    mark: { place: tried.findIndex(({ strength }) => strength === chosen), text: 'chosen' },
  };
}

/** How training ended, in a sentence. */
export function trainingSentence({
  curve,
  best,
  ended,
  device,
  milliseconds,
}: TrainingRecord): string {
  const steps = curve.at(-1)?.step ?? 0;
  const why = {
    steps: 'all steps were taken',
    patience: 'the validation loss found no new minimum',
    stopped: 'it was stopped',
    diverged: 'the loss diverged',
  }[ended];
  const each = steps === 0 ? '' : `, ${(milliseconds / steps).toFixed(1)} ms each`;
  return `Trained for ${count(steps)} steps in ${(milliseconds / 1000).toFixed(1)} s on ${device}${each}; it ended because ${why}. The parameters of step ${count(best)} are kept.`;
}
