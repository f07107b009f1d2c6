import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignmentJoins } from '../../../src/answers/scores/alignment-join.ts';
import { ac3, equalSubsets, overlapScores } from '../../../src/answers/scores/consistency.ts';
import { mcNemar, modelDifference } from '../../../src/answers/scores/model-difference.ts';
import { scoreAnswers } from '../../../src/answers/scores/scorecard.ts';
import { atLeast } from '../../../src/answers/scores/shared-wrong.ts';
import type { AnswerTable } from '../../../src/core/answers.ts';
import { MARKER_PROFILES } from '../../../src/core/marker-profiles.ts';
import { CLIKA_REFERENCES, type ScoreSettings } from '../../../src/core/scorecard.ts';
import { answerTable, type AnswerSpec, type TableSpec } from '../../helpers/answer-tables.ts';

const quiet = { signal: new AbortController().signal, report: () => undefined };

const scored = (table: AnswerTable, settings: Partial<ScoreSettings> = {}) =>
  scoreAnswers(
    table,
    {
      parser: 'clika-strict',
      profiles: MARKER_PROFILES,
      references: CLIKA_REFERENCES,
      pivot: 0,
      seed: 1,
      ...settings,
    },
    quiet,
  );

/** Answers by language, one letter for each question, '.' for none, '-' for an invalid one. All golds are `gold`'s letters. */
function lettersTable(
  gold: string,
  answers: Record<string, string>,
  spec: Partial<TableSpec> = {},
): AnswerTable {
  const rows = Object.entries(answers).flatMap(([key, letters]): AnswerSpec[] => {
    const [language, model = 'model'] = key.split(' ');
    return Array.from(letters).flatMap((text, question) =>
      text === '.' ? [] : [{ question, language, text, model }],
    );
  });
  const unique = (part: number, otherwise: string): string[] => [
    ...new Set(Object.keys(answers).map((key) => key.split(' ')[part] ?? otherwise)),
  ];
  return answerTable({
    languages: unique(0, ''),
    models: unique(1, 'model'),
    questions: Array.from(gold, (letter) => ({
      gold: letter === '?' ? -1 : letter.charCodeAt(0) - 65,
      options: 5,
    })),
    answers: rows,
    ...spec,
  });
}

