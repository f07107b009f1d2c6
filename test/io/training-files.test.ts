import { describe, expect, it } from 'vitest';
import { everyLanguage, vote } from '../../src/answers/votes/vote.ts';
import { letterOf } from '../../src/core/answers.ts';
import type { PreferencePair, TrainingFormat } from '../../src/core/preference-pairs.ts';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { trainingFiles, type TrainingExport } from '../../src/io/write/training-files.ts';
import { answerTable } from '../helpers/answer-tables.ts';

const table = answerTable({
  languages: ['cn', 'he'],
  tasks: ['x_csqa', 'x/copa'],
  models: ['m', '../n'],
  questions: [{ id: 'q7', gold: 0 }, { task: 1 }],
  answers: [
    { question: 0, language: 'cn', text: 'A' },
    { question: 0, language: 'he', text: 'א "ב"\n' },
    { question: 0, language: 'he', text: 'A', sample: 1 },
    { question: 1, language: 'cn', text: 'B', model: '../n' },
  ],
});
const choices = Int32Array.of(0, 1, 0, 1);

const pair: PreferencePair = {
  vote: 0,
  question: 0,
  model: 0,
  asked: 1,
  language: 1,
  instruction: 'חשוב',
  input: 'שאלה',
  target: { text: 'A', answer: 2, choice: 0, flags: [] },
  rejected: 1,
  flags: ['language_not_judged'],
};

/** Only the votes of one task and model, unless all are asked for. */
function written(
  format: TrainingFormat,
  pairs = [pair],
  { meta = false, all = false } = {},
): Map<string, string> {
  const some = all ? choices : choices.with(3, -1);
  const questions = table.questions.map((question, q) => ({
    ...question,
    options: q === 0 || all ? 4 : 0,
  }));
  const whole = { ...table, questions };
  const { votes } = vote(whole, some, everyLanguage(whole));
  const input: TrainingExport = {
    table: whole,
    votes,
    choices,
    pairs,
    nameOf: letterOf,
    format,
    meta,
  };
  return trainingFiles(input);
}

const REJECTED = 'א "ב"\n';
const HEAD = { instruction: 'חשוב', input: 'שאלה' };

describe('training files', () => {
  it.each([
    ['llama-factory', 'DPO_he.json', { ...HEAD, chosen: 'A', rejected: REJECTED }],
    ['xllms', 'xLLMs_he.json', { ...HEAD, prefered_output: 'A', rejected_output: REJECTED }],
    ['sft', 'sft_he.json', { ...HEAD, output: 'A' }],
  ] as const)('of %s hold rows as its trainer reads them', (format, name, row) => {
    expect(JSON.parse(written(format).get(name) ?? '')).toEqual([row]);
  });

  it('of TRL have a prompt of instruction and question, one row a line', () => {
    const lines = (
      written('trl', [pair, { ...pair, instruction: '' }]).get('TRL_he.jsonl') ?? ''
    ).split('\n');
    expect(lines.map((line) => (line === '' ? null : (JSON.parse(line) as unknown)))).toEqual([
      { prompt: 'חשוב\nשאלה', chosen: 'A', rejected: REJECTED },
      { prompt: 'שאלה', chosen: 'A', rejected: REJECTED },
      null,
    ]);
  });

  it('are registered for LLaMA-Factory, pairs as a ranking', () => {
    const columns = {
      prompt: 'instruction',
      query: 'input',
      chosen: 'chosen',
      rejected: 'rejected',
    };
    expect(JSON.parse(written('llama-factory').get('dataset_info.json') ?? '')).toEqual({
      DPO_he: { file_name: 'DPO_he.json', ranking: true, columns },
    });
    expect(JSON.parse(written('sft').get('dataset_info.json') ?? '')).toEqual({
      sft_he: {
        file_name: 'sft_he.json',
        columns: { prompt: 'instruction', query: 'input', response: 'output' },
      },
    });
    expect(written('trl').has('dataset_info.json')).toBe(false);
  });

  it('name both languages where they differ', () => {
    const names = [...written('llama-factory', [{ ...pair, asked: 0 }]).keys()];
    expect(names).toEqual(['DPO_cn-he.json', 'dataset_info.json', 'audit.csv']);
  });

  it('stand in a folder for each task and model, and never outside of it', () => {
    const other: PreferencePair = { ...pair, question: 1, model: 1, vote: 1, rejected: 3 };
    const names = [...written('llama-factory', [pair, other], { all: true }).keys()];
    expect(names).toEqual([
      'x_csqa/m/DPO_he.json',
      'x_copa/__n/DPO_he.json',
      'x_csqa/m/dataset_info.json',
      'x_copa/__n/dataset_info.json',
      'audit.csv',
    ]);
  });

  it('say where a row comes from, on request', () => {
    const [row] = JSON.parse(
      written('llama-factory', [pair], { meta: true }).get('DPO_he.json') ?? '',
    ) as {
      meta: unknown;
    }[];
    expect(row.meta).toEqual({
      question: 'q7',
      model: 'm',
      share: 2 / 3,
      votes: { A: 2, B: 1 },
      langs: ['cn', 'he'],
      chosen: { language: 'he', sample: 1 },
      rejected: { language: 'he', sample: 0 },
    });
  });

  it('have a line in the audit for each row of each file', () => {
    const cell = { ...pair, asked: 0, flags: [] };
    const [header, ...lines] = parseDelimited(
      written('llama-factory', [pair, cell, pair]).get('audit.csv') ?? '',
    ).rows;
    const column = (name: string): string[] => lines.map((line) => line[header.indexOf(name)]);
    expect(column('file')).toEqual(['DPO_he.json', 'DPO_he.json', 'DPO_cn-he.json']);
    expect(column('row')).toEqual(['1', '2', '1']);
    expect(lines[0].slice(2)).toEqual([
      ...['x_csqa', 'q7', 'he', 'he', 'm', 'A', 'A:2 B:1', String(2 / 3), String(2 / 3 - 1 / 3)],
      ...['A', 'he', '1', 'B', '0', 'A', 'language_not_judged'],
    ]);
  });
});
