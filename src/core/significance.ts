import { dot } from './matrix.ts';
import { shuffle, type Random } from './random.ts';
import type { RankCorrelation } from './report.ts';
import { averageRanks, standardized } from './statistics.ts';

/**
 * Adjusted p values of many tests: those at or below q, taken as findings, hold at most a share q of false ones. Entries
 * that are NaN are no tests and stay NaN.
 *
 * @see Benjamini and Hochberg 1995
 */
export function benjaminiHochberg(p: ArrayLike<number>): Float64Array {
  const tests = Array.from({ length: p.length }, (_, i) => i).filter((i) => !Number.isNaN(p[i]));
  const adjusted = new Float64Array(p.length).fill(NaN);
  let least = 1;
  tests.sort((i, j) => p[j] - p[i]);
  tests.forEach((i, above) => {
    least = Math.min(least, (p[i] * tests.length) / (tests.length - above));
    adjusted[i] = least;
  });
  return adjusted;
}

/** Up to this many pairs all orders are tried: 7! = 5040. */
const EXACT = 7;
const PERMUTATIONS = 9999;

/** Spearman's correlation with its permutation test: exact for up to seven pairs, else by random orders. */
export function spearman(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  random: Random,
): RankCorrelation {
  const pairs = definedPairs(x, y);
  const n = pairs.length;
  const a = standardized(averageRanks(pairs.map((i) => x[i])));
  const b = standardized(averageRanks(pairs.map((i) => y[i])));
  const rho = n < 3 ? NaN : dot(a, b);
  if (Number.isNaN(rho)) return { rho, p: NaN, n };
  const isAsStrong = (order: Float64Array): boolean =>
    Math.abs(dot(a, order)) >= Math.abs(rho) - 1e-12;
  if (n <= EXACT) {
    const orders = permutations(Array.from(b));
    return {
      rho,
      p: orders.filter((o) => isAsStrong(Float64Array.from(o))).length / orders.length,
      n,
    };
  }
  let strong = 1;
  for (let round = 0; round < PERMUTATIONS; round++) if (isAsStrong(shuffle(random, b))) strong++;
  return { rho, p: strong / (PERMUTATIONS + 1), n };
}

function definedPairs(x: ArrayLike<number>, y: ArrayLike<number>): number[] {
  return Array.from({ length: x.length }, (_, i) => i).filter((i) => !Number.isNaN(x[i] + y[i]));
}

function permutations(values: number[]): number[][] {
  if (values.length < 2) return [values];
  return values.flatMap((value, i) =>
    permutations(values.toSpliced(i, 1)).map((rest) => [value, ...rest]),
  );
}

/**
 * Bootstrap p that the mean of n parts differs from a level: twice the smaller share of replicates on either side of it.
 * Never below what an exact test of signs can give on n parts: replicates of three parts all lie on one side one time in four.
 */
export function twoSided(replicates: Float64Array, level: number, n: number): number {
  const sides = [
    replicates.filter((replicate) => replicate <= level).length,
    replicates.filter((replicate) => replicate >= level).length,
  ];
  const share = (2 * (Math.min(...sides) + 1)) / (replicates.length + 1);
  return Math.min(1, Math.max(share, 2 ** (1 - n)));
}

/** Exact p that `hits` of n differ from a chance of each: twice the smaller tail of the binomial distribution. */
export function binomialTest(hits: number, n: number, chance: number): number {
  let [upTo, from] = [0, 0];
  let logarithm = n * Math.log1p(-chance);
  for (let k = 0; k <= n; k++) {
    if (k <= hits) upTo += Math.exp(logarithm);
    if (k >= hits) from += Math.exp(logarithm);
    logarithm += Math.log(((n - k) / (k + 1)) * (chance / (1 - chance)));
  }
  return Math.min(1, 2 * Math.min(upTo, from));
}
