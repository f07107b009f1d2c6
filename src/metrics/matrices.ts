import type { LanguageMatrix } from '../core/matrix.ts';
import type { MetricCard } from '../core/metric-card.ts';
import { METRICS } from '../core/metric-catalog.ts';
import type { MatrixId, PairReport } from '../core/report.ts';

/** Square matrices of the pairs' scores, row -> column; on the diagonal what a language has with itself. NaN: not defined. */
export function matricesOf(
  pairs: readonly PairReport[],
  L: number,
): Record<MatrixId, LanguageMatrix> {
  const matrices = METRICS.map((card) => [card.id, matrixOf(card, pairs, L)] as const);
  return Object.fromEntries(matrices) as Record<MatrixId, LanguageMatrix>;
}

function matrixOf(
  { id, self }: MetricCard,
  pairs: readonly PairReport[],
  L: number,
): LanguageMatrix {
  const values = new Float64Array(L * L).fill(NaN);
  for (let l = 0; l < L; l++) values[l * L + l] = self ?? NaN;
  for (const { a, b, scores } of pairs) {
    values[a * L + b] = scores[id].forth.value;
    values[b * L + a] = scores[id].back.value;
  }
  return values;
}
