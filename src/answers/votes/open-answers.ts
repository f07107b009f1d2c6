import type { AnswerTable } from '../../core/answers.ts';
import { AnalyzerError } from '../../core/errors.ts';
import { takeRows, type Matrix } from '../../core/matrix.ts';
import { isRefusal } from '../../core/refusals.ts';
import type { ModelProvenance } from '../../core/report.ts';
import type { AnswerSimilarity } from '../../core/scorecard.ts';
import {
  medoidsOf,
  type ElectedAnswer,
  type OpenAnswers,
  type OpenReport,
  type Votes,
  type VoteSettings,
} from '../../core/votes.ts';
import { answersOf, answersWhere } from '../answers-where.ts';
import { answerSimilarity } from '../scores/free-text.ts';
import { openChoices, type OpenChoices } from './open-vote.ts';
import { outcomesOf, rightness, type Outcomes } from '../scores/outcomes.ts';
import { share } from '../scores/performance.ts';
import { answersOf as answersOfEntry } from './pool.ts';
import { refuses } from './targets.ts';
import { vote, type Election } from './vote.ts';
import type { Truths } from './vote-report.ts';

/** The open answers of one model, with a vector for every text. */
export interface EncodedAnswers {
  /** What was read when they were encoded. */
  whole: AnswerTable;
  model: number;
  /** Row of the vectors, by text. */
  place: Map<string, number>;
  vectors: Matrix;
  encoder: ModelProvenance;
}

/** Unit rows of some answers, by their rows in the table. */
export interface AnswerVectors {
  vectors: Matrix;
  rows: Int32Array;
}

/** Answers of a model to open questions. */
export function openAnswersOf(table: AnswerTable, model: number): AnswerTable {
  const { answers, questions } = table;
  return answersWhere(
    table,
    (row) => answers.model[row] === model && questions[answers.question[row]].options === 0,
  );
}

/** Texts of a model's open answers that have words, each once. */
export function openTexts(table: AnswerTable, model: number): string[] {
  const { answers } = openAnswersOf(table, model);
  return [...new Set(answers.text.filter((text) => text.trim() !== ''))];
}

/** @throws AnalyzerError `internal` where the texts are others than those that were encoded */
export function encodedAnswers(
  whole: AnswerTable,
  { model, vectors, encoder }: Pick<EncodedAnswers, 'model' | 'vectors' | 'encoder'>,
): EncodedAnswers {
  const texts = openTexts(whole, model);
  if (texts.length !== vectors.rows)
    throw new AnalyzerError('internal', 'The files have changed since they were encoded.');
  const place = new Map(texts.map((text, row) => [text, row]));
  return { whole, model, place, vectors, encoder };
}

/**
 * The vectors of a model's open answers.
 *
 * @throws AnalyzerError `usage` where those of this table and model are not there
 */
export function encodedFor(
  encoded: EncodedAnswers | null,
  whole: AnswerTable,
  model: number | null,
): EncodedAnswers {
  if (encoded?.whole === whole && (model === null || encoded.model === model)) return encoded;
  const of = model === null ? '' : ` of ${whole.models[model] || 'the model'}`;
  throw new AnalyzerError('usage', `The open answers${of} are not encoded.`, {
    hint: 'Encode them under Votes, or choose another way of reading votes there.',
  });
}

function vectorsFor({ place, vectors }: EncodedAnswers, { answers }: AnswerTable): AnswerVectors {
  const rows = Int32Array.from(answers.text.keys()).filter((row) => place.has(answers.text[row]));
  return {
    rows,
    vectors: takeRows(
      vectors,
      Array.from(rows, (row) => place.get(answers.text[row])!),
    ),
  };
}

/** Clusters of the answers of a table that holds encoded ones alone. */
export function clustersOf(
  encoded: EncodedAnswers,
  table: AnswerTable,
  settings: { order: readonly number[]; seed: number },
): OpenChoices {
  return openChoices(table, vectorsFor(encoded, table), settings);
}

/** 'cluster 1' for choice 0. */
export function clusterName(choice: number): string {
  return `cluster ${choice + 1}`;
}

/**
 * A cluster is right where its best answer (the highest score, the first of several) holds a truth of the question in its
 * language. Known where every clustered answer to the question has truths in its language.
 */
