import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/core/language.ts';
import { PAIR_DEFAULTS, type PairRow, type PairWishes } from '../../src/core/preference-pairs.ts';
import type { ModelProvenance } from '../../src/core/report.ts';
import { LANGUAGE_WISHES } from '../../src/core/language-wishes.ts';
import { preferencesOfAnswers, type AnswerSource } from '../../src/ui/preference-source.ts';
import { matrixOf } from '../helpers/corpora.ts';

const model = { id: 'paper' } as ModelProvenance;
const languages = ['en', 'de', 'fr'].map((tag) => ({ tag })) as Language[];
/** Of the answers: German, Swahili, English. */
const ANSWERED = ['de', 'sw', 'en'].map((tag) => ({ tag }));
const [DE, SW, EN] = [0, 1, 2];

function row(change: Partial<PairRow>): PairRow {
  return {
    ...{ index: 0, id: 'q1', language: DE, asked: DE, share: 0.75, flags: [] },
    ...{ instruction: 'Was?', input: '', chosen: 'ja', rejected: 'nein' },
    ...change,
  };
}

interface Asked {
  wishes: PairWishes[];
  starts: number[];
  texts: string[];
}

/** An answers side that makes these pairs, in pages of two; the vector of a text is its place. */
function sideOf(rows: PairRow[], { mode = 'own', pivot = EN, answers = 1 } = {}) {
  const asked: Asked = { wishes: [], starts: [], texts: [] };
  const answering = {
    summary: { languages: ANSWERED, counts: { answers } },
    settings: { pivot },
    pairing: { cap: 5, same: false, wishes: LANGUAGE_WISHES },
    voting: { mode },
    pairWishes: () => ({ ...PAIR_DEFAULTS, mode }),
    pairs: (wishes: PairWishes, { start }: { start: number }) => {
      asked.wishes.push(wishes);
      asked.starts.push(start);
      return Promise.resolve({ rows: rows.slice(start, start + 2), found: rows.length });
    },
  };
  const encoding = {
    encodeTexts: (texts: string[]) => {
      asked.texts = texts;
      return Promise.resolve({ vectors: matrixOf(texts.map((_, i) => [i])), model });
    },
  };
  const made = (source: AnswerSource['source'] = 'votes') => {
    const given = { answering, encoding, languages, source, of: { task: 0, model: 0 } };
    const options = { signal: new AbortController().signal, onProgress: () => undefined };
    return preferencesOfAnswers(given as unknown as AnswerSource, options);
  };
  return { asked, made };
}

describe('preferences of answers', () => {
  const rows = [
    row({}),
    row({ rejected: 'vielleicht' }),
    row({ id: 'q2', language: EN, asked: EN, instruction: 'What?', input: 'A or B', share: 0.2 }),
    row({ id: 'q2', language: EN, asked: DE, chosen: 'ja', share: 1 }),
  ];

  it('encode each text of a language once, and point at question, chosen and rejected', async () => {
    const { asked, made } = sideOf(rows);
    const { pairs, model: made_by, notices } = await made();
    expect(asked.starts).toEqual([0, 2]);
    const textsOf = (rowsOf: Int32Array): string[] => Array.from(rowsOf, (r) => asked.texts[r]);
    expect(textsOf(pairs.query)).toEqual(['Was?', 'Was?', 'What?\nA or B', 'Was?']);
    expect(textsOf(pairs.chosen)).toEqual(['ja', 'ja', 'ja', 'ja']);
    expect(textsOf(pairs.rejected)).toEqual(['nein', 'vielleicht', 'nein', 'nein']);
    // A German and an English "ja" are two texts: an adapter maps them in different ways.
    expect(pairs.chosen[0]).toBe(pairs.chosen[1]);
    expect(pairs.chosen[2]).toBe(pairs.chosen[3]);
    expect(pairs.chosen[2]).not.toBe(pairs.chosen[0]);
    expect(pairs.language).toHaveLength(asked.texts.length);
    // Places among the languages of the facts, where German is the second.
    expect(Array.from(pairs.chosen, (r) => pairs.language[r])).toEqual([1, 1, 0, 0]);
    expect(Array.from(pairs.query, (r) => pairs.language[r])).toEqual([1, 1, 0, 1]);
    expect([...pairs.group]).toEqual([0, 0, 1, 1]);
    expect(pairs.vectors.rows).toBe(asked.texts.length);
    expect([made_by, notices]).toEqual([model, []]);
  });

  it('take what the vote lacks to be unanimous as noise, below a half', async () => {
    const { pairs } = await sideOf(rows).made();
    expect([...pairs.noise].map((value) => value.toFixed(2))).toEqual([
      '0.25',
      '0.25',
      '0.49',
      '0.00',
    ]);
  });

  it('leave out pairs without a rejected text, outside the facts or of mixed languages, and say so', async () => {
    const { pairs, notices } = await sideOf([
      ...rows,
      row({ rejected: '' }),
      row({ language: SW }),
      row({ asked: SW }),
      row({ flags: ['needs_translation'] }),
    ]).made();
    expect(pairs.query).toHaveLength(4);
    expect(notices).toEqual([expect.stringContaining('4 pairs of 8')]);
  });

  it('cross languages for feedback only, against the pivot where there is one', async () => {
    const planOf = async (source: AnswerSource['source'], pivot: number) => {
      const { asked, made } = sideOf(rows, { pivot });
      await made(source);
      return asked.wishes[0].plan;
    };
    expect(await planOf('votes', EN)).toBeNull();
    expect(await planOf('feedback', EN)).toMatchObject({ plan: 'to-pivot', pivot: EN, cap: 5 });
    expect(await planOf('feedback', -1)).toMatchObject({ plan: 'ring', pivot: null });
  });

  it('say that they are not read as CALM reads them', async () => {
    const { asked, made } = sideOf(rows, { mode: 'calm' });
    const { notices } = await made();
    expect(asked.wishes[0].mode).toBe('own');
    expect(notices).toEqual([expect.stringContaining('CALM')]);
  });

  it('are refused in a sentence where there are none', async () => {
    await expect(sideOf(rows, { answers: 0 }).made()).rejects.toThrow('no answers of models');
    await expect(sideOf([]).made()).rejects.toThrow('The votes make no pairs');
    await expect(sideOf([row({ language: SW, asked: SW })]).made()).rejects.toThrow(
      'None of 1 pair of the votes',
    );
  });
});
