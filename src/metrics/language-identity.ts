import { solveSymmetric } from '../core/cholesky.ts';
import { rowsByFact } from '../core/corpus.ts';
import { assert } from '../core/errors.ts';
import {
  centredRows,
  dot,
  row,
  takeRows,
  transpose,
  type Matrix,
  type Products,
} from '../core/matrix.ts';
import { seededRandom, shuffle, type Random } from '../core/random.ts';
import type { Estimate, LanguageProbe } from '../core/report.ts';
import { bootstrapMean, mean, wilson } from '../core/statistics.ts';

const FOLDS = 5;
/** Weight of the ridge against the mean variance of a feature, which is 1. */
const RIDGE = 0.1;
/** Share of the squared lengths below which the variance is rounding of single precision. */
const ROUNDING = 1e-12;

/**
 * Linear probe for language identity: ridge regression of one-vs-rest indicators on standardized features, five folds by
 * fact, so that no fact is in training and test. NaN below two languages or five facts, and where all vectors are equal.
 *
 * @param x [N, d]; @param fact, language of each row. [N]
 * @see Alain and Bengio 2016, arXiv 1610.01644, for probes; Hewitt and Liang 2019, arXiv 1909.03368, for the control
 */
export async function languageProbe(
  x: Matrix,
  { fact, language }: { fact: Int32Array; language: Int32Array },
  products: Products,
  seed: number,
): Promise<LanguageProbe> {
  assert(x.rows === fact.length, `languageProbe: ${x.rows} vectors but ${fact.length} facts`);
  const random = seededRandom(seed);
  const facts = [...new Set(fact)];
  const counts = countsOf(language);
  const centred = centredRows(x);
  const hasVariance = dot(centred.data, centred.data) > ROUNDING * dot(x.data, x.data);
  if (!hasVariance || facts.length < FOLDS || counts.filter((count) => count > 0).length < 2)
    return { accuracy: NONE, shuffled: NONE, chance: NaN };
  const labellings = [language, shuffledWithinFacts(language, fact, random)];
  const folds = await splitByFact(centred, { fact, facts }, products, random);
  const right = predictions(folds, labellings, counts.length, x.rows);
  const [accuracy, shuffled] = right.map((own) => shareOverFacts(own, fact, random));
  return {
    accuracy,
    shuffled,
    chance: Math.max(...counts) / x.rows,
  };
}

const NONE: Estimate = { value: NaN, interval: null };

function countsOf(language: Int32Array): Int32Array {
  const counts = new Int32Array(Math.max(...new Set(language)) + 1);
  for (const l of language) counts[l]++;
  return counts;
}

function shuffledWithinFacts(language: Int32Array, fact: Int32Array, random: Random): Int32Array {
  const shuffled = language.slice();
  for (const rows of rowsByFact(fact).values()) {
    const order = shuffle(random, Int32Array.from(rows));
    rows.forEach((r, i) => (shuffled[r] = language[order[i]]));
  }
  return shuffled;
}

/** The renderings of a fifth of the facts. */
interface Fold {
  x: Matrix;
  /** Their rows in all. */
  rows: Int32Array;
  /** XᵀX. [d, d] */
  squares: Float32Array;
}

async function splitByFact(
  x: Matrix,
  { fact, facts }: { fact: Int32Array; facts: number[] },
  products: Products,
  random: Random,
): Promise<Fold[]> {
  const foldOf = new Map<number, number>();
  shuffle(random, Int32Array.from(facts)).forEach((f, i) => foldOf.set(f, i % FOLDS));
  const folds: Fold[] = [];
  for (let f = 0; f < FOLDS; f++) {
    const rows = Int32Array.from(fact.keys()).filter((r) => foldOf.get(fact[r]) === f);
    const part = takeRows(x, rows);
    const columns = transpose(part);
    folds.push({ x: part, rows, squares: (await products(columns, columns)).data });
  }
  return folds;
}

/** Share of ones. Facts are drawn for its interval, each with all its renderings, which are not independent. */
function shareOverFacts(right: Uint8Array, fact: Int32Array, random: Random): Estimate {
  const groups = [...rowsByFact(fact).values()];
  const value = mean(right);
  const size = right.length / groups.length;
  const parts = groups.map((rows) => {
    const own = rows.reduce((sum, r) => sum + right[r], 0);
    return value + (own - value * rows.length) / size;
  });
  const isAll = value === 0 || value === 1;
  const interval = isAll
    ? wilson(value * parts.length, parts.length)
    : bootstrapMean(parts, random);
  return { value, interval };
}

/** 1 for each row that is predicted right, under each labelling, each fold from the others. [N] each */
function predictions(folds: Fold[], labellings: Int32Array[], L: number, N: number): Uint8Array[] {
  const right = labellings.map(() => new Uint8Array(N));
  for (const test of folds) {
    const training = folds.filter((fold) => fold !== test);
    const moments = momentsOf(training);
    labellings.forEach((labels, which) => {
      const probe = fitProbe(training, moments, labels, L);
      test.rows.forEach((r, i) => {
        if (predict(probe, row(test.x, i)) === labels[r]) right[which][r] = 1;
      });
    });
  }
  return right;
}

interface Moments {
  n: number;
  mean: Float64Array;
  deviation: Float64Array;
  /** Correlations of the features plus the ridge. [d, d] */
  ridge: Float64Array;
}

function momentsOf(training: Fold[]): Moments {
  const d = training[0].x.columns;
  const n = training.reduce((sum, { rows }) => sum + rows.length, 0);
  const mean = new Float64Array(d);
  const ridge = new Float64Array(d * d);
  for (const { x, squares } of training) {
    x.data.forEach((value, e) => (mean[e % d] += value / n));
    squares.forEach((value, e) => (ridge[e] += value / n));
  }
  ridge.forEach((_, e) => (ridge[e] -= mean[Math.floor(e / d)] * mean[e % d]));
  const deviation = mean.map((_, k) => {
    const variance = ridge[k * d + k];
    return variance > ROUNDING ? Math.sqrt(variance) : 1;
  });
  ridge.forEach((_, e) => (ridge[e] /= deviation[Math.floor(e / d)] * deviation[e % d]));
  for (let k = 0; k < d; k++) ridge[k * d + k] += RIDGE;
  return { n, mean, deviation, ridge };
}

/** One score for each language: offset + weights · x. */
interface Probe {
  offsets: Float64Array;
  weights: Float64Array[];
}

function fitProbe(
  training: Fold[],
  { n, mean, deviation, ridge }: Moments,
  labels: Int32Array,
  L: number,
): Probe {
  const d = mean.length;
  const offsets = new Float64Array(L);
  const weights = Array.from({ length: L }, () => new Float64Array(d));
  for (const { x, rows } of training) {
    rows.forEach((r, i) => {
      const own = weights[labels[r]];
      offsets[labels[r]] += 1 / n;
      row(x, i).forEach((value, k) => (own[k] += (value - mean[k]) / deviation[k] / n));
    });
  }
  solveSymmetric(ridge, weights);
  weights.forEach((weight, l) => {
    for (let k = 0; k < d; k++) weight[k] /= deviation[k];
    offsets[l] -= dot(weight, mean);
  });
  return { offsets, weights };
}

function predict({ offsets, weights }: Probe, x: Float32Array): number {
  const scores = weights.map((weight, l) => offsets[l] + dot(weight, x));
  return scores.indexOf(Math.max(...scores));
}
