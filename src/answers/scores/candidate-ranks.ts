import type { AnswerTable, CandidateRanking } from '../../core/answers.ts';
import type { LanguageMatrix } from '../../core/matrix.ts';
import type { RankingScores } from '../../core/scorecard.ts';
import { rankConsistency, rankWeights } from '../../metrics/rank-consistency.ts';
import { share } from './performance.ts';

/** Candidates by their places in the list, best first; equal scores stay in the order of the list, no number comes last. */
export function candidateOrder(scores: ArrayLike<number>): Int32Array {
  const known = Array.from(scores, (score) => (Number.isNaN(score) ? -Infinity : score));
  const order = Int32Array.from(known.keys());
  return order.sort((i, j) => (known[i] === known[j] ? i - j : known[j] - known[i]));
}

/** Consistency of rankings by task and model; a candidate is known by its place in the list, alike in all languages. */
export function rankingScores(table: AnswerTable): RankingScores[] {
  const groups = new Map<number, CandidateRanking[]>();
  for (const ranking of table.rankings) {
    const key = table.questions[ranking.question].task * table.models.length + ranking.model;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [ranking]);
    else known.push(ranking);
  }
  return Array.from(groups.keys())
    .sort((a, b) => a - b)
    .map((key) => ({
      task: Math.floor(key / table.models.length),
      model: key % table.models.length,
      ...groupScores(table, groups.get(key)!),
    }));
}

function groupScores(table: AnswerTable, rankings: CandidateRanking[]) {
  const languages = Array.from(new Set(rankings.map(({ language }) => language))).sort(
    (a, b) => a - b,
  );
  const orders = languages.map(() => new Map<number, Int32Array>());
  for (const { question, language, scores } of rankings)
    orders[languages.indexOf(language)].set(question, candidateOrder(scores));
  return {
    languages,
    accuracy: orders.map((byQuestion) => {
      const known = Array.from(byQuestion).filter(([q]) => table.questions[q].gold >= 0);
      const hits = known.filter(([q, order]) => order[0] === table.questions[q].gold).length;
      return { n: known.length, value: share(hits, known.length) };
    }),
    unequal: unequalLists(rankings),
    tied: rankings.filter(({ scores }) => new Set(scores).size < scores.length).length,
    ...matricesOf(orders),
  };
}

/** Questions whose lists have more candidates in one language than in another. */
function unequalLists(rankings: CandidateRanking[]): number {
  const lengths = new Map<number, number>();
  const unequal = new Set<number>();
  for (const { question, scores } of rankings) {
    if ((lengths.get(question) ?? scores.length) !== scores.length) unequal.add(question);
    lengths.set(question, scores.length);
  }
  return unequal.size;
}

const WEIGHTINGS = ['softmax', 'norm1', 'norm2'] as const;

function matricesOf(orders: Map<number, Int32Array>[]) {
  const L = orders.length;
  const empty = (): LanguageMatrix => new Float64Array(L * L).fill(NaN);
  const matrices = { n: empty(), softmax: empty(), norm1: empty(), norm2: empty() };
  for (let a = 0; a < L; a++) {
    for (let b = a; b < L; b++) {
      const pairs = Array.from(orders[a]).flatMap(
        ([question, first]): [Int32Array, Int32Array][] => {
          const second = orders[b].get(question);
          return second?.length === first.length ? [[first, second]] : [];
        },
      );
      for (const at of [a * L + b, b * L + a]) matrices.n[at] = pairs.length;
      for (const weighting of WEIGHTINGS) {
        const sum = pairs.reduce(
          (total, [x, y]) => total + rankConsistency(x, y, weightsOf(x.length, weighting)),
          0,
        );
        for (const at of [a * L + b, b * L + a]) matrices[weighting][at] = sum / pairs.length;
      }
    }
  }
  return matrices;
}

const known = new Map<string, Float64Array>();

function weightsOf(length: number, weighting: (typeof WEIGHTINGS)[number]): Float64Array {
  const key = `${weighting} ${length}`;
  const weights = known.get(key) ?? rankWeights(length, weighting);
  known.set(key, weights);
  return weights;
}