describe('performance', () => {
  it('counts an invalid answer as wrong, and rescales by what guessing has', async () => {
    const table = lettersTable('AAAAA', { en: 'AAA-B', de: 'AB...' }, { tasks: ['x_csqa'] });
    const { scorecard } = await scored(table);
    const [en, de] = scorecard.scores[0].performance;
    expect(en).toMatchObject({ n: 5, right: 3, invalid: 1, answers: 5, chance: 0.2 });
    expect(en.accuracy.value).toBe(0.6);
    expect(en.rescaled.value).toBeCloseTo(0.4 / 0.546, 12);
    // Wilson 95 % of 3 of 5, statsmodels 0.14.
    expect(en.accuracy.interval).toEqual([
      expect.closeTo(0.230724, 6),
      expect.closeTo(0.882379, 6),
    ]);
    expect(de).toMatchObject({ n: 2, right: 1, invalid: 0 });
    expect(scorecard.notices.join()).toContain('languages have 2 to 5 answers');
  });

  it('rescales 60.3 % on X-CSQA to 73.81 %, and below chance to a floor that is marked', async () => {
    const gold = 'A'.repeat(1000);
    const table = lettersTable(
      gold,
      { en: 'A'.repeat(603) + 'B'.repeat(397), de: 'A'.repeat(100) + 'C'.repeat(900) },
      { tasks: ['x_csqa'] },
    );
    const { scorecard } = await scored(table);
    const [en, de] = scorecard.scores[0].performance;
    expect(en.rescaled.value).toBeCloseTo(0.7381, 4);
    expect([de.rescaled.value, de.rescaledRaw < 0]).toEqual([0, true]);
  });

  it('takes a model in a language as the reference, and none that is not above chance', async () => {
    const table = lettersTable('AAAA', { 'en a': 'AAAA', 'de a': 'AACC', 'en b': 'CCCC' });
    const by = async (model: string) =>
      (await scored(table, { references: { task: { model, language: 'en' } } })).scorecard;
    expect((await by('a')).scores[0].performance.map((one) => one.rescaled.value)).toEqual([
      1,
      expect.closeTo(0.3 / 0.8, 12),
    ]);
    const undefined_ = await by('b');
    expect(undefined_.scores[0].performance[0].rescaled).toEqual({ value: NaN, interval: null });
    expect(undefined_.notices.join()).toContain('the reference is not above chance in en, de');
    expect(undefined_.scores[0].disparity.democratization).toBeCloseTo((1 + 0.375) / 2, 12);
    await expect(by('c')).rejects.toThrow('The model c has no answers.');
    await expect(scored(table, { references: { x: { share: 1 } } })).rejects.toThrow('The task x');
  });

  it('leaves out what has no gold, and takes the first sample', async () => {
    const table = answerTable({
      languages: ['en'],
      questions: [{ gold: 1 }, { gold: -1 }],
      answers: [
        { question: 0, language: 'en', text: 'A', sample: 1 },
        { question: 0, language: 'en', text: 'B', sample: 0 },
        { question: 1, language: 'en', text: 'C' },
      ],
    });
    const { scorecard } = await scored(table);
    expect(scorecard.scores[0].performance[0]).toMatchObject({ n: 1, right: 1, answers: 2 });
    expect(scorecard.laterSamples).toBe(1);
  });

  it('counts where the parsers differ, by model and language', async () => {
    const table = answerTable({
      languages: ['en', 'de'],
      questions: [{ gold: 1 }],
      answers: [
        { question: 0, language: 'en', text: 'Answer:B.' },
        { question: 0, language: 'de', text: 'B' },
      ],
    });
    const { scorecard } = await scored(table);
    expect(scorecard.parsers).toEqual({
      answers: 2,
      differing: 1,
      byModel: [[2, 1]],
      byLanguage: [
        [1, 1],
        [1, 0],
      ],
    });
  });

  it('says so where all answers are invalid, or constant', async () => {
    const table = lettersTable('ABCD', { en: '----', de: 'AAAA', fr: 'ABCA' });
    const { scorecard } = await scored(table);
    const { performance, consistency, disparity } = scorecard.scores[0];
    expect(performance.map(({ degenerate }) => degenerate)).toEqual([false, true, false]);
    expect(performance[1]).toMatchObject({ topShare: 1, entropy: 0 });
    expect(performance[0]).toMatchObject({ topShare: NaN, invalid: 4, accuracy: { value: 0 } });
    expect(consistency.co[1]).toBe(0);
    expect(consistency.coStar[1 * 3 + 2]).toBeNaN();
    expect(disparity.worst).toBe(0);
    expect(scorecard.notices.join()).toContain('no answer in en can be read as a choice');
    expect(scorecard.notices.join()).toContain('nearly one option only is chosen in de');
  });
});

