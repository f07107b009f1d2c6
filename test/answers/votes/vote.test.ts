import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyLanguage, vote } from '../../../src/answers/votes/vote.ts';
import { voteGroups } from '../../../src/answers/votes/vote-report.ts';
import type { AnswerTable } from '../../../src/core/answers.ts';
import { answerTable } from '../../helpers/answer-tables.ts';
import { expectClose } from '../../helpers/expect-close.ts';
import { lettered } from '../../helpers/lettered.ts';

const groupsOf = (table: AnswerTable, choices: Int32Array) =>
  voteGroups(table, choices, vote(table, choices, everyLanguage(table)));
const languagesOf = ({ languages }: AnswerTable, list: string): number[] =>
  list.split(' ').map((label) => languages.findIndex((language) => language.label === label));

describe('vote', () => {
  it('counts every valid answer of every language and sample once', () => {
    const { table, choices } = lettered({ en: ['AAB'], de: ['B-A'], ja: ['C'] });
    const { votes } = vote(table, choices, everyLanguage(table));
    expect(votes.winner).toEqual(Int32Array.of(0));
    expect([votes.votes[0], votes.invalid[0], votes.tie[0]]).toEqual([6, 1, 0]);
    expect(Array.from(votes.tally.choice)).toEqual([0, 1, 2]);
    expect(Array.from(votes.tally.count)).toEqual([3, 2, 1]);
    expectClose(votes.share, [0.5]);
    expectClose(votes.margin, [1 / 6]);
    // -(1/2 log 1/2 + 1/3 log 1/3 + 1/6 log 1/6) in bits
    expectClose(votes.entropy, [1.459147917]);
    expectClose(votes.coverage, [2 / 3]);
    expectClose(votes.selfConsistency, [2 / 3, 1 / 2, 1]);
    expect(Array.from(votes.holdsWinner)).toEqual([1, 1, 0]);
  });

  it.each([
    ['en de ja', 0],
    ['en ja de', 0],
    ['de en ja', 1],
    ['de ja en', 1],
    ['ja en de', 2],
    ['ja de en', 2],
  ])('gives a tie of three to the first language of %s', (list, winner) => {
    const { table, choices } = lettered({ en: ['A'], de: ['B'], ja: ['C'] });
    const order = languagesOf(table, list);
    const { votes } = vote(table, choices, { order, voters: order });
    expect([votes.winner[0], votes.tie[0], votes.margin[0]]).toEqual([winner, 1, 0]);
  });

  it('gives a tie within a language to the earlier sample, wherever its row stands', () => {
    const table = answerTable({
      languages: ['en'],
      questions: [{}],
      answers: [
        { question: 0, language: 'en', text: 'A', sample: 1 },
        { question: 0, language: 'en', text: 'B', sample: 0 },
      ],
    });
    const { votes } = vote(table, Int32Array.of(0, 1), everyLanguage(table));
    expect([votes.winner[0], votes.tie[0]]).toEqual([1, 1]);
  });

  it('lets voters vote alone, and leaves out what is not in the order', () => {
    const { table, choices } = lettered({ en: ['A'], de: ['BB'], ja: ['CC'] });
    const [en, de] = languagesOf(table, 'en de');
    const { votes, pool } = vote(table, choices, { order: [de, en], voters: [en] });
    expect([votes.winner[0], votes.votes[0], votes.share[0], votes.coverage[0]]).toEqual([
      0, 1, 1, 1,
    ]);
    expect(Array.from(pool.answers, (answer) => table.answers.text[answer])).toEqual([
      'B',
      'B',
      'A',
    ]);
  });

  it('elects nobody where every answer is invalid', () => {
    const { table, choices } = lettered({ en: ['--'], de: ['-'] });
    const { votes } = vote(table, choices, everyLanguage(table));
    expect([votes.winner[0], votes.votes[0], votes.invalid[0], votes.tie[0]]).toEqual([
      -1, 0, 3, 0,
    ]);
    expect([votes.share[0], votes.margin[0], votes.entropy[0], votes.coverage[0]]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
  });

  it('has no entropy, and never -0, where everyone agrees', () => {
    const { table, choices } = lettered({ en: ['DDD'], de: ['DDD'] });
    const { votes } = vote(table, choices, everyLanguage(table));
    expect([votes.share[0], votes.margin[0], votes.entropy[0]]).toEqual([1, 1, 0]);
  });

  it('leaves a language that did not answer out of the coverage', () => {
    const { table, choices } = lettered({ en: ['A'], de: ['A'], ja: [''] });
    const { votes } = vote(table, choices, everyLanguage(table));
    expect(votes.coverage[0]).toBe(1);
    expectClose(votes.selfConsistency, [1, 1, NaN]);
  });

  it('knows more than 26 options, and models apart', () => {
    const answers = ['m', 'n'].flatMap((model) =>
      ['en', 'de'].map((language) => ({ question: 0, language, text: '', model })),
    );
    const table = answerTable({
      languages: ['en', 'de'],
      questions: [{ options: 30 }],
      answers,
      models: ['m', 'n'],
    });
    const { votes } = vote(table, Int32Array.of(28, 28, 29, 3), everyLanguage(table));
    expect(Array.from(votes.winner)).toEqual([28, 29]);
    expect(Array.from(votes.model)).toEqual([0, 1]);
    expect(Array.from(votes.tie)).toEqual([0, 1]);
  });

  it('passes over open questions, but not over their clusters', () => {
    const answers = [{ question: 0, language: 'en', text: 'a boat' }];
    const table = answerTable({ languages: ['en'], questions: [{ options: 0 }], answers });
    expect(vote(table, Int32Array.of(-1), everyLanguage(table)).votes.question.length).toBe(0);
    expect(vote(table, Int32Array.of(0), everyLanguage(table)).votes.question.length).toBe(1);
  });

  it('always has as many votes as valid answers, and a winner whom no choice beats', () => {
    const samples = fc.string({ unit: fc.constantFrom('A', 'B', 'C', '-'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(samples, samples), { minLength: 1, maxLength: 6 }), (rows) => {
        const { table, choices } = lettered({
          en: rows.map(([en]) => en),
          de: rows.map(([, de]) => de),
        });
        const { votes } = vote(table, choices, everyLanguage(table));
        const sum = (values: Int32Array): number => values.reduce((a, b) => a + b, 0);
        expect(sum(votes.votes)).toBe(choices.filter((choice) => choice >= 0).length);
        expect(sum(votes.votes) + sum(votes.invalid)).toBe(choices.length);
        votes.votes.forEach((total, row) => {
          const counts = votes.tally.count.subarray(
            votes.tally.start[row],
            votes.tally.start[row + 1],
          );
          expect(sum(counts)).toBe(total);
          if (total > 0) expect(votes.share[row]).toBe(Math.max(...counts) / total);
        });
      }),
    );
  });
});

describe('the report of votes', () => {
  /** Five questions: right by all, right by share 2/3, wrong by share 2/3, tied, all invalid. */
  const { table, choices } = lettered(
    {
      en: ['A', 'B', 'C', 'A', '-'],
      de: ['A', 'B', 'D', 'B', '-'],
      ja: ['A', 'C', 'D', '-', '-'],
    },
    [0, 1, 2, 0, 4],
  );
  const groups = groupsOf(table, choices);
  const [group] = groups;

  it('counts questions, ties and shares', () => {
    expect(groups).toHaveLength(1);
    expect(group).toMatchObject({
      questions: 5,
      withoutVotes: 1,
      ties: 1,
      unanimous: 1,
      votes: 11,
      invalid: 4,
      shares: [0, 0, 0, 0, 1, 0, 2, 0, 0, 1],
    });
  });

  it('judges the vote, and every language alone on what it answered', () => {
    // Questions 0, 1 and 3 (the tie goes to English) are right; no valid answer is wrong.
    expect(group.truth?.vote).toMatchObject({ questions: 5, right: 3 });
    // Wilson, scipy 1.10: binomtest(3, 5).proportion_ci(method='wilson')
    expectClose(group.truth?.vote.interval ?? [], [0.230724, 0.882379]);
    expect(group.truth?.alone.map(({ own }) => [own.right, own.questions])).toEqual([
      [4, 5],
      [2, 5],
      [1, 5],
    ]);
    expect(group.truth).toMatchObject({ rejected: 3, rejectedRight: 1 });
  });

  it('calibrates by share, and keeps what reaches a threshold', () => {
    const bins = group.truth?.calibration ?? [];
    expect(bins.map(({ questions, right }) => [questions, right])).toEqual([
      ...[
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
        [1, 1],
        [0, 0],
      ],
      ...[
        [2, 1],
        [0, 0],
        [0, 0],
        [1, 1],
      ],
    ]);
    expectClose([bins[6].meanShare, bins[0].meanShare], [2 / 3, NaN]);
    const at = (threshold: number) =>
      group.truth?.yields.find((point) => Math.abs(point.threshold - threshold) < 1e-9);
    expect(at(0)).toMatchObject({ kept: 4, right: 3, yield: 0.8, purity: 0.75 });
    expect(at(0.65)).toMatchObject({ kept: 3, right: 2, yield: 0.6 });
    expect(at(0.7)).toMatchObject({ kept: 1, right: 1, yield: 0.2, purity: 1 });
    expect(at(1)).toMatchObject({ kept: 1, right: 1 });
  });

  it('measures how often two languages agree, on questions that both have valid answers to', () => {
    // en-de: 1 1 0 0 of four; en-ja and de-ja: three questions.
    expectClose(group.agreement, [NaN, 2 / 4, 1 / 3, 2 / 4, NaN, 2 / 3, 1 / 3, 2 / 3, NaN]);
    expect(Array.from(group.compared)).toEqual([0, 4, 3, 4, 0, 3, 3, 3, 0]);
  });

  it('measures agreement of samples as the share of pairs that agree', () => {
    const several = lettered({ en: ['AAB'], de: ['AC'] });
    const [{ agreement }] = groupsOf(several.table, several.choices);
    expect(agreement[1]).toBe(2 / 6);
  });

  it('judges only questions whose right option is known', () => {
    const some = lettered({ en: ['A', 'B'], de: ['A', 'B'] }, [0, -1]);
    const [{ truth, questions }] = groupsOf(some.table, some.choices);
    expect([questions, truth?.vote.questions]).toEqual([2, 1]);
    const none = lettered({ en: ['A'] });
    expect(groupsOf(none.table, none.choices)[0].truth).toBe(null);
  });

  it('keeps tasks and models apart', () => {
    const questions = [{ task: 0 }, { task: 1 }];
    const answers = [0, 1].flatMap((question) =>
      ['m', 'n'].map((model) => ({ question, language: 'en', text: 'A', model })),
    );
    const both = answerTable({
      languages: ['en'],
      questions,
      answers,
      tasks: ['s', 't'],
      models: ['m', 'n'],
    });
    const zeros = new Int32Array(4);
    const made = voteGroups(both, zeros, vote(both, zeros, everyLanguage(both)));
    expect(made.map(({ task, model }) => [task, model])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });
});
