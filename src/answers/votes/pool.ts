import type { AnswerTable } from '../../core/answers.ts';

/** Answers by model and question, pooled in the order of their languages, then of their samples, then of the table. */
export interface Pool {
  question: Int32Array;
  model: Int32Array;
  /** Answers of entry p: answers[start[p]] to answers[start[p + 1]]. [entries + 1] */
  start: Int32Array;
  answers: Int32Array;
}

/** @param order indices of languages; answers in others are left out */
export function poolAnswers(
  { answers, questions, models, languages }: AnswerTable,
  order: readonly number[],
): Pool {
  const rank = Int32Array.from(languages, (_, language) => order.indexOf(language));
  const bucketOf = (row: number): number =>
    rank[answers.language[row]] < 0
      ? -1
      : answers.model[row] * questions.length + answers.question[row];
  const { start, rows } = byBucket(answers.text.length, models.length * questions.length, bucketOf);
  const compare = (a: number, b: number): number =>
    rank[answers.language[a]] - rank[answers.language[b]] ||
    answers.sample[a] - answers.sample[b] ||
    a - b;
  const filled: number[] = [];
  for (let bucket = 0; bucket + 1 < start.length; bucket++) {
    if (start[bucket] === start[bucket + 1]) continue;
    filled.push(bucket);
    rows.subarray(start[bucket], start[bucket + 1]).sort(compare);
  }
  return {
    question: Int32Array.from(filled, (bucket) => bucket % questions.length),
    model: Int32Array.from(filled, (bucket) => Math.floor(bucket / questions.length)),
    start: Int32Array.from([...filled.map((bucket) => start[bucket]), rows.length]),
    answers: rows,
  };
}

/** Rows by bucket, in their own order within one; a row of bucket -1 is left out. */
function byBucket(
  count: number,
  buckets: number,
  bucketOf: (row: number) => number,
): { start: Int32Array; rows: Int32Array } {
  const start = new Int32Array(buckets + 1);
  for (let row = 0; row < count; row++) {
    const bucket = bucketOf(row);
    if (bucket >= 0) start[bucket + 1]++;
  }
  for (let bucket = 0; bucket < buckets; bucket++) start[bucket + 1] += start[bucket];
  const rows = new Int32Array(start[buckets]);
  const next = start.slice();
  for (let row = 0; row < count; row++) {
    const bucket = bucketOf(row);
    if (bucket >= 0) rows[next[bucket]++] = row;
  }
  return { start, rows };
}

/** The pooled answers of one entry: a view, not a copy. */
export function answersOf({ start, answers }: Pool, entry: number): Int32Array {
  return answers.subarray(start[entry], start[entry + 1]);
}
