import { benjaminiHochberg, binomialTest, twoSided } from '../core/significance.ts';
import type { MatrixId } from '../core/report.ts';
import { mean } from '../core/statistics.ts';
import { PARTED, type PartedId, type Parts } from './pair-parts.ts';
import type { DrawnMean } from './pair-scores.ts';

/** p values of a pair, by metrics whose chance level is known, both ways; NaN where a metric is not defined. */
export type AgainstChance = Partial<Record<PartedId, { forth: number; back: number }>>;

/** One pair of languages. */
export interface PairTest {
  a: number;
  b: number;
  againstChance: AgainstChance;
}

/** Share of false ones to expect among the differences that are marked. */
const FALSE_DISCOVERIES = 0.05;

/** A bootstrap over facts; for hits with a chance of 1 / n each, which may be none or all, the binomial test. */
export function againstChance(
  parts: Record<PartedId, Parts>,
  drawn: Map<Float64Array, DrawnMean>,
): AgainstChance {
  const entries = PARTED.flatMap(({ id, chance }) => {
    if (chance === null) return [];
    const p = (list: Float64Array): number => {
      const { replicates } = drawn.get(list)!;
      if (replicates === null) return NaN;
      const n = list.length;
      return chance === 'one in n'
        ? binomialTest(Math.round(mean(list) * n), n, 1 / n)
        : twoSided(replicates, chance, n);
    };
    return [[id, { forth: p(parts[id].forth), back: p(parts[id].back) }]];
  });
  return Object.fromEntries(entries) as AgainstChance;
}

/**
 * Which pairs differ from chance, by metric, after Benjamini and Hochberg over all its tests; a symmetric metric has one
 * test for a pair.
 *
 * @returns row-major [L, L], row to column; 1 where it differs
 */
export function significanceMarks(
  pairs: readonly PairTest[],
  L: number,
): Partial<Record<MatrixId, Uint8Array>> {
  const entries = PARTED.filter(({ chance }) => chance !== null).map(({ id, symmetric }) => {
    const ways = pairs.flatMap(({ a, b, againstChance: { [id]: p } }) => [
      { cell: a * L + b, p: p!.forth },
      ...(symmetric ? [] : [{ cell: b * L + a, p: p!.back }]),
    ]);
    const adjusted = benjaminiHochberg(ways.map(({ p }) => p));
    const marks = new Uint8Array(L * L);
    ways.forEach(({ cell }, test) => {
      if (!(adjusted[test] <= FALSE_DISCOVERIES)) return;
      marks[cell] = 1;
      if (symmetric) marks[(cell % L) * L + Math.floor(cell / L)] = 1;
    });
    return [id, marks];
  });
  return Object.fromEntries(entries) as Partial<Record<MatrixId, Uint8Array>>;
}
