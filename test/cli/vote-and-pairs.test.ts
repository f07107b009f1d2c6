import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { isogloss, scratch, write } from '../helpers/shell.ts';

const MARKERS: Record<string, [explanation: string, answer: string]> = {
  en: ['Explanation:', 'Answer:'],
  cn: ['解释:', '答案:'],
  fr: ['Explication:', 'Réponse:'],
};
/** Letters of three questions by language: agreed; split, English against the others; a tie of B and C. */
const SAID: Record<string, string[]> = {
  en: ['AAA', 'BBA', 'B'],
  cn: ['AA', 'AAC', 'C'],
  fr: ['A', 'A', ''],
};

let samples = '';
beforeAll(() => {
  samples = join(scratch, 'samples');
  mkdirSync(samples);
  for (const [label, letters] of Object.entries(SAID)) {
    const rows = letters.map((said, q) => ({
      instruction: `think ${label}`,
      input: `${label} ${q}?\nA. one\nB. two\nC. three`,
      output: 'ABC'[q],
      // As the release has it where nothing was sampled.
      pred:
        said === ''
          ? null
          : Array.from(
              said,
              (letter) => `${MARKERS[label].join(` because ${label}\n`)} ${letter}. x`,
            ),
    }));
    write(`samples/x_csqa_${label}_train_sampled.json`, JSON.stringify(rows));
  }
});

const text = (...path: string[]): string => readFileSync(join(scratch, ...path), 'utf8');
const json = (...path: string[]) => JSON.parse(text(...path));
const table = (...path: string[]): Record<string, string>[] => {
  const [header, ...rows] = parseDelimited(text(...path)).rows;
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
};

describe('isogloss vote', () => {
  it('writes who won, by how much, and how far that is right', () => {
    const out = join(scratch, 'votes');
    const { code, out: told } = isogloss(
      'vote',
      samples,
      '--mode',
      'calm',
      '--order',
      'fr,cn,en',
      '--out',
      out,
    );
    expect(code).toBe(0);
    expect(told).toContain(
      '3 questions, 1 unanimous, 1 tied, 0 without a valid answer; right 2 of 3',
    );
    const votes = table('votes', 'votes.csv');
    expect(
      votes.map(({ winner, votes: counts, valid, tie, right }) => [
        winner,
        counts,
        valid,
        tie,
        right,
      ]),
    ).toEqual([
      ['A', 'A:6', '6', '0', '1'],
      ['A', 'A:4 C:1 B:2', '7', '0', '0'],
      ['C', 'C:1 B:1', '2', '1', '1'],
    ]);
    expect(votes[1]).toMatchObject({ choices_en: 'B B A', choices_cn: 'A A C', choices_fr: 'A' });
    const { order, voters, tied, groups } = json('votes', 'votes.json');
    expect([order, voters]).toEqual([
      ['fr', 'cn', 'en'],
      ['fr', 'cn', 'en'],
    ]);
    expect(tied).toHaveLength(1);
    expect(groups[0].truth.vote).toMatchObject({ questions: 3, right: 2 });
    const curves = table('votes', 'curves.csv');
    expect(curves.filter(({ curve }) => curve === 'purity_yield')).toHaveLength(21);
  });

  it('gives a tie to the language that stands first', () => {
    const out = join(scratch, 'votes first');
    expect(isogloss('vote', samples, '--order', 'en,cn,fr', '--out', out).code).toBe(0);
    expect(table('votes first', 'votes.csv')[2].winner).toBe('B');
  });
});

