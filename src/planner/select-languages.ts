import type { LanguageMatrix } from '../core/matrix.ts';
import type { SelectionStep } from '../core/plan.ts';

/** Values of F that differ by less are equal but for rounding. */
const ROUNDING = 1e-12;

/** Demand and supply of facility location. */
export interface Location {
  /** w(l). [L] */
  need: Float64Array;
  /** T(s, l), row s to column l. [L, L] */
  transfer: LanguageMatrix;
}

/** F(S): sum over l of w(l) times the largest T(s, l) of s in S; 0 for none. In [0, 1]. */
export function coveredNeed({ need, transfer }: Location, selected: readonly number[]): number {
  const L = need.length;
  return need.reduce(
    (sum, own, l) => sum + own * Math.max(0, ...selected.map((s) => transfer[s * L + l])),
    0,
  );
}

/**
 * Adds to S the candidate that adds most to F, until all are in: for each K, F is at least 1 - 1/e of what the best K
 * languages reach. Of equal gains the first candidate wins.
 *
 * @see Nemhauser, Wolsey and Fisher 1978, An analysis of approximations for maximizing submodular set functions
 */
export function selectLanguages(
  location: Location,
  candidates: readonly number[],
): SelectionStep[] {
  const best = new Float64Array(location.need.length);
  const steps: SelectionStep[] = [];
  let left = [...candidates];
  while (left.length > 0) {
    const gains = left.map((s) => gainOf(location, s, best));
    const at = firstLargest(gains);
    const language = left[at];
    raise(location, language, best);
    const covered = location.need.reduce((sum, own, l) => sum + own * best[l], 0);
    steps.push({ language, gain: gains[at], covered });
    left = left.filter((s) => s !== language);
  }
  return steps;
}

/** What s adds to F where each language is covered by `best` so far. */
function gainOf({ need, transfer }: Location, s: number, best: Float64Array): number {
  const L = need.length;
  return need.reduce((sum, own, l) => sum + own * Math.max(0, transfer[s * L + l] - best[l]), 0);
}

function raise({ need, transfer }: Location, s: number, best: Float64Array): void {
  const L = need.length;
  for (let l = 0; l < L; l++) best[l] = Math.max(best[l], transfer[s * L + l]);
}

/**
 * Where the curve of F bends: how many languages put F farthest above the chord from nothing to all candidates, both axes
 * scaled to 1; the fewest of equals, at least 1.
 *
 * @see Satopää et al. 2011, Finding a "kneedle" in a haystack
 */
export function elbowOf(curve: readonly SelectionStep[]): number {
  const total = curve[curve.length - 1].covered;
  const heights = curve.map(({ covered }, k) =>
    total > 0 ? covered / total - (k + 1) / curve.length : 0,
  );
  return firstLargest(heights) + 1;
}

function firstLargest(values: readonly number[]): number {
  const least = Math.max(...values) - ROUNDING;
  return values.findIndex((value) => value >= least);
}

/** For each language the selected one that transfers most to it, the first of equals; -1 where none does. [L] */
export function coveringLanguages(
  { need, transfer }: Location,
  selected: readonly number[],
): Int32Array {
  const L = need.length;
  return Int32Array.from(need, (_, l) => {
    const transfers = selected.map((s) => transfer[s * L + l]);
    const largest = Math.max(0, ...transfers);
    // A selected language covers itself, even where another's vectors are the same.
    if (selected.includes(l)) return l;
    return largest > 0 ? selected[transfers.indexOf(largest)] : -1;
  });
}

/** Sum of w(l) T(s, l) over the languages that each selected one covers. */
export function creditsOf(
  { need, transfer }: Location,
  selected: readonly number[],
  coveredBy: Int32Array,
): number[] {
  const L = need.length;
  return selected.map((s) =>
    need.reduce((sum, own, l) => (coveredBy[l] === s ? sum + own * transfer[s * L + l] : sum), 0),
  );
}
