import { describe, expect, it } from 'vitest';
import { makePairs, pairFiles, pairPage } from '../../../src/answers/pairs/pair-browser.ts';
import { answersOf } from '../../../src/answers/answers-where.ts';
import { voteSummary } from '../../../src/answers/votes/vote-summary.ts';
import { MARKER_PROFILES } from '../../../src/core/marker-profiles.ts';
import {
  PAIR_DEFAULTS,
  type PairEdit,
  type PairWishes,
} from '../../../src/core/preference-pairs.ts';
import type { ScoreSettings } from '../../../src/core/scorecard.ts';
import { answerTable } from '../../helpers/answer-tables.ts';

const wording = { prompt: 'Which?', options: ['a', 'b', 'c', 'd'] };
const table = answerTable({
  languages: ['en', 'de', 'fr'],
  models: ['one', 'two'],
  questions: [
    { id: 'p', gold: 0 },
    { id: 'q', gold: 1 },
  ],
  wordings: { en: [wording, wording], de: [wording, wording], fr: [wording, wording] },
  answers: [
    ...['A', 'A', 'B'].map((text, l) => ({ question: 0, language: ['en', 'de', 'fr'][l], text })),
    ...['C', 'B'].map((text, l) => ({ question: 1, language: ['en', 'de'][l], text })),
    { question: 0, language: 'en', text: 'D', model: 'two' },
  ],
});
const settings: ScoreSettings = {
  parser: 'robust',
  profiles: MARKER_PROFILES,
  references: {},
  pivot: 0,
  seed: 1,
};
const NO_COUNTS = { questions: 0, answers: 0, rankings: 0, likelihoods: 0, training: 0 };
const of = { task: 0, model: 0, mode: 'own' as const };

describe('votes of one model', () => {
  it('see no answer of another', () => {
    expect(answersOf(table, 0, 1).answers.text).toEqual(['D']);
    const votes = { order: [0, 1, 2], voters: [0, 1, 2] };
    const summary = voteSummary(table, { settings, ...of, votes });
    expect(summary?.group).toMatchObject({ questions: 2, ties: 1, votes: 5 });
  });

  it('give a tie to the language that is pooled first, and list what it was between', () => {
    for (const [order, right] of [
      [[0, 1, 2], 1],
      [[1, 0, 2], 2],
    ] as const) {
      const votes = { order: [...order], voters: [...order] };
      const summary = voteSummary(table, { settings, ...of, votes });
      expect(summary?.group.truth?.vote.right).toBe(right);
      expect(summary?.ties.map(({ id, choices }) => [id, choices.map((c) => c.votes)])).toEqual([
        ['q', [1, 1]],
      ]);
    }
  });

  it('are held in both ways of reading, and differ where one of them reads nothing', () => {
    const said = answerTable({
      languages: ['en', 'de'],
      questions: [
        { id: 'p', gold: 0 },
        { id: 'q', gold: 0 },
      ],
      wordings: { en: [wording, wording], de: [wording, wording] },
      answers: [
        { question: 0, language: 'en', text: 'A' },
        { question: 0, language: 'de', text: 'Antwort: A' },
        // The second character decides in CALM's code; robust reads the letter before the bracket.
        { question: 1, language: 'en', text: 'A) B' },
      ],
    });
    const votes = { order: [0, 1], voters: [0, 1] };
    const own = voteSummary(said, { settings, ...of, votes });
    const calm = voteSummary(said, { settings, ...of, mode: 'calm', votes });
    expect(own?.other).toMatchObject({
      questions: 2,
      unanimous: calm?.group.unanimous,
      vote: calm?.group.truth?.vote,
    });
    expect(calm?.other?.vote).toEqual(own?.group.truth?.vote);
    expect(own?.other?.differing).toBe(calm?.other?.differing);
  });

  it('are none where the model answered nothing of the task', () => {
    const votes = { order: [1], voters: [1] };
    expect(voteSummary(table, { settings, ...of, model: 1, votes })).toBeNull();
  });
});

