import type { AnswerTable } from '../../core/answers.ts';
import { AnalyzerError } from '../../core/errors.ts';
import { dot, row, type Matrix } from '../../core/matrix.ts';
import { randomBelow, seededRandom } from '../../core/random.ts';
import { mean, quantileOfSorted } from '../../core/statistics.ts';
import type { Mismatched } from '../../core/votes.ts';
import { mismatchedFloor } from '../mismatched-floor.ts';
import { answersOf, poolAnswers, type Pool } from './pool.ts';

export interface OpenChoices {
  /** Cluster of each answer within its question, from 0 on in the order seen; -1 for an answer without a vector. [answers] */
  choices: Int32Array;
  /** Mean cosine to the answers in other languages, less the floor; NaN where there are none. [answers] */
  scores: Float64Array;
  /** For each task and model with vectors. */
  mismatched: Mismatched[];
}

const SAMPLE = 20_000;
const PERCENTILE = 0.99;

/**
 * Turns answers to open questions into choices that `vote` can count: answers that say the same form a cluster (single
 * linkage at a cosine that answers to different questions hardly reach), and the cluster with most answers wins. The score
 * serves as confidence: the answer with the highest score, the medoid across languages, is the target.
 *
 * @param vectors one unit row for each entry of `rows`
 * @param rows answers that have a vector
 */
export function openChoices(
  table: AnswerTable,
  { vectors, rows }: { vectors: Matrix; rows: Int32Array },
  { order, seed }: { order: readonly number[]; seed: number },
): OpenChoices {
  const answers = table.answers.text.length;
  const place = new Int32Array(answers).fill(-1);
  rows.forEach((answer, i) => (place[answer] = i));
  const vectorOf = (answer: number): Float32Array => row(vectors, place[answer]);
  const choices = new Int32Array(answers).fill(-1);
  const scores = new Float64Array(answers).fill(NaN);
  const mismatched: Mismatched[] = [];
  for (const group of groupsOf(table, poolAnswers(table, order), place)) {
    const levels = mismatchedOf(group, { table, vectorOf, columns: vectors.columns, seed });
    mismatched.push({ task: group.task, model: group.model, ...levels });
    for (const own of group.questions) {
      clusters(own, vectorOf, levels.threshold).forEach((c, i) => (choices[own[i]] = c));
      scoresOf(own, { table, vectorOf }).forEach((s, i) => (scores[own[i]] = s - levels.floor));
    }
  }
  return { choices, scores, mismatched };
}

interface OpenGroup {
  task: number;
  model: number;
  /** Answers with vectors, by question. */
  questions: Int32Array[];
}

function groupsOf(table: AnswerTable, pool: Pool, place: Int32Array): OpenGroup[] {
  const groups = new Map<string, OpenGroup>();
  for (let entry = 0; entry < pool.question.length; entry++) {
    const own = answersOf(pool, entry).filter((answer) => place[answer] >= 0);
    if (own.length === 0) continue;
    const [{ task }, model] = [table.questions[pool.question[entry]], pool.model[entry]];
    const key = `${task} ${model}`;
    const group = groups.get(key) ?? { task, model, questions: [] };
    group.questions.push(own);
    groups.set(key, group);
  }
  return [...groups.values()];
}

interface Vectors {
  table: AnswerTable;
  vectorOf: (answer: number) => Float32Array;
}

/** Mean cosine of each answer to those in other languages. [answers] */
function scoresOf(own: Int32Array, { table, vectorOf }: Vectors): Float64Array {
  const { language } = table.answers;
  return Float64Array.from(own, (a) => {
    const others = own.filter((b) => language[b] !== language[a]);
    return mean(Array.from(others, (b) => dot(vectorOf(a), vectorOf(b))));
  });
}

/** Single linkage: answers whose cosine is above the threshold lie in one cluster, as do those linked through others. */
export function clusters(
  own: Int32Array,
  vectorOf: (answer: number) => Float32Array,
  threshold: number,
): Int32Array {
  const cluster = new Int32Array(own.length).fill(-1);
  let found = 0;
  for (let seed = 0; seed < own.length; seed++) {
    if (cluster[seed] >= 0) continue;
    const waiting = [seed];
    cluster[seed] = found;
    for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
      for (let j = 0; j < own.length; j++) {
        if (cluster[j] >= 0 || dot(vectorOf(own[i]), vectorOf(own[j])) <= threshold) continue;
        cluster[j] = found;
        waiting.push(j);
      }
    }
    found++;
  }
  return cluster;
}

interface Levels extends Vectors {
  columns: number;
  seed: number;
}

function mismatchedOf(
  { questions, task }: OpenGroup,
  levels: Levels,
): { floor: number; threshold: number; pairs: number } {
  const sample = mismatchedCosines(questions, levels).sort();
  if (sample.length === 0) {
    const name = levels.table.tasks[task].name;
    throw new AnalyzerError(
      'corpus/empty',
      `The open answers${name === '' ? '' : ` of ${name}`} are to one question, or in one language: how alike answers to different questions are cannot be measured.`,
      { hint: 'Give answers to two or more questions in two or more languages.' },
    );
  }
  return {
    floor: mismatchedFloor(questions, {
      languageOf: (answer) => levels.table.answers.language[answer],
      vectorOf: levels.vectorOf,
      columns: levels.columns,
    }),
    threshold: quantileOfSorted(sample, PERCENTILE),
    pairs: sample.length,
  };
}

/** Cosines of answers in different languages to different questions: all where they are few, else drawn by the seed. */
function mismatchedCosines(
  questions: Int32Array[],
  { table, vectorOf, seed }: Levels,
): Float64Array {
  const places = questions.flatMap((own, q) => Array.from(own, (answer) => ({ answer, q })));
  const differ = (a: Place, b: Place): boolean =>
    a.q !== b.q && table.answers.language[a.answer] !== table.answers.language[b.answer];
  const cosine = (a: Place, b: Place): number => dot(vectorOf(a.answer), vectorOf(b.answer));
  const n = places.length;
  if ((n * (n - 1)) / 2 <= SAMPLE) {
    return Float64Array.from(
      places.flatMap((a, i) =>
        places.slice(i + 1).flatMap((b) => (differ(a, b) ? [cosine(a, b)] : [])),
      ),
    );
  }
  const random = seededRandom(seed);
  const found: number[] = [];
  for (let draw = 0; draw < 10 * SAMPLE && found.length < SAMPLE; draw++) {
    const [a, b] = [places[randomBelow(random, n)], places[randomBelow(random, n)]];
    if (differ(a, b)) found.push(cosine(a, b));
  }
  return Float64Array.from(found);
}

interface Place {
  answer: number;
  q: number;
}
