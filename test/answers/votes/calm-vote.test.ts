import { describe, expect, it } from 'vitest';
import {
  calmChoices,
  calmExplanation,
  calmLetter,
  calmPairs,
  optionLine,
} from '../../../src/answers/votes/calm-vote.ts';
import { everyLanguage, vote } from '../../../src/answers/votes/vote.ts';
import type { AnswerTable } from '../../../src/core/answers.ts';
import { MARKER_PROFILES } from '../../../src/core/marker-profiles.ts';
import type { PreferencePair } from '../../../src/core/preference-pairs.ts';
import type { VoteSettings } from '../../../src/core/votes.ts';
import { answerTable, type AnswerSpec } from '../../helpers/answer-tables.ts';

const OPTIONS = {
  en: ['town', 'hospital', 'school', 'river', 'shop'],
  cn: ['城镇', '医院', '学校', '河', '商店'],
  fr: ['ville', 'hôpital', 'école', 'rivière', 'magasin'],
};

/** One question in three languages, with the answers given. */
function asked(answers: [language: string, text: string][], gold = -1): AnswerTable {
  const seen: Record<string, number> = {};
  const specs: AnswerSpec[] = answers.map(([language, text]) => {
    const sample = seen[language] ?? 0;
    seen[language] = sample + 1;
    return { question: 0, language, text, sample };
  });
  return answerTable({
    languages: ['en', 'cn', 'fr'],
    questions: [{ options: 5, gold }],
    answers: specs,
    wordings: Object.fromEntries(
      Object.entries(OPTIONS).map(([language, options]) => [
        language,
        [{ instruction: `think in ${language}`, prompt: `question in ${language}`, options }],
      ]),
    ),
  });
}

function paired(
  table: AnswerTable,
  { order, voters, truthIn = null }: Partial<VoteSettings> & { truthIn?: number | null } = {},
): ReturnType<typeof calmPairs> {
  const all = everyLanguage(table);
  const settings = { order: order ?? all.order, voters: voters ?? order ?? all.order };
  const choices = calmChoices(table, MARKER_PROFILES);
  const election = vote(table, choices, settings);
  const calm = { profiles: MARKER_PROFILES, voters: settings.voters, truthIn };
  return calmPairs(table, choices, { election, settings: calm });
}

const rejected = (table: AnswerTable, pairs: PreferencePair[]): string[] =>
  pairs.map(
    (pair) => `${table.languages[pair.language].label} ${table.answers.text[pair.rejected]}`,
  );

describe('choices of CALM', () => {
  const read = (language: string, text: string): string => {
    const [choice] = calmChoices(asked([[language, text]]), MARKER_PROFILES);
    return choice < 0 ? '' : calmLetter(choice);
  };

  it.each([
    ['en', 'Explanation: so.\n\nAnswer: C. school', 'C'],
    ['en', 'Answer: (B) hospital', 'B'],
    ['en', 'Answer:<B. hospital>', 'B'],
    ['en', 'Answer: A Answer: D', 'D'],
    ['cn', '答案：B', 'B'],
    ['fr', 'Réponse : E. magasin', 'E'],
    ['en', 'I cannot answer this question.', ''],
    ['en', 'As it is A', 'A'],
    ['en', 'Answer: F', 'F'],
    ['en', 'Answer: F. what', ''],
    ['en', 'Answer: ?', '?'],
    ['en', 'Answer: b', 'b'],
    ['en', 'Answer:', ''],
    ['en', '', ''],
  ])('reads %s %j as %j', (language, text, letter) => {
    expect(read(language, text)).toBe(letter);
  });
});