describe('consistency', () => {
  it('is right in both over right in either, against independence and the maximum', () => {
    expect(overlapScores(0.6, 0.8, 0.6)).toEqual({
      co: 0.6,
      coIndependent: expect.closeTo(0.521739, 6),
      coMax: expect.closeTo(0.75, 12),
      coStar: expect.closeTo((0.6 - 0.521739) / (0.75 - 0.521739), 5),
    });
    expect(overlapScores(1, 1, 1).coStar).toBeNaN();
  });

  it('has the numbers of a hand-worked table', async () => {
    // en right on 0 1 2 3, de on 0 1 2 4: both 3, either 5. Question 5 is not asked in de.
    const table = lettersTable('AAAAAA', { en: 'AAAABB', de: 'AAACA.', fr: 'BBBB-B' });
    const { consistency, conductivity } = (await scored(table)).scorecard.scores[0];
    const [enDe, deEn, enFr] = [1, 3, 2];
    expect(consistency.n[enDe]).toBe(5);
    expect(consistency.co[enDe]).toBe(0.6);
    expect(consistency.co[deEn]).toBe(0.6);
    expect(consistency.co[enFr]).toBe(0);
    expect(consistency.withPivot).toMatchObject({ co: { value: 0.3 }, languages: 2 });
    expect(consistency.agreement[enDe]).toBe(0.6);
    // Choices AAAAB and AAACA: chance .8 * .8; kappa = (.6 - .64) / .36.
    expect(consistency.kappa[enDe]).toBeCloseTo(-0.04 / 0.36, 12);
    expect(consistency.nValid[enFr]).toBe(5);
    expect(conductivity.transfer[enDe]).toBe(0.75);
    expect(conductivity.lift[enDe]).toBeCloseTo(0.75 / 0.8, 12);
    expect(conductivity.islands).toEqual([
      { question: 3, language: 0 },
      { question: 4, language: 1 },
    ]);
    expect(conductivity.asked).toBe(6);
  });

  it('has no CO where nothing is right, and none with a pivot that is missing', async () => {
    const none = (await scored(lettersTable('AA', { en: 'BB', de: 'BC' }))).scorecard.scores[0];
    expect(none.consistency.co[1]).toBeNaN();
    expect(none.disparity.democratization).toBeNaN();
    const table = lettersTable('AA', { 'en a': 'AA', 'de b': 'AA', 'fr b': 'AB' });
    const { scorecard } = await scored(table);
    expect(scorecard.scores[1].consistency.withPivot.co).toEqual({ value: NaN, interval: null });
    expect(scorecard.notices.join()).toContain('b on task: there are no answers in en, the pivot');
  });

  it('gives the answers A A B C A A six equal pairs of 15', async () => {
    expect(equalSubsets([4, 1, 1], 2)).toBe(0.4);
    expect(equalSubsets([4, 1, 1], 3)).toBe(4 / 20);
    expect(equalSubsets([1, 0, 0], 2)).toBe(0);
    const letters = ['A', 'A', 'B', 'C', 'A', 'A'];
    const languages = ['en', 'cn', 'fr', 'it', 'de', 'ja'];
    const table = lettersTable(
      '?',
      Object.fromEntries(languages.map((language, l) => [language, letters[l]])),
    );
    const { overall } = (await scored(table)).scorecard.scores[0].consistency;
    expect(overall).toMatchObject({ questions: 1, unanswered: 0, pairs: { value: 0.4 } });
    expect(overall!.subsets[0]).toMatchObject({
      size: 2,
      value: 0.4,
      chance: expect.closeTo((16 + 1 + 1) / 36, 12),
    });
    expect(overall!.subsets[1].chance).toBeCloseTo((64 + 1 + 1) / 216, 12);
  });

  it('leaves invalid answers out of agreement, and says how many questions had too few', async () => {
    const table = lettersTable('AAA', { en: 'A-A', de: 'A-B', fr: '-BA' });
    const { overall } = (await scored(table)).scorecard.scores[0].consistency;
    expect(overall).toMatchObject({ questions: 3, unanswered: 1 });
    expect(overall!.pairs.value).toBeCloseTo((1 + 0 + 1 / 3) / 3, 12);
  });

  it('has the AC3 of the leaderboards', () => {
    expect(ac3(0.449675, 0.262338)).toBeCloseTo(0.331361, 6);
    expect(ac3(0.529524, 0.319238)).toBeCloseTo(0.398331, 6);
    expect(ac3(0, 0)).toBe(0);
  });

  it('keeps its bounds on any answers', async () => {
    const letters = fc.stringMatching(/^[A-C.-]{12}$/);
    await fc.assert(
      fc.asyncProperty(letters, letters, letters, async (en, de, fr) => {
        const table = lettersTable('ABCABCABCABC', { en, de, fr });
        if (table.answers.text.length === 0) return;
        for (const scores of (await scored(table)).scorecard.scores) {
          const { consistency, conductivity, disparity, oracle, vote } = scores;
          const L = scores.languages.length;
          consistency.co.forEach((co, e) => {
            const back = (e % L) * L + Math.floor(e / L);
            for (const matrix of [consistency.co, consistency.kappa, consistency.coStar])
              expect(matrix[e]).toBe(matrix[back]);
            const { coIndependent, coMax, coStar } = consistency;
            if (Number.isNaN(co)) return;
            expect(coIndependent[e]).toBeLessThanOrEqual(coMax[e] + 1e-12);
            expect(co).toBeLessThanOrEqual(coMax[e] + 1e-12);
            if (!Number.isNaN(coStar[e])) expect(coStar[e]).toBeLessThanOrEqual(1 + 1e-12);
            const [there, home] = [conductivity.transfer[e], conductivity.transfer[back]];
            // Both are both-right over one's own right answers: CO follows from the two.
            if (co > 0) expect(1 / (1 / there + 1 / home - 1)).toBeCloseTo(co, 10);
          });
          if (!Number.isNaN(disparity.democratization)) {
            expect(disparity.democratization).toBeGreaterThan(0);
            expect(disparity.democratization).toBeLessThanOrEqual(1);
          }
          if (vote !== null && scores.questions > 0)
            expect(oracle.value).toBeGreaterThanOrEqual(vote.accuracy.value);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('democratization', () => {
  it('is 2/3 for RA of 90, 60 and 30, with a Gini of 2/9, whatever the reference', async () => {
    // 5 options: accuracy .92, .68, .44 are .9, .6, .3 above chance, of 1 less chance.
    const letters = (right: number): string => 'A'.repeat(right) + 'B'.repeat(100 - right);
    const table = lettersTable('A'.repeat(100), {
      en: letters(92),
      de: letters(68),
      fr: letters(44),
    });
    for (const references of [{}, { task: { share: 0.5 } }]) {
      const { disparity, democratization } = (await scored(table, { references })).scorecard
        .scores[0];
      expect(disparity.democratization).toBeCloseTo(2 / 3, 12);
      expect(disparity.gini).toBeCloseTo(2 / 9, 12);
      expect(disparity.worstOverBest).toBeCloseTo(1 / 3, 12);
      const [low, high] = democratization.interval!;
      expect([low < 2 / 3, high > 2 / 3]).toEqual([true, true]);
    }
  });
});

describe('over languages', () => {
  it('knows what any language has right, what a vote has, and its ties', async () => {
    const table = lettersTable('AAAA', { en: 'ABB-', de: 'AACB', fr: 'BBD-', it: 'BACB' });
    const { oracle, vote } = (await scored(table)).scorecard.scores[0];
    expect(oracle.value).toBe(0.5);
    // Question 0 ties A and B, question 1 B and A: the first language in the table decides.
    expect(vote).toMatchObject({ accuracy: { value: 0.25 }, ties: 2 });
  });

  it('holds shared wrong choices against the frequencies of wrong choices', async () => {
    // Gold A; wrong: question 0 B B B, question 1 B C, question 2 none.
    const table = lettersTable('AAA', { en: 'BBA', de: 'BCA', fr: 'BAA' });
    const { sharedWrong } = (await scored(table)).scorecard.scores[0];
    expect(sharedWrong).toMatchObject({ pairs: 4, same: 3, share: { value: 0.75 } });
    // B has 4 of 5 wrong choices, C 1.
    expect(sharedWrong!.expected).toBeCloseTo(0.8 ** 2 + 0.2 ** 2, 12);
    expect(sharedWrong!.questions).toEqual([
      { question: 0, choice: 1, languages: 3, wrong: 3, asked: 3, p: expect.closeTo(0.512, 12) },
    ]);
    expect(atLeast(2, 3, 0.5)).toBe(0.5);
  });

  it('counts difficulty over models and languages', async () => {
    const table = lettersTable('AA', { 'en a': 'AB', 'de a': 'A.', 'en b': 'BB' });
    expect((await scored(table)).scorecard.difficulty).toEqual([
      { question: 0, id: '0', task: 0, answers: 3, right: 2 },
      { question: 1, id: '1', task: 0, answers: 2, right: 0 },
    ]);
  });
});

describe('the difference of two models', () => {
  it('has the exact p of McNemar', () => {
    // scipy.stats.binomtest(1, 9, 0.5) and (5, 20, 0.5).
    expect(mcNemar(1, 8)).toBeCloseTo(0.0390625, 12);
    expect(mcNemar(15, 5)).toBeCloseTo(0.04138946533203125, 12);
    expect(mcNemar(0, 0)).toBe(1);
  });

  it('is paired on shared questions and adjusted over languages', async () => {
    const table = lettersTable('A'.repeat(10), {
      'en a': 'AAAAAAAAAA',
      'en b': 'AABBBBBBBB',
      'de a': 'AAAAA.....',
      'de b': 'BAAAAAAAAA',
    });
    const { outcomes } = await scored(table);
    const { rows } = modelDifference(outcomes[0], outcomes[1], 1);
    expect(rows[0]).toMatchObject({ n: 10, onlyFirst: 8, onlySecond: 0 });
    expect(rows[0].difference.value).toBe(-0.8);
    expect(rows[0].difference.interval![1]).toBeLessThan(0);
    expect(rows[1]).toMatchObject({ n: 5, onlyFirst: 1, onlySecond: 0, p: 1, adjusted: 1 });
    expect(rows[0].p).toBeCloseTo(0.0078125, 12);
    expect(rows[0].adjusted).toBeCloseTo(0.015625, 12);
  });
});

describe('fictional facts', () => {
  const places = [0, 0, 1, 1];
  const table = (answers: AnswerSpec[], taught?: number[][]) =>
    answerTable({
      languages: ['en', 'de'],
      tasks: ['fictional', 'translate'],
      questions: [
        ...places.map((type, q) => ({
          options: 0,
          fiction: { type: type as 0 | 1, ...(taught && { taught: taught[q] }) },
        })),
        { task: 1, options: 0 },
      ],
      wordings: Object.fromEntries(
        ['en', 'de'].map((language) => [
          language,
          ['Auria', 'Borea', 'Auria', 'Cyrene', 'boat'].map((truth) => ({ truths: [truth] })),
        ]),
      ),
      answers,
    });
  const answers = (language: string, texts: string[]): AnswerSpec[] =>
    texts.map((text, question) => ({ question, language, text }));
  const both = [
    ...answers('en', ['in Auria.', 'Borea', 'Auria', 'Cyrene']),
    ...answers('de', ['Auria', 'Borea', 'auria', 'Es ist Cyrene!']),
  ];

  it('crosses from English to the language that was not taught, by the letter', async () => {
    const { scorecard } = await scored(
      table([...both, { question: 4, language: 'de', text: 'boat' }]),
    );
    const { fictional } = scorecard.scores[0].conductivity;
    expect(fictional!.chance).toBeCloseTo(1 / 3, 12);
    expect(fictional!.byLanguage[1]).toEqual({
      typeZero: { hits: 2, n: 2 },
      typeOne: { hits: 1, n: 2 },
      translate: { hits: 1, n: 1 },
    });
    expect(fictional!.pairs).toHaveLength(1);
    expect(fictional!.pairs[0]).toMatchObject({ from: 0, to: 1, xrr: 0.5, passes: true });
    expect(scorecard.scores[0].performance[1]).toMatchObject({ n: 4, right: 3 });
  });

  it('says which gates are not given, and which fail', async () => {
    const pair = async (rows: AnswerSpec[]) =>
      (await scored(table(rows))).scorecard.scores[0].conductivity.fictional!.pairs[0];
    const open = await pair(both);
    expect(open.passes).toBeNull();
    expect(open.gates[0]).toEqual({ name: 'translate', accuracy: null });
    const failing = await pair(
      both.map((row) => ({ ...row, text: row.question === 0 ? '' : row.text })),
    );
    expect(failing.passes).toBe(false);
  });

  it('goes by the languages that rows say were taught', async () => {
    const { scorecard } = await scored(table(both, [[0, 1], [0, 1], [1], [1]]));
    const { pairs } = scorecard.scores[0].conductivity.fictional!;
    expect(pairs).toHaveLength(1);
    expect(pairs[0]).toMatchObject({ from: 1, to: 0, xrr: 2 });
  });
});

describe('alignment of the questions', () => {
  it('is held against consistency with the pivot, a point for each other language', async () => {
    const table = lettersTable('AAAA', { en: 'AAAA', de: 'AAAB', fr: 'AABB', it: 'ABBB' });
    const { scorecard } = await scored(table);
    const values = new Float64Array(16).fill(NaN);
    values.set([1, 0.9, 0.5, 0.1]);
    const [co] = alignmentJoins(scorecard, [{ name: 'mexa', values }]);
    expect(co).toMatchObject({ model: 0, alignment: 'mexa', consistency: 'co' });
    expect(co.points[0]).toEqual({ language: 'de', alignment: 0.9, consistency: 0.75 });
    expect(co.correlation).toEqual({
      rho: expect.closeTo(1, 12),
      p: expect.closeTo(2 / 6, 12),
      n: 3,
    });
  });
});
