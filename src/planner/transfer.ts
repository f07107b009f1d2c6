import type { LanguageMatrix } from '../core/matrix.ts';
import type { PairMeasures, TransferKind } from '../core/plan.ts';
import { quantileOfSorted } from '../core/statistics.ts';

/**
 * T(s, l): what data in language s is taken to do for language l, in [0, 1]. exp(-B(s, l) / median B) over pairs, or the
 * debiased CKA cut at 0 and 1; 1 on the diagonal, 0 where it is not defined.
 *
 * @returns [L, L], symmetric
 */
export function transferMatrix(
  { bias, ckaDebiased }: PairMeasures,
  L: number,
  kind: TransferKind,
): LanguageMatrix {
  const estimate = kind === 'bias' ? fromBias(bias, L) : fromCka(ckaDebiased);
  return estimate.map((value, e) => {
    if (Math.floor(e / L) === e % L) return 1;
    return Number.isNaN(value) ? 0 : value;
  });
}

function fromBias(bias: LanguageMatrix, L: number): LanguageMatrix {
  const pairs = bias.filter((value, e) => Math.floor(e / L) < e % L && !Number.isNaN(value));
  const median = quantileOfSorted(pairs.sort(), 0.5);
  // Equal vectors have no bias, whatever the median.
  return bias.map((value) => (value === 0 ? 1 : Math.exp(-value / median)));
}

function fromCka(cka: LanguageMatrix): LanguageMatrix {
  return cka.map((value) => Math.min(1, Math.max(0, value)));
}
