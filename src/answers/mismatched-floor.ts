import { dot } from '../core/matrix.ts';

interface Answers {
  languageOf: (answer: number) => number;
  /** Unit vector of an answer. [columns] */
  vectorOf: (answer: number) => Float32Array;
  columns: number;
}

/**
 * Mean cosine over all pairs of answers in different languages to different questions, from sums: what all pairs give, less
 * what those of one question give. NaN where there is no such pair.
 *
 * @param questions answers to each question
 */
export function mismatchedFloor(questions: readonly Int32Array[], answers: Answers): number {
  const all = sumsOf(
    questions.flatMap((own) => Array.from(own)),
    answers,
  );
  const rest = questions.reduce(({ sum, pairs }, own) => {
    const within = sumsOf(own, answers);
    return { sum: sum - within.sum, pairs: pairs - within.pairs };
  }, all);
  return rest.pairs === 0 ? NaN : rest.sum / rest.pairs;
}

/** Sum of cosines, and number, of the ordered pairs of answers in different languages. */
function sumsOf(own: Iterable<number>, { languageOf, vectorOf, columns }: Answers) {
  const byLanguage = new Map<number, { sum: Float64Array; count: number }>();
  for (const answer of own) {
    const language = languageOf(answer);
    const block = byLanguage.get(language) ?? { sum: new Float64Array(columns), count: 0 };
    const vector = vectorOf(answer);
    for (let k = 0; k < columns; k++) block.sum[k] += vector[k];
    block.count++;
    byLanguage.set(language, block);
  }
  const total = new Float64Array(columns);
  let [answered, within, pairsWithin] = [0, 0, 0];
  for (const { sum, count } of byLanguage.values()) {
    for (let k = 0; k < columns; k++) total[k] += sum[k];
    answered += count;
    within += dot(sum, sum);
    pairsWithin += count * count;
  }
  return { sum: dot(total, total) - within, pairs: answered * answered - pairsWithin };
}