describe('isogloss pairs', () => {
  it('writes the pairs of CALM by language, under the files’ own labels, traced row by row', () => {
    const out = join(scratch, 'calm');
    const { code } = isogloss(
      'pairs',
      samples,
      '--mode',
      'calm',
      '--order',
      'fr,cn,en',
      '--out',
      out,
    );
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      ...['DPO_cn.json', 'DPO_en.json', 'audit.csv', 'dataset_info.json', 'pairs.json'],
    ]);
    expect(json('calm', 'DPO_cn.json')).toEqual([
      {
        instruction: 'think cn',
        input: 'cn 1?\nA. one\nB. two\nC. three',
        chosen: '解释: because en\n答案:A. one',
        rejected: '解释: because cn\n答案: C. x',
      },
    ]);
    expect(json('calm', 'DPO_en.json')).toHaveLength(3);
    const audit = table('calm', 'audit.csv');
    expect(audit).toHaveLength(4);
    expect(audit[0]).toMatchObject({
      file: 'DPO_cn.json',
      winner: 'A',
      flags: 'needs_translation',
    });
    expect(json('calm', 'dataset_info.json').DPO_cn).toMatchObject({ ranking: true });
  });

  it('lets English vote alone, and takes the right English answer where asked to', () => {
    const run = (name: string, ...more: string[]): string[] => {
      const out = join(scratch, name);
      const args = ['--mode', 'calm', '--order', 'fr,cn,en', ...more, '--out', out];
      expect(isogloss('pairs', samples, ...args).code).toBe(0);
      return table(name, 'audit.csv').map(
        ({ language, question, chosen_choice, rejected_choice }) =>
          `${language} ${question} ${chosen_choice}>${rejected_choice}`,
      );
    };
    const ids = table('calm', 'audit.csv').map(({ question }) => question);
    const [split, tied] = [ids[0], ids[ids.length - 1]];
    expect(run('english', '--voters', 'en')).toEqual([
      ...[`cn ${split} B>A`, `cn ${split} B>A`, `cn ${split} B>C`, `cn ${tied} B>C`],
      ...[`en ${split} B>A`, `fr ${split} B>A`],
    ]);
    expect(run('truth', '--truth')).toEqual([
      ...[`cn ${split} B>A`, `cn ${split} B>A`, `cn ${split} B>C`],
      ...[`en ${split} B>A`, `fr ${split} B>A`],
    ]);
  });

  it('asks in one language and answers in another, by plan', () => {
    const out = join(scratch, 'feedback');
    const args = ['--plan', 'from-pivot', '--pivot', 'fr', '--min-share', '0.5', '--cap', '1'];
    expect(isogloss('pairs', samples, ...args, '--out', out).code).toBe(0);
    expect(table('feedback', 'balance.csv').map((row) => Object.values(row).slice(2))).toEqual([
      ['fr', 'cn', String(2 / 3 / 2 + 1 / 2), '1', '1'],
      ['fr', 'en', String((1 + 1 / 3) / 2), '2', '1'],
    ]);
    expect(json('feedback', 'DPO_fr-cn.json')[0]).toMatchObject({
      instruction: 'think fr\n请用中文回答。',
      input: 'fr 1?\nA. one\nB. two\nC. three',
    });
  });

  it.each([
    [['--mode', 'vote'], 'The mode vote is unknown: it is calm or own.'],
    [['--order', 'en,xx'], 'The language xx is not in the files: there are cn, en, fr.'],
    [['--order', 'cn,zh'], 'The language zh is named twice.'],
    [['--order', 'en', '--voters', 'fr'], 'The voter fr is missing in --order.'],
    [['--model', 'gpt'], 'The model gpt has no answers'],
    [['--mode', 'calm', '--min-share', '0.5'], 'The option --min-share needs --mode own.'],
    [['--truth'], 'The option --truth needs --mode calm.'],
    [['--plan', 'to-pivot'], 'The plan to-pivot needs --pivot TAG.'],
    [['--cap', '3'], 'The option --cap needs --plan.'],
    [['--plan', 'ring', '--cap', '0'], 'The option --cap needs a number at least 1, not 0.'],
    [['--format', 'csv'], 'The format csv is unknown'],
    [['--mode', 'calm', '--open'], 'CALM votes with letters'],
  ])('refuses %j in words', (args, sentence) => {
    const run = isogloss('pairs', samples, ...args, '--out', join(scratch, 'refused'));
    expect(run.sentence).toContain(sentence);
    expect(run.code).toBe(2);
  });

  it('says that there is nothing to vote on', () => {
    const run = isogloss('pairs', samples, '--open', '--out', join(scratch, 'refused'));
    expect(run).toMatchObject({ code: 1 });
    expect(run.sentence).toContain('The files hold no answers to open questions.');
  });
});