export function clusterTruths(
  table: AnswerTable,
  { pool }: Election,
  { choices, scores }: Pick<OpenChoices, 'choices' | 'scores'>,
): Truths {
  const clustered = (row: number): Int32Array =>
    answersOfEntry(pool, row).filter((answer) => choices[answer] >= 0);
  const right = Int8Array.from(choices, (c, answer) => (c < 0 ? -1 : rightness(table, answer, c)));
  return {
    isKnown: (row) => clustered(row).every((answer) => right[answer] >= 0),
    isRight: (row, choice) => {
      const own = clustered(row).filter((answer) => choices[answer] === choice);
      if (own.length === 0) return false;
      const best = own.reduce((top, next) => (scores[next] > scores[top] ? next : top));
      return right[best] === 1;
    },
  };
}

/** xSC of answers to open questions, by task and model. */
export function answerSimilarities(
  table: AnswerTable,
  outcomes: Outcomes[],
  { vectors, rows }: AnswerVectors,
  seed: number,
): AnswerSimilarity[] {
  const refusals = Uint8Array.from(rows, (row) =>
    Number(isRefusal(table.answers.text[row], table.languages[table.answers.language[row]].tag)),
  );
  const place = new Int32Array(table.answers.text.length).fill(-1);
  rows.forEach((row, i) => (place[row] = i));
  return outcomes.flatMap((one) => {
    const row = one.row.map((r) => (r < 0 ? -1 : place[r]));
    return answerSimilarity({ ...one, row }, vectors, refusals, seed) ?? [];
  });
}

/** xSC of all that is encoded, by task. */
export function encodedSimilarities(encoded: EncodedAnswers, seed: number): AnswerSimilarity[] {
  const table = openAnswersOf(encoded.whole, encoded.model);
  const outcomes = outcomesOf(table, new Int32Array(table.answers.text.length).fill(-1));
  return answerSimilarities(table, outcomes, vectorsFor(encoded, table), seed);
}

/** What one model's open answers to one task say; counts alone where they are not encoded. */
export function openAnswers(
  whole: AnswerTable,
  encoded: EncodedAnswers | null,
  { task, model, seed, votes }: { task: number; model: number; seed: number; votes: VoteSettings },
): OpenAnswers {
  const table = answersOf(openAnswersOf(whole, model), task, model);
  const { question, text } = table.answers;
  const blank = text.filter((one) => one.trim() === '').length;
  const isEncoded = encoded?.whole === whole && encoded.model === model && blank < text.length;
  return {
    questions: new Set(question).size,
    answers: text.length,
    blank,
    encoded: isEncoded ? openReport(table, encoded, { seed, votes }) : null,
  };
}

function openReport(
  table: AnswerTable,
  encoded: EncodedAnswers,
  { seed, votes: settings }: { seed: number; votes: VoteSettings },
): OpenReport {
  const { order } = settings;
  const clusters = clustersOf(encoded, table, { order, seed });
  const election = vote(table, clusters.choices, settings);
  const outcomes = outcomesOf(table, new Int32Array(table.answers.text.length).fill(-1));
  const known = outcomes.flatMap(({ right }) => Array.from(right).filter((one) => one >= 0));
  const hits = known.filter((one) => one === 1).length;
  const [similarity = null] = answerSimilarities(table, outcomes, vectorsFor(encoded, table), seed);
  return {
    encoder: encoded.encoder,
    mismatched: clusters.mismatched[0],
    similarity,
    contains: { ...share(hits, known.length), n: known.length },
    elected: electedAnswers(table, election, clusters),
  };
}

function electedAnswers(
  table: AnswerTable,
  { pool, votes }: Election,
  { choices, scores }: OpenChoices,
): ElectedAnswer[] {
  const medoids = medoidsOf(table, votes, { choices, scores });
  const { language } = table.answers;
  return Array.from(votes.question, (question, row) => {
    const pooled = answersOfEntry(pool, row);
    const agreeing = pooled.filter((a) => choices[a] >= 0 && choices[a] === votes.winner[row]);
    const blank = pooled.filter((a) => choices[a] < 0).length;
    return {
      question,
      id: table.questions[question].id,
      medoid: medoidText(table, medoids[row]),
      languages: [...new Set(Array.from(agreeing, (a) => language[a]))],
      share: votes.share[row],
      tie: votes.tie[row] === 1,
      agreeing: agreeing.length,
      leftOut: pooled.length - agreeing.length - blank,
      blank,
      clusters: clusterCount(votes, row),
    };
  });
}

function clusterCount({ tally }: Votes, row: number): number {
  return tally.start[row + 1] - tally.start[row];
}

function medoidText(table: AnswerTable, answer: number): ElectedAnswer['medoid'] {
  if (answer < 0) return null;
  const { text, language } = table.answers;
  return {
    language: language[answer],
    text: text[answer],
    isRefusal: refuses(answer, table),
  };
}
