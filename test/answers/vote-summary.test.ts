import { describe, expect, it } from 'vitest';
import { makePairs, pairFiles, pairPage } from '../../src/answers/pair-browser.ts';
import { answersOf, voteSummary } from '../../src/answers/vote-summary.ts';
import { MARKER_PROFILES } from '../../src/core/marker-profiles.ts';
import { PAIR_FILTERS } from '../../src/core/preference-pairs.ts';
import type { ScoreSettings } from '../../src/core/scorecard.ts';
import { answerTable } from '../helpers/answer-tables.ts';

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
    filters: PAIR_FILTERS,
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

  it('are written without those excluded, with edited answers in place', () => {
    const files = pairFiles(made, 'llama-factory', { excluded: [0], edited: [[1, 'Better.']] });
    expect(files.has('DPO_de.json')).toBe(false);
    expect(JSON.parse(files.get('DPO_fr.json') ?? '')).toEqual([
      { instruction: '', input: 'Which?', chosen: 'Better.', rejected: 'B' },
    ]);
  });
});
