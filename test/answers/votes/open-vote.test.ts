import { describe, expect, it } from 'vitest';
import { clusters, openChoices } from '../../../src/answers/votes/open-vote.ts';
import { everyLanguage, vote } from '../../../src/answers/votes/vote.ts';
import { dot, matrix, normalizeRows, row } from '../../../src/core/matrix.ts';
import { quantileOfSorted } from '../../../src/core/statistics.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { answerTable } from '../../helpers/answer-tables.ts';
import { gaussians } from '../../helpers/corpora.ts';
import { expectClose } from '../../helpers/expect-close.ts';

const unit = (degrees: number): Float32Array =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

describe('clusters of answers', () => {
  const at = (degrees: number[]) => (i: number) => unit(degrees[i]);
  const found = (degrees: number[], threshold: number): number[] =>
    Array.from(clusters(Int32Array.from(degrees.keys()), at(degrees), threshold));

  it('links answers through others, and keeps apart what no chain joins', () => {
    const cos20 = Math.cos((20.5 * Math.PI) / 180);
    expect(found([0, 60, 20, 40, 180], cos20)).toEqual([0, 0, 0, 0, 1]);
    expect(found([0, 60, 20, 180], cos20)).toEqual([0, 1, 0, 2]);
  });

  it('keeps answers apart whose cosine is the threshold itself', () => {
    expect(found([0, 0], dot(unit(0), unit(0)))).toEqual([0, 1]);
  });
});

describe('votes on open answers', () => {
  const LANGUAGES = ['en', 'de', 'fr'];
  const QUESTIONS = 12;
  /** Each question is a direction of its own; French says something else on even ones. */
  const random = seededRandom(3);
  const directions = gaussians(random, QUESTIONS * 2, 24);
  const answers = Array.from({ length: QUESTIONS }, (_, question) =>
    LANGUAGES.map((language) => ({ question, language, text: `${language}${question}` })),
  ).flat();
  const table = answerTable({
    languages: LANGUAGES,
    questions: Array.from({ length: QUESTIONS }, () => ({ options: 0 })),
    answers,
  });
  const noise = gaussians(random, answers.length, 24);
  const vectors = matrix(answers.length, 24);
  answers.forEach(({ question, language }, i) => {
    const base =
      directions[language === 'fr' && question % 2 === 0 ? question + QUESTIONS : question];
    row(vectors, i).set(base.map((value, k) => value + 0.15 * noise[i][k]));
  });
  normalizeRows(vectors);
  const rows = Int32Array.from(answers.keys());
  const { choices, scores, mismatched } = openChoices(
    table,
    { vectors, rows },
    { order: [0, 1, 2], seed: 1 },
  );

  it('measures the floor and the threshold over all mismatched pairs', () => {
    const cosines: number[] = [];
    for (let i = 0; i < answers.length; i++)
      for (let j = 0; j < i; j++)
        if (
          answers[i].question !== answers[j].question &&
          answers[i].language !== answers[j].language
        )
          cosines.push(dot(row(vectors, i), row(vectors, j)));
    const [{ floor, threshold, pairs }] = mismatched;
    expect(pairs).toBe(cosines.length);
    expectClose([floor], [cosines.reduce((a, b) => a + b, 0) / cosines.length], 1e-9);
    expect(threshold).toBe(quantileOfSorted(Float64Array.from(cosines).sort(), 0.99));
  });

  it('scores an answer by its mean cosine to other languages, less the floor', () => {
    const cosine = (i: number, j: number): number => dot(row(vectors, i), row(vectors, j));
    expectClose(
      [scores[0], scores[5]],
      [
        (cosine(0, 1) + cosine(0, 2)) / 2 - mismatched[0].floor,
        (cosine(5, 3) + cosine(5, 4)) / 2 - mismatched[0].floor,
      ],
      1e-12,
    );
  });

  it('lets the larger cluster win, with its mass as the share', () => {
    const { votes } = vote(table, choices, everyLanguage(table));
    expect(Array.from(votes.winner)).toEqual(Array(QUESTIONS).fill(0));
    votes.share.forEach((share, q) => expect(share).toBe(q % 2 === 0 ? 2 / 3 : 1));
  });

  it('has neither score nor threshold for one question alone, and says so', () => {
    const one = answerTable({
      languages: ['en', 'de'],
      questions: [{ options: 0 }],
      answers: ['en', 'de'].map((language) => ({ question: 0, language, text: 'x' })),
    });
    expect(() =>
      openChoices(
        one,
        { vectors: matrix(2, 2, Float32Array.of(1, 0, 1, 0)), rows: Int32Array.of(0, 1) },
        { order: [0, 1], seed: 1 },
      ),
    ).toThrow('The open answers of task are to one question');
  });
});
