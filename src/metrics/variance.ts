import { assert } from '../core/errors.ts';
import { dot, matrix, row, transpose, type Matrix, type Products } from '../core/matrix.ts';
import { randomBelow, type Random } from '../core/random.ts';
import type { VarianceShares } from '../core/report.ts';
import { BOOTSTRAP_ROUNDS, aroundValue, type Interval } from '../core/statistics.ts';
import type { Scaler } from './language-bias.ts';

/** Z-scored renderings of complete facts. languages[l] is [n, d], row i of every one being fact i. */
export interface Cube {
  languages: Matrix[];
  facts: number;
  dimensions: number;
}

/** What the shares need of a cube, so that a resampled set of facts costs one matrix product and no new pass. */
interface Marginals {
  /** Squared length of fact i's mean over languages. [n] */
  fact: Float64Array;
  /** Mean over languages of the squared lengths of fact i's renderings. [n] */
  total: Float64Array;
}

export function zScore(x: Matrix, { mean, deviation }: Scaler): Matrix {
  const result = matrix(x.rows, x.columns);
  const d = x.columns;
  for (let r = 0; r < x.rows; r++) {
    for (let k = 0; k < d; k++)
      result.data[r * d + k] = (x.data[r * d + k] - mean[k]) / deviation[k];
  }
  return result;
}

/** Weights of bootstrap rounds that are held at a time: 16 MB. */
const DRAWS_AT_ONCE = 4_000_000;

/** Mean variance of a dimension, where 1 is that of the whole cube, below which renderings count as all equal. */
const NO_VARIANCE = 1e-5;

/** Shares of the total variance, which with the interaction's sum to 1. */
export interface FactAndLanguage {
  fact: number;
  language: number;
}

/** The shares of a cube, and those of each bootstrap round. */
export interface DrawnShares {
  observed: FactAndLanguage;
  /** null for a round that drew one fact only, whose renderings are equal: it has no shares. */
  rounds: (FactAndLanguage | null)[];
}

/**
 * Shares of the total variance that the fact, the language and their interaction explain: two-way analysis of variance
 * of the z-scored cube, summed over dimensions. The shares sum to 1; mean language bias = 2L / (L - 1) · (1 - fact).
 * Intervals: bootstrap over facts with the scaler kept fixed; see `aroundValue`.
 *
 * @returns null where all renderings are equal, so that there is nothing to share
 * @see metrics of FaMSS, arXiv 2406.14434; Scheffé 1959 for the decomposition
 */
export async function varianceShares(
  cube: Cube,
  products: Products,
  random: Random,
  rounds = BOOTSTRAP_ROUNDS,
): Promise<VarianceShares | null> {
  const drawn = await drawnShares(cube, products, random, rounds);
  if (drawn === null) return null;
  const valid = drawn.rounds.filter((shares) => shares !== null);
  const share = (pick: (shares: FactAndLanguage) => number): VarianceShares['fact'] => ({
    value: pick(drawn.observed),
    interval: shareInterval(Float64Array.from(valid, pick), pick(drawn.observed)),
  });
  return {
    fact: share(({ fact }) => fact),
    language: share(({ language }) => language),
    interaction: share(({ fact, language }) => 1 - fact - language),
    facts: cube.facts,
  };
}

/** The same as replicates: cubes of the same facts and the same seed are measured on the same draws, round by round. */
export async function drawnShares(
  cube: Cube,
  products: Products,
  random: Random,
  rounds = BOOTSTRAP_ROUNDS,
): Promise<DrawnShares | null> {
  assert(
    cube.facts >= 2 && cube.languages.length >= 2,
    'varianceShares: needs two facts in two languages',
  );
  const marginals = marginalsOf(cube);
  const once = matrix(1, cube.facts, new Float32Array(cube.facts).fill(1));
  const [observed] = await sharesOf(cube, marginals, once, exactProducts);
  if (observed === null) return null;
  const resampled: (FactAndLanguage | null)[] = [];
  const atOnce = Math.max(1, Math.floor(DRAWS_AT_ONCE / cube.facts));
  while (resampled.length < rounds) {
    const weights = draw(Math.min(atOnce, rounds - resampled.length), cube.facts, random);
    resampled.push(...(await sharesOf(cube, marginals, weights, products)));
  }
  return { observed, rounds: resampled };
}

/** Within [0, 1], where shares lie. */
function shareInterval(replicates: Float64Array, value: number): Interval | null {
  if (replicates.length === 0) return null;
  const [low, high] = aroundValue(replicates, value);
  return [within(low), within(high)];
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function marginalsOf({ languages, facts, dimensions }: Cube): Marginals {
  const fact = new Float64Array(facts);
  const total = new Float64Array(facts);
  const L = languages.length;
  for (let i = 0; i < facts; i++) {
    for (let k = i * dimensions; k < (i + 1) * dimensions; k++) {
      let sum = 0;
      for (const { data } of languages) {
        sum += data[k];
        total[i] += (data[k] * data[k]) / L;
      }
      fact[i] += (sum / L) ** 2;
    }
  }
  return { fact, total };
}

/** How often each fact is drawn in each round. [rounds, n] */
function draw(rounds: number, facts: number, random: Random): Matrix {
  const weights = matrix(rounds, facts);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < facts; i++) weights.data[round * facts + randomBelow(random, facts)]++;
  }
  return weights;
}

/** The shares of each row of weights, null without variance. Language means of every row come from one product per language. */
async function sharesOf(
  cube: Cube,
  { fact, total }: Marginals,
  weights: Matrix,
  products: Products,
): Promise<(FactAndLanguage | null)[]> {
  const { languages, facts: n, dimensions: d } = cube;
  const grand = new Float64Array(weights.rows * d);
  const language = new Float64Array(weights.rows);
  for (const z of languages) {
    const sums = await products(weights, transpose(z));
    for (let round = 0; round < weights.rows; round++) {
      for (let k = round * d; k < (round + 1) * d; k++) {
        const centre = sums.data[k] / n;
        language[round] += (centre * centre) / languages.length;
        grand[k] += centre / languages.length;
      }
    }
  }
  return Array.from(language, (meanOfSquares, round) => {
    const centre = squaredLength(grand.subarray(round * d, (round + 1) * d));
    const drawn = row(weights, round);
    const all = weightedMean(drawn, total) - centre;
    if (all <= NO_VARIANCE * d) return null;
    return {
      fact: (weightedMean(drawn, fact) - centre) / all,
      language: (meanOfSquares - centre) / all,
    };
  });
}

function weightedMean(weights: ArrayLike<number>, values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i] * values[i];
  return sum / values.length;
}

function squaredLength(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] * values[k];
  return sum;
}

/** The products in double precision, for the one row whose result is published as the value. */
function exactProducts(x: Matrix, y: Matrix): Promise<Matrix> {
  const result = matrix(x.rows, y.rows);
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < y.rows; j++) result.data[i * y.rows + j] = dot(row(x, i), row(y, j));
  }
  return Promise.resolve(result);
}