describe('pairs of CALM', () => {
  it('rejects every valid answer with another letter, as it stands, in all languages', () => {
    const table = asked([
      ['en', 'Explanation: it is far.\n\nAnswer: B. hospital'],
      ['en', 'Explanation: no idea.\nAnswer: A'],
      ['en', 'I cannot say.'],
      ['cn', '解释:因为。\n答案:B'],
      ['cn', '答案:C。学校'],
      ['fr', '  Réponse: D  '],
    ]);
    const { pairs } = paired(table);
    expect(rejected(table, pairs)).toEqual([
      'en Explanation: no idea.\nAnswer: A',
      'cn 答案:C。学校',
      'fr   Réponse: D  ',
    ]);
    // The last answer with the winning letter is the Chinese one.
    expect(pairs.map(({ target }) => target.text)).toEqual([
      'Explanation: 因为。\nAnswer:B. hospital',
      '解释: 因为。\n答案:B. 医院',
      'Explication: 因为。\nRéponse:B. hôpital',
    ]);
    expect(pairs.map(({ flags }) => flags)).toEqual([
      ['needs_translation'],
      [],
      ['needs_translation'],
    ]);
    expect(pairs[2]).toMatchObject({ instruction: 'think in fr', input: 'question in fr' });
  });

  it('takes the explanation of the language that stands last in the order', () => {
    const table = asked([
      ['en', 'Explanation: english.\nAnswer: B'],
      ['cn', '解释:中文\n答案:B'],
      ['fr', 'Réponse: A'],
    ]);
    const [en, cn, fr] = [0, 1, 2];
    expect(paired(table, { order: [fr, cn, en] }).pairs[0].target.text).toBe(
      'Explication: english.\nRéponse:B. hôpital',
    );
  });

  it('gives a tie to the letter of the language that stands first', () => {
    const table = asked([
      ['en', 'Answer: A'],
      ['cn', '答案:B'],
    ]);
    expect(rejected(table, paired(table, { order: [0, 1] }).pairs)).toEqual(['cn 答案:B']);
    expect(rejected(table, paired(table, { order: [1, 0] }).pairs)).toEqual(['en Answer: A']);
  });

  it('lets English vote alone: its own minority is rejected, and all others that differ', () => {
    const table = asked([
      ['en', 'Answer: A'],
      ['en', 'Answer: A'],
      ['en', 'Answer: B'],
      ['cn', '答案:B'],
      ['cn', '答案:B'],
      ['fr', 'Réponse: A'],
    ]);
    const { pairs } = paired(table, { order: [1, 2, 0], voters: [0] });
    expect(rejected(table, pairs)).toEqual(['en Answer: B', 'cn 答案:B', 'cn 答案:B']);
    expect(table.answers.language[pairs[1].target.answer]).toBe(0);
  });

  it('makes no pair where everyone agrees or nobody has a letter', () => {
    expect(
      paired(
        asked([
          ['en', 'Answer: A'],
          ['fr', 'Réponse: A'],
        ]),
      ).pairs,
    ).toEqual([]);
    expect(
      paired(
        asked([
          ['en', 'no'],
          ['fr', 'non'],
        ]),
      ),
    ).toMatchObject({
      pairs: [],
      leftOut: { noVotes: 1 },
    });
  });

  it('replaces the winner by the first right English answer, and leaves out questions without one', () => {
    const answers: [string, string][] = [
      ['en', 'Explanation: first.\nAnswer: A'],
      ['en', 'Explanation: second.\nAnswer: A'],
      ['en', 'Answer: B'],
      ['fr', 'Réponse: B'],
      ['fr', 'Réponse: B'],
    ];
    const right = paired(asked(answers, 0), { truthIn: 0 });
    expect(rejected(asked(answers, 0), right.pairs)).toEqual([
      'en Answer: B',
      'fr Réponse: B',
      'fr Réponse: B',
    ]);
    expect(right.pairs[1].target.text).toBe('Explication: first.\nRéponse:A. ville');
    expect(right).toMatchObject({ rejectedRight: 0, known: 3 });
    expect(paired(asked(answers, 3), { truthIn: 0 })).toMatchObject({
      pairs: [],
      leftOut: { notRight: 1 },
    });
  });

  it('counts right answers that the vote rejects', () => {
    const table = asked(
      [
        ['en', 'Answer: A'],
        ['cn', '答案:A'],
        ['fr', 'Réponse: B'],
      ],
      1,
    );
    expect(paired(table)).toMatchObject({ rejectedRight: 1, known: 1 });
  });

  it('shows the letter alone, flagged, where the option is not known', () => {
    const table = asked([
      ['en', 'Answer: F'],
      ['en', 'Answer: F'],
      ['fr', 'Réponse: B'],
    ]);
    const [pair] = paired(table).pairs;
    expect(pair.target.text).toBe('Explication: \nRéponse:F');
    expect(pair.flags).toEqual(['needs_translation', 'option_text_unknown']);
  });

  it('writes the option as the prompt lists it', () => {
    expect(optionLine('B', 'flu', 'Which?\n(A) cold\n(B) flu')).toBe('(B) flu');
    expect(optionLine('B', 'flu', 'Which?\nA. cold\nB. flu')).toBe('B. flu');
    expect(optionLine('1', undefined, '')).toBe('1');
  });

  it('cuts an explanation out: last marker of it, first marker of an answer behind, in any spelling', () => {
    expect(calmExplanation('Explanation: a\nExplanation: b \nAnswer: A\nAnswer: B')).toBe('b');
    expect(calmExplanation('Erläuterung:\n\nso.\n\nAntwort: A. Stadt')).toBe('Erläuterung:\n\nso.');
    expect(calmExplanation('解释：因为\n答案：B. 城镇')).toBe('因为');
    expect(calmExplanation('Explication : ainsi\nRéponse : A')).toBe('ainsi');
    expect(calmExplanation('nothing')).toBe('nothing');
  });

  it('cuts and writes with the markers that the user gives, also with none', () => {
    const profiles = {
      en: { answer: ['Result:'], explanation: ['Why:'] },
      fr: { answer: [], explanation: [] },
    };
    const table = asked([
      ['en', 'Why: so. Result: B'],
      ['en', 'Why: so. Result: B'],
      ['fr', 'A'],
    ]);
    const choices = calmChoices(table, profiles);
    const settings = { order: [0, 2], voters: [0, 2] };
    const { pairs } = calmPairs(table, choices, {
      election: vote(table, choices, settings),
      settings: { profiles, voters: settings.voters, truthIn: null },
    });
    expect(pairs.map(({ target }) => target.text)).toEqual([' so.\nB. hôpital']);
  });
});
