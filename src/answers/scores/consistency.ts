import type { LanguageMatrix } from '../../core/matrix.ts';
import type { Random } from '../../core/random.ts';
import type { Consistency, OverallConsistency } from '../../core/scorecard.ts';
import { bootstrapMean, mean } from '../../core/statistics.ts';
import type { Outcomes } from './outcomes.ts';

/** CO* with a smaller room than this between independence and the maximum says nothing. */
const LEAST_ROOM = 0.02;

export type PairMatrices = Omit<Consistency, 'withPivot' | 'overall'>;

/**
 * Consistency of each two languages of a model.
 *
 * @param degenerate by language: constant answers, whose CO* is not defined
 * @see Jiang et al. 2020, arXiv 2010.06189, for right in both over right in either; Cohen 1960 for kappa
 */
export function consistencyOf(outcomes: Outcomes, degenerate: boolean[]): PairMatrices {
  const L = outcomes.languages.length;
  const empty = (): LanguageMatrix => new Float64Array(L * L).fill(NaN);
  const matrices: PairMatrices = {
    n: empty(),
    co: empty(),
    coIndependent: empty(),
    coMax: empty(),
    coStar: empty(),
    nValid: empty(),
    agreement: empty(),
    kappa: empty(),
  };
  for (let a = 0; a < L; a++) {
    for (let b = a; b < L; b++) {
      const scores = { ...overlap(outcomes, a, b), ...agreement(outcomes, a, b) };
      if (degenerate[a] || degenerate[b]) scores.coStar = NaN;
      for (const [name, value] of Object.entries(scores) as [keyof PairMatrices, number][]) {
        matrices[name][a * L + b] = value;
        matrices[name][b * L + a] = value;
      }
    }
  }
  return matrices;
}

function overlap({ languages, right }: Outcomes, a: number, b: number) {
  let [n, inA, inB, both] = [0, 0, 0, 0];
  for (let e = 0; e < right.length; e += languages.length) {
    const [first, second] = [right[e + a], right[e + b]];
    if (first < 0 || second < 0) continue;
    n++;
    inA += first;
    inB += second;
    both += first & second;
  }
  return { n, ...overlapScores(both / (inA + inB - both), inA / n, inB / n) };
}

/** CO against what chance and the accuracies p, q of two languages allow. */
export function overlapScores(co: number, p: number, q: number) {
  const coIndependent = (p * q) / (p + q - p * q);
  const coMax = Math.min(p, q) / Math.max(p, q);
  const room = coMax - coIndependent;
  const coStar = room < LEAST_ROOM ? NaN : (co - coIndependent) / room;
  return { co, coIndependent, coMax, coStar };
}

function agreement({ languages, choice }: Outcomes, a: number, b: number) {
  const options = 1 + choice.reduce((most, option) => Math.max(most, option), 0);
  const [inA, inB] = [new Int32Array(options), new Int32Array(options)];
  let [nValid, same] = [0, 0];
  for (let e = 0; e < choice.length; e += languages.length) {
    const [first, second] = [choice[e + a], choice[e + b]];
    if (first < 0 || second < 0) continue;
    nValid++;
    inA[first]++;
    inB[second]++;
    if (first === second) same++;
  }
  const observed = same / nValid;
  const expected = inA.reduce((sum, count, k) => sum + count * inB[k], 0) / (nValid * nValid);
  return { nValid, agreement: observed, kappa: (observed - expected) / (1 - expected) };
}

const SIZES = [2, 3];

/**
 * Consistency over all languages, by the counts of choices of each question.
 *
 * @param accuracy mean over the languages
 * @returns null where no question has options
 * @see Wang et al. 2025, arXiv 2501.18457 (CALM); Wang et al. 2023, arXiv 2309.04766 (SeaEval)
 */
export function overallConsistency(
  outcomes: Outcomes,
  options: (question: number) => number,
  accuracy: number,
  random: Random,
): OverallConsistency | null {
  const closed = countsByQuestion(outcomes, options);
  if (closed.length === 0) return null;
  const asked = closed.filter((question) => question.asked >= 2);
  const pairs = asked.map(({ counts }) => equalSubsets(counts, 2));
  const pooled = sumCounts(closed.map(({ counts }) => counts));
  return {
    questions: asked.length,
    unanswered: asked.filter(({ counts }) => total(counts) < 2).length,
    pairs: { value: mean(pairs), interval: bootstrapMean(pairs, random) },
    subsets: SIZES.map((size) => {
      const enough = closed.filter((question) => question.asked >= size);
      const value = mean(enough.map(({ counts }) => equalSubsets(counts, size)));
      const valid = total(pooled);
      const chance = pooled.reduce((sum, count) => sum + (count / valid) ** size, 0);
      return { size, value, chance: valid === 0 ? NaN : chance, ac3: ac3(accuracy, value) };
    }),
  };
}

function countsByQuestion(outcomes: Outcomes, options: (question: number) => number) {
  const { questions, languages, row, choice } = outcomes;
  const L = languages.length;
  return Array.from(questions, (q, i) => ({ q, i })).flatMap(({ q, i }) => {
    if (options(q) === 0) return [];
    const counts: number[] = new Array<number>(options(q)).fill(0);
    for (const option of choice.subarray(i * L, (i + 1) * L)) if (option >= 0) counts[option]++;
    return [{ counts, asked: row.subarray(i * L, (i + 1) * L).filter((r) => r >= 0).length }];
  });
}

/**
 * Share of the subsets of so many answers that are all the same. 0 where there are fewer valid answers, as in CALM's code
 * for MEDQA. For six answers A A B C A A and pairs: 6 of 15.
 *
 * @param counts answers by choice
 */
export function equalSubsets(counts: readonly number[], size: number): number {
  const all = choose(total(counts), size);
  return all === 0 ? 0 : counts.reduce((sum, count) => sum + choose(count, size), 0) / all;
}

function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 0; i < k; i++) product *= (n - i) / (i + 1);
  return n < k ? 0 : Math.round(product);
}

/** Harmonic mean of accuracy and consistency, both in [0, 1]; 0 where both are. */
export function ac3(accuracy: number, consistency: number): number {
  const sum = accuracy + consistency;
  return sum === 0 ? 0 : (2 * accuracy * consistency) / sum;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function sumCounts(lists: number[][]): number[] {
  const sums = new Array<number>(Math.max(...lists.map(({ length }) => length))).fill(0);
  for (const counts of lists) counts.forEach((count, k) => (sums[k] += count));
  return sums;
}
