/** What one language must and may get. */
export interface Bounds {
  min: number;
  max: number;
}

export interface Shared {
  /** Sums to the whole, or to less where all are at their bounds. */
  amounts: Float64Array;
  /** Which bound holds an amount, or null. */
  held: (keyof Bounds | null)[];
}

/**
 * Shares a whole in proportion to weights within bounds (water-filling): amounts that break a bound are set to it and the
 * rest is shared anew, until none does. Of both kinds of violation the one that weighs more is mended first, so that what
 * the other asks for is known by then.
 *
 * @param weights from 0 on; where the open ones are all 0, they get their minimum
 * @param bounds 0 <= min <= max; the minimums sum to at most the whole
 */
export function fillWithin(
  whole: number,
  weights: readonly number[],
  bounds: readonly Bounds[],
): Shared {
  const amounts = new Float64Array(weights.length);
  const held: Shared['held'] = weights.map(() => null);
  for (;;) {
    const open = amounts.reduce<number[]>((list, _, i) => (held[i] ? list : [...list, i]), []);
    const left = amounts.reduce((rest, amount, i) => (held[i] ? rest - amount : rest), whole);
    const sum = open.reduce((total, i) => total + weights[i], 0);
    for (const i of open) amounts[i] = sum > 0 ? (left * weights[i]) / sum : 0;
    const below = open.filter((i) => amounts[i] < bounds[i].min);
    const above = open.filter((i) => amounts[i] > bounds[i].max);
    if (below.length + above.length === 0) return { amounts, held };
    const lacking = below.reduce((total, i) => total + bounds[i].min - amounts[i], 0);
    const excess = above.reduce((total, i) => total + amounts[i] - bounds[i].max, 0);
    const [kind, mended] =
      lacking >= excess ? (['min', below] as const) : (['max', above] as const);
    for (const i of mended) {
      amounts[i] = bounds[i][kind];
      held[i] = kind;
    }
  }
}

/**
 * Whole numbers with the given sum, none farther than 1 from its amount: all are cut, and those that lost most get one
 * back (largest remainder, Hamilton's method); of equals the first.
 *
 * @param amounts from 0 on, with the sum `whole` but for rounding
 */
export function wholeParts(whole: number, amounts: ArrayLike<number>): number[] {
  const parts = Array.from(amounts, Math.floor);
  const missing = whole - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = parts
    .map((_, i) => i)
    .sort((a, b) => amounts[b] - parts[b] - (amounts[a] - parts[a]));
  for (const i of byRemainder.slice(0, missing)) parts[i]++;
  return parts;
}

/** Whole numbers with the given sum, in proportion to weights from 0 on that are not all 0. */
export function wholeShares(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return wholeParts(
    whole,
    weights.map((weight) => (whole * weight) / sum),
  );
}
