import { benjaminiHochberg, binomialTest, twoSided } from '../core/significance.ts';
import type { MatrixId } from '../core/report.ts';
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

/**
 * A bootstrap over facts; for hits with a chance of 1 / n each, which may be none or all, the binomial test. There a tie
 * is no hit, unlike in the metric: among equal texts, to be as near as all others is no finding.
 */
export function againstChance(
  parts: Record<PartedId, Parts>,
  drawn: Map<Float64Array, DrawnMean>,
): AgainstChance {
  const entries = PARTED.flatMap(({ id, chance }) => {
    if (chance === null) return [];
    const p = (way: keyof Parts): number => {
      const { replicates } = drawn.get(parts[id][way])!;
      if (replicates === null) return NaN;
      const n = parts[id][way].length;
      if (chance !== 'one in n') return twoSided(replicates, chance, n);
      const aboveAll = parts.row_auc[way].filter((below) => below === 1).length;
      return binomialTest(aboveAll, n, 1 / n);
    };
    return [[id, { forth: p('forth'), back: p('back') }]];
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
