import { describe, expect, it } from 'vitest';
import {
  feedbackPairs,
  plannedCells,
  type Feedback,
  type FeedbackSettings,
} from '../../../src/answers/pairs/feedback-pairs.ts';
import { everyLanguage, vote } from '../../../src/answers/votes/vote.ts';
import type { AnswerTable } from '../../../src/core/answers.ts';
import { languageWish, LANGUAGE_WISHES } from '../../../src/core/language-wishes.ts';
import { toLanguage } from '../../../src/core/language.ts';
import { PAIR_FILTERS } from '../../../src/core/preference-pairs.ts';
import { answerTable } from '../../helpers/answer-tables.ts';

const LABELS = ['en', 'de', 'yue'];

/** Ten questions; each language says A twice and B once, Cantonese B twice on odd ones. */
function table(): [AnswerTable, Int32Array] {
  const answers = Array.from({ length: 10 }, (_, question) =>
    LABELS.flatMap((language) =>
      Array.from(language === 'yue' && question % 2 === 1 ? 'ABB' : 'AAB', (text, sample) => ({
        question,
        language,
        text,
        sample,
      })),
    ),
  ).flat();
  const made = answerTable({
    languages: LABELS,
    questions: Array.from({ length: 10 }, () => ({})),
    answers,
    wordings: Object.fromEntries(
      LABELS.map((label) => [
        label,
        Array.from({ length: 10 }, (_, q) => ({
          instruction: `in ${label}`,
          prompt: `${label}${q}`,
        })),
      ]),
    ),
  });
  return [made, Int32Array.from(made.answers.text, (text) => 'AB'.indexOf(text))];
}

function fed(
  settings: Partial<FeedbackSettings>,
  [made, choices]: [AnswerTable, Int32Array] = table(),
): Feedback {
  return feedbackPairs(made, choices, {
    election: vote(made, choices, everyLanguage(made)),
    settings: {
      kind: 'own-language',
      refusals: false,
      confidence: made.answers.logprob,
      isInLanguage: () => true,
      filters: { ...PAIR_FILTERS, share: 0.5 },
    },
    feedback: {
      plan: 'ring',
      order: [0, 1, 2],
      pivot: null,
      cap: null,
      same: false,
      wishes: LANGUAGE_WISHES,
      seed: 1,
      ...settings,
    },
  });
}

describe('the plan of languages', () => {
  const group = {
    // en-de .9, en-yue .2, de-yue unknown.
    agreement: Float64Array.of(NaN, 0.9, 0.2, 0.9, NaN, NaN, 0.2, NaN, NaN),
    selfConsistency: new Float64Array(3),
  };
  const cells = (plan: FeedbackSettings['plan'], pivot: number | null, same = false): string =>
    plannedCells(group, { plan, order: [0, 1, 2], pivot, same })
      .map(([a, b]) => `${LABELS[a]}>${LABELS[b]}`)
      .join(' ');

  it.each([
    ['to-pivot', 1, false, 'en>de yue>de'],
    ['to-pivot', 1, true, 'en>de yue>de de>de'],
    ['from-pivot', 0, false, 'en>de en>yue'],
    ['ring', null, false, 'en>de de>yue yue>en'],
    ['worst-first', null, false, 'en>yue yue>en en>de de>en de>yue yue>de'],
    ['ring', null, true, 'en>de de>yue yue>en de>de yue>yue en>en'],
  ] as const)('%s with pivot %s, same %s', (plan, pivot, same, expected) => {
    expect(cells(plan, pivot, same)).toBe(expected);
  });

  it('has no cell for one language alone', () => {
    expect(plannedCells(group, { plan: 'ring', order: [0], pivot: null, same: false })).toEqual([]);
  });
});

describe('feedback across languages', () => {
  it('asks in one language and answers in the other, with the wish behind the instruction', () => {
    const { pairs, cells } = fed({ plan: 'from-pivot', pivot: 0 });
    expect(pairs[0]).toMatchObject({
      asked: 0,
      language: 1,
      instruction: 'in en\nAntworte auf Deutsch.',
      input: 'en0',
      target: { text: 'A' },
      flags: [],
    });
    const last = pairs[pairs.length - 1];
    expect(last).toMatchObject({
      language: 2,
      instruction: 'in en\nAnswer in Cantonese.',
      flags: ['suffix_in_english'],
    });
    expect(cells.map(({ candidates, written }) => [candidates, written])).toEqual([
      [10, 10],
      [15, 15],
    ]);
    // Three pairs of samples of 3 x 3 agree on A in 4, on B in 1; on odd questions 2 and 2.
    expect(cells[0].agreement).toBeCloseTo(5 / 9, 12);
    expect(cells[1].agreement).toBeCloseTo((5 / 9 + 4 / 9) / 2, 12);
  });

  it('fills a cell up to its cap, by the seed alone', () => {
    const first = fed({ cap: 4 });
    expect(first.cells.map(({ candidates, written }) => [candidates, written])).toEqual([
      [10, 4],
      [15, 4],
      [10, 4],
    ]);
    expect(first.leftOut).toEqual({ cap: 6 + 11 + 6 });
    const rows = (made: Feedback): number[] => made.pairs.map(({ rejected }) => rejected);
    expect(rows(fed({ cap: 4 }))).toEqual(rows(first));
    expect(rows(fed({ cap: 4, seed: 2 }))).not.toEqual(rows(first));
  });

  it('skips questions that are not known in the language asked', () => {
    const [made, choices] = table();
    made.wordings[0 * 3 + 0] = null;
    const { pairs, leftOut } = fed({ plan: 'from-pivot', pivot: 0 }, [made, choices]);
    expect(pairs.some(({ question }) => question === 0)).toBe(false);
    expect(leftOut).toEqual({ noQuestion: 2 });
  });

  it('takes the user’s own sentence for a language', () => {
    const wishes = { ...LANGUAGE_WISHES, yue: '請用粵語回答。' };
    expect(languageWish(toLanguage('yue'), wishes)).toEqual({
      text: '請用粵語回答。',
      isEnglish: false,
    });
    expect(languageWish(toLanguage('zxx-unknown'), wishes)).toEqual({
      text: 'Answer in zxx-unknown.',
      isEnglish: true,
    });
  });
});