describe('pairs to look through', () => {
  const wishes = {
    ...of,
    mode: 'calm' as const,
    order: [0, 1, 2],
    voters: [0, 1, 2],
    examples: false,
    ...PAIR_DEFAULTS,
  };
  const made = makePairs(table, settings, wishes);
  const all = { language: null, text: '', start: 0, count: 10 };

  it('are found by language and by text, and keep their place among all', () => {
    expect(pairPage(made, all).rows.map(({ id, language }) => [id, language])).toEqual([
      ['q', 1],
      ['p', 2],
    ]);
    expect(pairPage(made, { ...all, language: 2 }).rows.map(({ index }) => index)).toEqual([1]);
    expect(pairPage(made, { ...all, text: 'nowhere' })).toMatchObject({ pairs: 2, found: 0 });
    expect(pairPage(made, { ...all, start: 1, count: 1 }).rows.map(({ id }) => id)).toEqual(['p']);
  });

  const given = {
    isogloss: 'test',
    format: 'llama-factory' as const,
    meta: false,
    summary: { ...table, files: [], issues: [], counts: NO_COUNTS },
    settings,
    wishes,
  };

  it('are written without those excluded, with edited texts in place and flagged', () => {
    const changes = {
      excluded: [0],
      edited: [[1, { chosen: 'Better.', rejected: 'Worse.' }] as [number, PairEdit]],
    };
    const files = pairFiles(made, { ...given, changes });
    expect(files.has('DPO_de.json')).toBe(false);
    expect(JSON.parse(files.get('DPO_fr.json') ?? '')).toEqual([
      { instruction: '', input: 'Which?', chosen: 'Better.', rejected: 'Worse.' },
    ]);
    const [, line] = (files.get('audit.csv') ?? '').split(/\r?\n/);
    expect(line).toMatch(/ ?edited_chosen edited_rejected$/);
    // The one row that is left rejects a text that no answer is: it is right or wrong of nothing.
    expect(JSON.parse(files.get('pairs.json') ?? '')).toMatchObject({
      rows: 1,
      excluded: 1,
      edited: 1,
      rejectedIsRight: { rows: 0, of: 0 },
    });
  });

  it('are asked in one language and answered in another where a plan says so', () => {
    const plan = { plan: 'ring', pivot: null, cap: 1, same: false, wishes: { de: 'Bitte.' } };
    const samples = answerTable({
      languages: ['en', 'de'],
      questions: [{ id: 'p', gold: 0 }],
      wordings: { en: [wording], de: [wording] },
      answers: [
        ...['A', 'A', 'A', 'B'].map((text, sample) => ({
          question: 0,
          language: 'en',
          text,
          sample,
        })),
        ...['A', 'C', 'D'].map((text, sample) => ({ question: 0, language: 'de', text, sample })),
      ],
    });
    const own = { ...wishes, mode: 'own', order: [0, 1], voters: [0, 1], plan } as PairWishes;
    const filters = { ...own.filters, share: 0.5 };
    const ring = makePairs(samples, settings, { ...own, filters });
    const page = pairPage(ring, all);
    // Three ways to be wrong, two of them in German: one row of each cell is kept.
    expect(page.cells).toMatchObject([
      { asked: 0, answered: 1, candidates: 2, written: 1 },
      { asked: 1, answered: 0, candidates: 1, written: 1 },
    ]);
    expect(page.leftOut).toEqual({ cap: 1 });
    expect(
      page.rows.map(({ asked, language, instruction }) => [asked, language, instruction]),
    ).toEqual([
      [0, 1, 'Bitte.'],
      [1, 0, 'Answer in English.'],
    ]);
    expect(page.rows[1].flags).toEqual(['suffix_in_english']);
    const files = pairFiles(ring, { ...given, wishes: own, changes: { excluded: [], edited: [] } });
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['DPO_en-de.json', 'DPO_de-en.json', 'balance.csv']),
    );
  });
});
