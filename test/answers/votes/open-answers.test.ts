import { describe, expect, it } from 'vitest';
import {
  encodedAnswers,
  encodedFor,
  openAnswers,
  openTexts,
} from '../../../src/answers/votes/open-answers.ts';
import { makePairs } from '../../../src/answers/pairs/pair-browser.ts';
import { voteSummary } from '../../../src/answers/votes/vote-summary.ts';
import { everyLanguage } from '../../../src/answers/votes/vote.ts';
import { MARKER_PROFILES } from '../../../src/core/marker-profiles.ts';
import { matrix, row } from '../../../src/core/matrix.ts';
import { PAIR_DEFAULTS, PAIR_FILTERS } from '../../../src/core/preference-pairs.ts';
import type { ModelProvenance } from '../../../src/core/report.ts';
import { answerTable, type AnswerSpec } from '../../helpers/answer-tables.ts';

const LANGUAGES = ['en', 'de', 'fr'];
/** Texts by question and language. Question 3 has options. */
const TEXTS = [
  ['Paris.', 'Es ist Paris.', 'Rome.'],
  ['Vienna.', 'Wien.', 'Vienne.'],
  ['I do not know.', 'Ich weiß es nicht.', ''],
  ['A', 'B', 'A'],
];
const TRUTHS = [
  ['Paris', 'Paris', 'Paris'],
  ['Vienna', 'Wien', ''],
  ['Berlin', 'Berlin', 'Berlin'],
  ['', '', ''],
];
/** What a text says as an axis of its own, and its language as a little of another. */
const SAYS: Record<string, [meaning: number, tilt: number]> = {
  'Paris.': [0, 0.1],
  'Es ist Paris.': [0, 0.2],
  'Rome.': [1, 0.1],
  'Vienna.': [2, 0.3],
  'Wien.': [2, 0.1],
  'Vienne.': [2, 0.2],
  'I do not know.': [3, 0.1],
  'Ich weiß es nicht.': [3, 0.2],
};

const answers = TEXTS.flatMap((texts, question) =>
  texts.map((text, l): AnswerSpec => ({ question, language: LANGUAGES[l], text })),
);
const table = answerTable({
  languages: LANGUAGES,
  questions: TEXTS.map((_, q) => (q === 3 ? { options: 2, gold: 0 } : { options: 0 })),
  answers,
  wordings: Object.fromEntries(
    LANGUAGES.map((label, l) => [
      label,
      TRUTHS.map((truths) => ({ prompt: '?', truths: truths[l] === '' ? [] : [truths[l]] })),
    ]),
  ),
});
const votes = everyLanguage(table);
const settings = {
  ...({ parser: 'robust', profiles: MARKER_PROFILES, references: {} } as const),
  ...{ pivot: 0, seed: 1 },
};
const of = { task: 0, model: 0 };

function encoded() {
  const texts = openTexts(table, 0);
  const vectors = matrix(texts.length, 5);
  texts.forEach((text, r) => {
    const [meaning, tilt] = SAYS[text];
    row(vectors, r)[meaning] = Math.cos(tilt);
    row(vectors, r)[4] = Math.sin(tilt);
  });
  return encodedAnswers(table, { model: 0, vectors, encoder: { id: 'x' } as ModelProvenance });
}

describe('open answers of a model', () => {
  it('are encoded once for each text that has words, and not those to questions with options', () => {
    expect(openTexts(table, 0)).toEqual(Object.keys(SAYS));
    expect(openAnswers(table, null, { ...of, seed: 1, votes })).toEqual({
      questions: 3,
      answers: 9,
      blank: 1,
      encoded: null,
    });
  });

  it('elect the answer nearest to the other languages, and say what is left out', () => {
    const { elected } = openAnswers(table, encoded(), { ...of, seed: 1, votes }).encoded!;
    expect(elected).toMatchObject([
      {
        // Of two that agree, the greater tilt lies nearer to Rome's.
        medoid: { language: 1, text: 'Es ist Paris.', isRefusal: false },
        ...{ languages: [0, 1], share: 2 / 3, agreeing: 2, leftOut: 1, blank: 0, clusters: 2 },
      },
      { medoid: { language: 2, text: 'Vienne.' }, share: 1, leftOut: 0, clusters: 1 },
      { medoid: { isRefusal: true }, share: 1, agreeing: 2, leftOut: 0, blank: 1 },
    ]);
  });

  it('are right where the medoid holds a truth, known where every language that answers has one', () => {
    // French has no truth for Vienna; the refusal is known to be wrong, its blank answer has no vote.
    const { group, other } = voteSummary(
      table,
      { settings, mode: 'open', ...of, votes },
      encoded(),
    )!;
    expect(other).toBeNull();
    expect(group).toMatchObject({ questions: 3, unanimous: 2, invalid: 1 });
    expect(group.truth!.vote).toMatchObject({ questions: 2, right: 1 });
    // Rome is the only answer that differs from a winner.
    expect(group.truth).toMatchObject({ rejected: 1, rejectedRight: 0 });
    const alone = group.truth!.alone.map(({ own }) => [own.questions, own.right]);
    expect(alone).toEqual([
      [2, 1],
      [2, 1],
      [2, 0],
    ]);
  });

  it('are held against the share of first answers that hold a truth, and the refusals', () => {
    const { contains, similarity } = openAnswers(table, encoded(), {
      ...of,
      seed: 1,
      votes,
    }).encoded!;
    // Known: three about Paris, two about Vienna, three about Berlin. Held: two and two.
    expect(contains).toMatchObject({ n: 8, value: 0.5 });
    const within = [
      (Math.cos(0.1) + Math.sin(0.1) ** 2 + Math.sin(0.2) * Math.sin(0.1)) / 3,
      (Math.cos(0.2) + Math.cos(0.1) + Math.cos(0.1)) / 3,
      Math.cos(0.1),
    ];
    const mean = within.reduce((sum, one) => sum + one, 0) / 3;
    expect(similarity!.similarity.value).toBeCloseTo(mean, 6);
    expect(similarity).toMatchObject({ questions: 3, refused: 1 });
  });

  it('make pairs whose target agrees with the largest cluster', () => {
    const wishes = {
      ...{ ...of, ...votes, ...PAIR_DEFAULTS, mode: 'open' as const, examples: false },
      ...{ target: 'winner-text' as const, filters: { ...PAIR_FILTERS, share: 0.5 } },
    };
    const { set, nameOf, table: own } = makePairs(table, settings, wishes, encoded());
    expect(
      set.pairs.map(({ target, rejected }) => [target.text, own.answers.text[rejected]]),
    ).toEqual([['Es ist Paris.', 'Rome.']]);
    expect(nameOf(0)).toBe('cluster 1');
    expect(set.leftOut).toMatchObject({ refusal: 3 });
  });

  it('are those of the files and the model that were encoded, or none', () => {
    expect(() => encodedFor(null, table, 0)).toThrow('The open answers of model are not encoded.');
    expect(() => encodedFor(encoded(), { ...table }, 0)).toThrow('are not encoded');
    expect(encodedFor(encoded(), table, null).model).toBe(0);
    const { vectors, encoder } = encoded();
    expect(() =>
      encodedAnswers(
        { ...table, questions: [], answers: answerTable({ languages: [], questions: [] }).answers },
        { model: 0, vectors, encoder },
      ),
    ).toThrow('The files have changed');
  });
});
