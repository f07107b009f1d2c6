import { methodCard } from '../../core/method-cards.ts';
import type { LabChange, LabMeasure, LabMeasureId, LabReport } from '../../core/lab.ts';
import { labCard } from '../../core/lab-cards.ts';
import type { AdapterMethod } from '../../core/adapter.ts';
import { formatValue } from '../figures/figure-input.ts';

/** 'Ridge to identity (T3)' */
export function methodName(method: AdapterMethod): string {
  const { id, name } = methodCard(method);
  return `${name} (${id})`;
}

export function measureOf({ measures }: LabReport, id: LabMeasureId): LabMeasure | undefined {
  return measures.find((measure) => measure.id === id);
}

/** Mean over the validation facts that have a pair; NaN where none has. */
export function validationMean(scores: Float64Array): number {
  const known = scores.filter((score) => !Number.isNaN(score));
  return known.reduce((sum, score) => sum + score, 0) / known.length;
}

/** What a held-out difference says, as far as its interval does. */
export function changeKind(
  id: LabMeasureId,
  { difference, interval }: LabChange,
): 'better' | 'worse' | 'may be chance' | 'no interval' | 'not defined' {
  if (Number.isNaN(difference)) return 'not defined';
  if (interval === null) return 'no interval';
  if (interval[0] <= 0 && interval[1] >= 0) return 'may be chance';
  return difference > 0 === (labCard(id).direction === 'higher is closer') ? 'better' : 'worse';
}

export function valueText(value: number): string {
  return Number.isNaN(value) ? 'not defined' : formatValue(value);
}
