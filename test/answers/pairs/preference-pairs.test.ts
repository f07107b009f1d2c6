import { describe, expect, it } from 'vitest';
import {
  exampleRows,
  preferencePairs,
  type PairSettings,
} from '../../../src/answers/pairs/preference-pairs.ts';
import { everyLanguage, vote } from '../../../src/answers/votes/vote.ts';
import type { AnswerTable } from '../../../src/core/answers.ts';
import {
  PAIR_FILTERS,
  type PairFilters,
  type PairSet,
} from '../../../src/core/preference-pairs.ts';
import { isRefusal } from '../../../src/core/refusals.ts';
import { answerTable, type AnswerSpec, type TableSpec } from '../../helpers/answer-tables.ts';

/** Answers to one question as [language, letter, rest of the text]. */
type Said = [language: string, letter: string, rest?: string | undefined, logprob?: number][];

function asked(said: Said, spec: Partial<TableSpec> = {}): [AnswerTable, Int32Array] {
  const answers: AnswerSpec[] = said.map(
    ([language, letter, rest = '', logprob = NaN], sample) => ({
      question: 0,
      language,
      text: `${letter}${rest}`,
      sample,
      logprob,
    }),
  );
  const languages = [...new Set(said.map(([language]) => language))];
  const table = answerTable({ languages, questions: [{}], answers, ...spec });
  return [table, Int32Array.from(said, ([, letter]) => 'ABCD'.indexOf(letter || '-'))];
}

function made(
  [table, choices]: [AnswerTable, Int32Array],
  filters: Partial<PairFilters> = {},
  settings: Partial<PairSettings> = {},
): PairSet {
  const own: PairSettings = {
    kind: 'own-language',
    refusals: filters.refusals ?? false,
    confidence: table.answers.logprob,
    isInLanguage: () => true,
    filters: { ...PAIR_FILTERS, share: 0.5, ...filters },
    ...settings,
  };
  const election = vote(table, choices, everyLanguage(table));
  return preferencePairs(table, choices, { election, settings: own });
}

const texts = ([table]: [AnswerTable, Int32Array], { pairs }: PairSet): string[] =>
  pairs.map(({ target, rejected }) => `${target.text} > ${table.answers.text[rejected]}`);

