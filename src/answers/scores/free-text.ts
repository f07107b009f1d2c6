import { wordingOf, type AnswerTable } from '../../core/answers.ts';
import { dot, row as rowOf, type Matrix } from '../../core/matrix.ts';
import { seededRandom } from '../../core/random.ts';
import type { AnswerSimilarity, FreeTextScores } from '../../core/scorecard.ts';
import { averageRanks, bootstrapMean, mean, standardized } from '../../core/statistics.ts';
import { bestChrf } from './chrf.ts';
import { mismatchedFloor } from '../mismatched-floor.ts';
import { holdsTruth, type Outcomes } from './outcomes.ts';
import { share } from './performance.ts';

/** Scores of each answer to an open question with truths, [questions, languages], NaN elsewhere. */
interface TextScores {
  chrf: Float64Array;
  lower: Float64Array;
  /** Lower-cased chrF of the best truth over its place in the list, from 1 on. */
  timely: Float64Array;
  contains: Float64Array;
  /** Whether any question has several truths. */
  areSeveral: boolean;
}

/**
 * Answers in their own words against truths; null where there are none.
 *
 * @see Xing et al., arXiv 2407.01358, for xAC and xTC
 */
export function freeTextScores(
  table: AnswerTable,
  outcomes: Outcomes,
  seed: number,
): FreeTextScores | null {
  const { task, model, languages, questions } = outcomes;
  const scores = textScores(table, outcomes);
  if (scores === null) return null;
  const L = languages.length;
  const random = seededRandom(seed);
  const column = (values: Float64Array, l: number): Float64Array =>
    values.filter((_, e) => e % L === l);
  const defined = (values: Float64Array): Float64Array =>
    values.filter((value) => !Number.isNaN(value));
  const correlate = (values: Float64Array): (number | null)[] =>
    languagePairs(L).map(([a, b]) => rankCorrelation(column(values, a), column(values, b)));
  const [accurate, timely] = [correlate(scores.lower), correlate(scores.timely)];
  return {
    task,
    model,
    languages,
    byLanguage: languages.map((_, l) => {
      const chrf = defined(column(scores.chrf, l));
      const hits = defined(column(scores.contains, l)).reduce((sum, hit) => sum + hit, 0);
      return {
        n: chrf.length,
        chrf: { value: mean(chrf), interval: bootstrapMean(chrf, random) },
        contains: share(hits, chrf.length),
      };
    }),
    accuracyConsistency: mean(accurate.map((rho) => rho ?? 0)),
    timeConsistency: scores.areSeveral ? mean(timely.map((rho) => rho ?? 0)) : NaN,
    pairs: accurate.length,
    undefinedPairs: accurate.filter((rho) => rho === null).length,
    questions: questions.filter((_, i) =>
      scores.chrf.subarray(i * L, (i + 1) * L).some((value) => !Number.isNaN(value)),
    ).length,
  };
}

function textScores(table: AnswerTable, { row }: Outcomes): TextScores | null {
  const empty = (): Float64Array => new Float64Array(row.length).fill(NaN);
  const scores = { chrf: empty(), lower: empty(), timely: empty(), contains: empty() };
  let [isAny, areSeveral] = [false, false];
  const { text, question, language } = table.answers;
  row.forEach((r, e) => {
    if (r < 0 || table.questions[question[r]].options > 0) return;
    const truths = wordingOf(table, question[r], language[r])?.truths ?? [];
    if (truths.length === 0) return;
    isAny = true;
    if (truths.length > 1) areSeveral = true;
    scores.chrf[e] = bestChrf(text[r], truths).score;
    const lower = bestChrf(
      text[r].toLowerCase(),
      truths.map((truth) => truth.toLowerCase()),
    );
    scores.lower[e] = lower.score;
    scores.timely[e] = lower.score / (lower.place + 1);
    scores.contains[e] = Number(holdsTruth(text[r], truths));
  });
  return isAny ? { ...scores, areSeveral } : null;
}

function languagePairs(L: number): [number, number][] {
  const all = Array.from({ length: L }, (_, l) => l);
  return all.flatMap((a) => all.slice(a + 1).map((b): [number, number] => [a, b]));
}

/** Spearman's rho over the questions that both have; null where it is not defined. */
function rankCorrelation(a: Float64Array, b: Float64Array): number | null {
  const both = Array.from(a.keys()).filter((i) => !Number.isNaN(a[i] + b[i]));
  if (both.length < 2) return null;
  const [x, y] = [a, b].map((values) => standardized(averageRanks(both.map((i) => values[i]))));
  const rho = dot(x, y);
  return Number.isNaN(rho) ? null : rho;
}

/**
 * xSC: mean cosine of the answers to one question over pairs of languages; and the mean over all answers in different
 * languages to different questions.
 *
 * @param vectors unit row of each answer, by the rows of the outcomes; @param refusals 1 for an answer that refuses
 * @returns null where no question is answered in two languages, or only one is
 * @see Xing et al., arXiv 2407.01358
 */
export function answerSimilarity(
  { task, model, questions, languages, row }: Outcomes,
  vectors: Matrix,
  refusals: Uint8Array,
  seed: number,
): AnswerSimilarity | null {
  const L = languages.length;
  const rows = Array.from(questions, (_, i) => row.subarray(i * L, (i + 1) * L)).filter(
    (answers) => answers.filter((r) => r >= 0).length >= 2,
  );
  if (rows.length < 2) return null;
  const vectorOf = (r: number): Float32Array => rowOf(vectors, r);
  const matched = rows.map((answers) =>
    mean(
      languagePairs(L)
        .map(([a, b]) => [answers[a], answers[b]])
        .filter(([x, y]) => x >= 0 && y >= 0)
        .map(([x, y]) => dot(vectorOf(x), vectorOf(y))),
    ),
  );
  /** Places in `rows` in one list, so that a place tells its language. */
  const places = rows.map((answers, q) =>
    Int32Array.from(answers.keys(), (l) => q * L + l).filter((_, l) => answers[l] >= 0),
  );
  const floor = mismatchedFloor(places, {
    languageOf: (place) => place % L,
    vectorOf: (place) => vectorOf(rows[Math.floor(place / L)][place % L]),
    columns: vectors.columns,
  });
  const value = mean(matched);
  return {
    task,
    model,
    questions: rows.length,
    similarity: { value, interval: bootstrapMean(matched, seededRandom(seed)) },
    floor,
    aboveFloor: value - floor,
    refused: rows.filter(
      (answers) => answers.filter((r) => r >= 0 && refusals[r] === 1).length >= 2,
    ).length,
  };
}