describe('pairs of our own', () => {
  const plain = asked([
    ['en', 'A', ' one'],
    ['en', 'A', ' two'],
    ['en', 'B', ' three'],
    ['de', 'A', ' eins'],
    ['de', 'C', ' zwei'],
    ['fr', 'D', ' un'],
    ['en', '', ' invalid'],
  ]);

  it('rejects what disagrees, against the first answer of the language that agrees', () => {
    const set = made(plain);
    expect(texts(plain, set)).toEqual(['A one > B three', 'A eins > C zwei']);
    expect(set.leftOut).toEqual({ noTarget: 1 });
    expect(set.pairs.map(({ flags }) => flags)).toEqual([[], []]);
  });

  it('takes the answer that the model is surest of, whatever its place', () => {
    const sure = asked([
      ['en', 'A', ' one'],
      ['en', 'A', ' two', -2],
      ['en', 'A', ' three', -1],
      ['en', 'B', ' four', -3],
    ]);
    expect(texts(sure, made(sure))).toEqual(['A three > B four']);
  });

  it('takes the winner in another language where asked to, flagged', () => {
    const set = made(plain, {}, { kind: 'winner-text' });
    expect(texts(plain, set)).toEqual(['A one > B three', 'A one > C zwei', 'A one > D un']);
    expect(set.pairs.map(({ flags }) => flags)).toEqual([
      [],
      ['needs_translation'],
      ['needs_translation'],
    ]);
  });

  it('takes the text of the option, or the letter alone where it is not known', () => {
    const known = asked(
      [
        ['en', 'A'],
        ['en', 'A'],
        ['en', 'A'],
        ['en', 'B'],
        ['he', 'B'],
      ],
      {
        wordings: { he: [{ options: ['עיר', 'נהר', 'ים', 'הר'] }] },
      },
    );
    const set = made(known, {}, { kind: 'option-text' });
    expect(texts(known, set)).toEqual(['A > B', 'A. עיר > B']);
    expect(set.pairs[0].flags).toEqual(['option_text_unknown']);
    expect(set.pairs.every(({ target }) => target.answer === -1)).toBe(true);
  });

  it.each([
    [{ share: 4 / 6 }, 'share'],
    [{ margin: 0.34 }, 'margin'],
    [{ coverage: 0.7 }, 'coverage'],
  ])('keeps a vote only from a threshold on: %j', (filters, reason) => {
    // Three of six votes, a margin of 1/3, in two of three languages.
    expect(made(plain, filters).leftOut).toEqual({ [reason]: 1 });
    expect(made(plain, { share: 0.5, margin: 1 / 3, coverage: 2 / 3 }).pairs).toHaveLength(2);
  });

  it('has no pair of a tie, whatever the thresholds', () => {
    const tied = asked([
      ['en', 'A'],
      ['en', 'B'],
      ['de', 'A'],
      ['de', 'B'],
    ]);
    expect(made(tied, { share: 0 })).toMatchObject({ pairs: [], leftOut: { tied: 1 } });
  });

  it('rejects the surest answer alone: by log-probability where all have one, else by its votes', () => {
    const bare: Said = [
      ['en', 'A'],
      ['de', 'A'],
      ['de', 'A'],
      ['de', 'A'],
      ['de', 'A'],
    ];
    const wrong: Said = [
      ['en', 'B', ' b', -3],
      ['en', 'C', ' c1', -1],
      ['en', 'C', ' c2', -2],
    ];
    const sure = asked([...bare, ...wrong]);
    expect(texts(sure, made(sure, { onlyMostConfident: true }))).toEqual(['A > C c1']);
    const unknown = asked([...bare, ...wrong.map(([l, c, t]): Said[number] => [l, c, t])]);
    expect(texts(unknown, made(unknown, { onlyMostConfident: true }))).toEqual(['A > C c1']);
    const half = asked([
      ...bare,
      ['en', 'B', ' b', 0],
      ...wrong.slice(1).map(([l, c, t]): Said[number] => [l, c, t]),
    ]);
    expect(texts(half, made(half, { onlyMostConfident: true }))).toEqual(['A > C c1']);
  });

  it('leaves out texts of too different a length', () => {
    const long = asked([
      ['en', 'A', '234'],
      ['de', 'A'],
      ['en', 'B', '2345678'],
      ['en', 'C', '23456789'],
    ]);
    expect(texts(long, made(long, { lengthRatio: 2 }))).toEqual(['A234 > B2345678']);
    expect(made(long, { lengthRatio: 2 }).leftOut).toEqual({ lengthRatio: 1 });
  });

  it('keeps duplicates of a rejected answer, each with its sample', () => {
    const twice = asked([
      ['en', 'A'],
      ['de', 'A'],
      ['de', 'A'],
      ['en', 'B'],
      ['en', 'B'],
    ]);
    const { pairs } = made(twice);
    expect(pairs.map(({ rejected }) => rejected)).toEqual([3, 4]);
  });

  it('never takes a refusal, unless most refuse and that is allowed', () => {
    const one: Said = [
      ['en', 'A', "I don't know"],
      ['en', 'A', ' yes'],
      ['en', 'B'],
    ];
    const texted = (said: Said): [AnswerTable, Int32Array] => {
      const [table, choices] = asked(said);
      table.answers.text = said.map(([, letter, rest]) =>
        rest?.startsWith('I') ? rest : `${letter}${rest ?? ''}`,
      );
      return [table, choices];
    };
    const some = texted(one);
    expect(texts(some, made(some, { refusals: true }))).toEqual(['A yes > B']);
    const all = texted([
      ['en', 'A', "I don't know"],
      ['en', 'A', 'I’m sorry, but no'],
      ['en', 'B'],
    ]);
    expect(made(all)).toMatchObject({ pairs: [], leftOut: { refusal: 1 } });
    const allowed = made(all, { refusals: true });
    expect(texts(all, allowed)).toEqual(["I don't know > B"]);
    expect(allowed.pairs[0].flags).toEqual(['refusal']);
  });

  it('takes no answer that is in another language, and flags what could not be told', () => {
    const mixed = asked([
      ['de', 'A', ' english'],
      ['de', 'A', ' deutsch'],
      ['de', 'B'],
      ['en', 'A'],
    ]);
    const isGerman = (text: string): boolean | null => (text.includes('english') ? false : null);
    const set = made(mixed, {}, { isInLanguage: isGerman });
    expect(texts(mixed, set)).toEqual(['A deutsch > B']);
    expect(set.pairs[0].flags).toEqual(['language_not_judged']);
    expect(made(mixed, {}, { isInLanguage: () => false }).leftOut).toEqual({ wrongLanguage: 2 });
  });

  it('has no pair where the question is not known in the language', () => {
    const hole = asked(
      [
        ['en', 'A'],
        ['en', 'A'],
        ['de', 'A'],
        ['de', 'B'],
      ],
      { wordings: { de: [null] } },
    );
    expect(made(hole)).toMatchObject({ pairs: [], leftOut: { noQuestion: 1 } });
  });

  it('counts right answers that are rejected', () => {
    const wrong = asked(
      [
        ['en', 'A'],
        ['en', 'A'],
        ['en', 'B'],
        ['en', 'C'],
      ],
      { questions: [{ gold: 1 }] },
    );
    expect(made(wrong)).toMatchObject({ rejectedRight: 1, known: 2 });
  });

  it('shows each target once as an example, also where everyone agrees', () => {
    const agreed = asked([
      ['en', 'A'],
      ['de', 'A', ' eins'],
      ['de', 'A', ' zwei'],
    ]);
    expect(made(agreed).pairs).toEqual([]);
    const [table, choices] = agreed;
    const election = vote(table, choices, everyLanguage(table));
    const settings: PairSettings = {
      kind: 'own-language',
      refusals: false,
      confidence: table.answers.logprob,
      isInLanguage: () => true,
      filters: PAIR_FILTERS,
    };
    const { pairs } = exampleRows(table, choices, { election, settings });
    expect(pairs.map(({ target, rejected }) => [target.text, rejected])).toEqual([
      ['A', -1],
      ['A eins', -1],
    ]);
  });
});

describe('refusals', () => {
  it.each([
    ["I don't know the answer.", 'en', true],
    ['I don’t know.', 'de', true],
    ['"Sorry, I cannot help."', 'en', true],
    ['Erklärung: Ich weiß nicht.', 'de', true],
    ['わかりません。', 'ja', true],
    ['抱歉，我无法回答。', 'zh', true],
    ['لا أعرف الإجابة', 'ar', true],
    ['Sorryless is a town.', 'nl', false],
    ['Non sono sicuro', 'it', false],
    ['Nobody would say: I do not know.', 'en', false],
    ['Je ne sais pas.', 'en', false],
    ['', 'en', false],
  ])('%j in %s: %s', (text, tag, refuses) => {
    expect(isRefusal(text, tag, ['Erklärung:'])).toBe(refuses);
  });
});
