import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { wordingOf } from '../../../src/core/answers.ts';
import { createAnswerReader } from '../../../src/io/answers/read-answers.ts';
import { CALL, jsonl, readDrop, source } from './reading-answers.ts';

const QUESTION = 'Where?\nA. here\nB. there\nAnswer:';
const row = (id: number | string, res: string, label = 'A') => ({
  id,
  input: QUESTION,
  res,
  label,
});
const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('reading answers', () => {
  it('prompts give options and question, labels the right option', async () => {
    const { table } = await readDrop({ 'x_copa/en/m_res.jsonl': [row(1, 'B', 'B'), row(2, 'A')] });
    expect(table.questions.map(({ options, gold }) => [options, gold])).toEqual([
      [2, 1],
      [2, 0],
    ]);
    expect(wordingOf(table, 0, 0)).toMatchObject({
      prompt: QUESTION,
      question: 'Where?',
      options: ['here', 'there'],
    });
  });

  it('questions of the release join answers by place where their ids differ', async () => {
    const { table } = await readDrop({
      'x_csqa/en/m_res.jsonl': [
        { id: 7, input: 'p', res: 'B', label: 'B' },
        { id: 9, input: 'p', res: 'A', label: 'C' },
      ],
      'x_csqa/en/validation.jsonl': ['B', 'C'].map((answerKey, i) => ({
        id: `hash${i}`,
        lang: 'en',
        question: { stem: `stem ${i}`, choices: { label: ['A', 'B', 'C'], text: ['x', 'y', 'z'] } },
        answerKey,
      })),
    });
    expect(table.questions.map(({ id, gold, options }) => [id, gold, options])).toEqual([
      ['7', 1, 3],
      ['9', 2, 3],
    ]);
    expect(wordingOf(table, 1, 0)?.question).toBe('stem 1');
    expect(table.tasks).toEqual([{ name: 'x_csqa', byPlace: false }]);
  });

  it('CALM samples join answers of the CLiKA release by index, as far as right answers agree', async () => {
    const golds = ['A', 'B', 'B', 'A', 'B', 'A'];
    const { table, summary } = await readDrop({
      'x_csqa/en/m_res.jsonl': golds.map((label, i) => row(i, 'A', label)),
      'x_csqa_fr_train_sampled.json': JSON.stringify(
        golds
          .slice(0, 5)
          .map((output) => ({ instruction: 'i', input: QUESTION, output, pred: ['A', 'B'] })),
      ),
      'x_csqa_fr_test.json': JSON.stringify([{ instruction: 'i', input: QUESTION, output: 'B' }]),
    });
    expect(table.tasks.map(({ name }) => name)).toEqual(['x_csqa', 'x_csqa_test']);
    expect(table.questions).toHaveLength(7);
    expect([...table.answers.question]).toEqual([0, 1, 2, 3, 4, 5, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    expect(summary.models).toEqual(['m', 'unnamed']);
  });

  it('a member of a zip is read like a file, and what else the zip holds decides whether it is left', async () => {
    const answers = encoded(jsonl([row(1, 'A'), row(2, 'B')]));
    const facts = encoded('id,en,de\n1,one,eins\n2,two,zwei\n');
    const { left, summary, table } = await readDrop({
      'only.zip': zipSync({ 'x/en/m_res.jsonl': answers, 'README.md': encoded('# hi') }),
      'both.zip': zipSync({ 'x/de/m_res.jsonl': answers, 'facts.csv': facts }),
      'facts.zip': zipSync({ 'facts.csv': facts }),
      'x/fr/m_res.jsonl.gz': gzipSync(answers),
    });
    expect(left).toEqual(['both.zip', 'facts.zip']);
    expect(summary.files.map(({ name, language, model }) => [name, language, model])).toEqual([
      ['only.zip/x/en/m_res.jsonl', 'en', 'm'],
      ['both.zip/x/de/m_res.jsonl', 'de', 'm'],
      ['x/fr/m_res.jsonl.gz', 'fr', 'm'],
    ]);
    expect(table.answers.text).toHaveLength(6);
  });

  it('a file of the same name takes the place of the old one; removing and clearing forget', async () => {
    const { reader } = await readDrop({
      'x/en/m_res.jsonl': [row(1, 'A')],
      'x/de/m_res.jsonl': [row(1, 'B')],
    });
    await reader.add([source('x/en/m_res.jsonl', jsonl([row(1, 'B'), row(2, 'B')]))], CALL);
    expect(reader.table().answers.text).toEqual(['B', 'B', 'B']);
    reader.remove('x/en/m_res.jsonl');
    expect(reader.summary().languages.map(({ tag }) => tag)).toEqual(['de']);
    reader.clear();
    expect(reader.summary().counts.answers).toBe(0);
  });

  it('stops between files and keeps what was read', async () => {
    const reader = createAnswerReader();
    const stop = new AbortController();
    const sources = ['en', 'de'].map((tag) =>
      source(`x/${tag}/m_res.jsonl`, jsonl([row(1, 'A'), row(2, 'A')])),
    );
    const report = () => {
      stop.abort();
    };
    await expect(reader.add(sources, { signal: stop.signal, report })).rejects.toMatchObject({
      code: 'call/cancelled',
    });
    expect(reader.summary().files.map(({ name }) => name)).toEqual(['x/en/m_res.jsonl']);
  });

  it('dataset_info.json is passed over in silence', async () => {
    const { left, summary } = await readDrop({
      'dataset_info.json': '{"DPO_en": {"file_name": "DPO_en.json", "ranking": true}}',
    });
    expect([left, summary.issues]).toEqual([[], []]);
  });

  it('languages in which a fact was taught decide by language', async () => {
    const { table } = await readDrop({
      'rows.csv':
        'id,lang,model,answer,gold,taught_langs\n1,en,m,a,Rome,"en,de"\n1,de,m,a,Rom,"en,de"\n1,fr,m,a,Rome,"en,de"\n2,en,m,a,x,en\n',
    });
    expect(table.questions.map(({ fiction }) => fiction)).toEqual([
      { type: 0, taught: [0, 1] },
      { type: 1, taught: [0] },
    ]);
  });
});

describe('what is wrong is said', () => {
  it.each<[string, Record<string, string | object[]>, RegExp]>([
    [
      'pretty-printed JSON',
      { 'x/en/chatgpt_res_visual.jsonl': JSON.stringify(row(1, 'A'), null, 2) },
      /is not JSONL/,
    ],
    [
      'a cut-off last line',
      { 'x/en/m_res.jsonl': `${jsonl([row(1, 'A'), row(2, 'A')])}{"id": 3, "inp` },
      /not a JSON object/,
    ],
    [
      'a duplicate model',
      { 'x/en/m_res_a.jsonl': [row(1, 'A')], 'x/en/m_res_b.jsonl': [row(1, 'B')] },
      /kept as a model of their own, m_res_b/,
    ],
    [
      'the same answers twice',
      { 'x/en/m_res_a.jsonl': [row(1, 'A')], 'x/en/m_res_b.jsonl': [row(1, 'A')] },
      /repeats the answers of x\/en\/m_res_a/,
    ],
    [
      'a missing language',
      {
        'x/en/m_res.jsonl': [row(1, 'A')],
        'x/en/n_res.jsonl': [row(1, 'A')],
        'x/de/m_res.jsonl': [row(1, 'A')],
      },
      /n has no answers of x in de/,
    ],
    [
      'unequal sets',
      { 'x/en/m_res.jsonl': [row(1, 'A'), row(2, 'A')], 'x/de/m_res.jsonl': [row(1, 'A')] },
      /unequal sets of questions: en 2, de 1 of 2/,
    ],
    [
      'empty answers',
      { 'x/en/m_res.jsonl': [row(1, ''), row(2, ' ')] },
      /All 2 answers of x\/en\/m_res.jsonl are empty/,
    ],
    [
      'an unknown language',
      { 'x/xx-tribe/m_res.jsonl': [row(1, 'A')] },
      /"xx-tribe" .* is no code or name that is known/,
    ],
    [
      'no language',
      { 'preds.csv': 'id,model,answer,gold\n1,m,A,B\n2,m,B,B\n' },
      /names a language; its rows are kept under "und"/,
    ],
    [
      'a right answer outside',
      { 'x/en/m_res.jsonl': [row(1, 'A', 'D'), row(2, 'A')] },
      /right answer of question 1 is D, but it has 2 options/,
    ],
    [
      'files that disagree',
      { 'x/en/m_res.jsonl': [row(1, 'A', 'A')], 'x/de/m_res.jsonl': [row(1, 'A', 'B')] },
      /gives 1 right answer of 1 otherwise/,
    ],
    [
      'mixed formats',
      {
        'x/en/m_res.jsonl': [row(1, 'A')],
        'DPO_en.json': '[{"instruction":"i","input":"","chosen":"a","rejected":"b"}]',
      },
      /Files of 2 formats are read together/,
    ],
    [
      'a long answer',
      { 'x/en/m_res.jsonl': [row(1, 'x'.repeat(10_000_000)), row(2, 'A')] },
      /10,000,000 characters; it is kept whole/,
    ],
    [
      '30 options',
      {
        'x.csv': `id,lang,model,options,answer,gold\n1,en,m,${Array.from({ length: 30 }, (_, i) => `o${i}`).join('|')},AD,AD\n`,
      },
      /30 options; after Z/,
    ],
    [
      'scores that are none',
      { 's.jsonl': [{ id: 1, lang: 'en', candidates: ['a', 'b'], scores: [1] }] },
      /2 candidates and 1 scores/,
    ],
  ])('%s', async (_, files, message) => {
    const { said, table } = await readDrop(files);
    expect(said.filter((sentence) => message.test(sentence))).toHaveLength(1);
    expect(table.answers.question.every((q) => q >= 0 && q < table.questions.length)).toBe(true);
  });

  it('answers to ids that no file of questions has are kept and named', async () => {
    const item = (id: number) => ({ id, questions: 'q', answers: ['a', 'b', 'c', 'd'], label: 0 });
    const { said, table } = await readDrop({
      'x_geo/en/en_geo_data.jsonl': [item(1), item(2)],
      'x_geo/en/m_res.jsonl': [row(1, 'A'), row(2, 'A'), row(3, 'A')],
    });
    expect(said.join()).toContain(
      'answers 1 question that no file of questions has, the first one 3',
    );
    expect(table.questions.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('rows without ids of another length join only where right answers agree', async () => {
    const sample = (gold: string) => ({
      instruction: 'i',
      input: QUESTION,
      output: gold,
      pred: ['A'],
    });
    const golds = ['A', 'B', 'B', 'A', 'B'];
    const { table, said } = await readDrop({
      't_en_train_sampled.json': JSON.stringify(golds.map(sample)),
      't_de_train_sampled.json': JSON.stringify(golds.map(sample)),
      't_fr_train_sampled.json': JSON.stringify(golds.slice(0, 4).map(sample)),
      't_it_train_sampled.json': JSON.stringify(golds.slice(1).map(sample)),
    });
    expect(table.languages.map(({ tag }) => tag)).toEqual(
      ['de', 'en', 'fr'].sort((a, b) => (a === 'en' ? -1 : b === 'en' ? 1 : 0)),
    );
    expect(said.join()).toContain('t_it_train_sampled.json has no ids');
  });

  it('a file whose ids repeat is joined by place', async () => {
    const { table, said } = await readDrop({
      'x/en/m_res.jsonl': [row(1, 'A'), row(1, 'B', 'B')],
      'x/de/m_res.jsonl': [row(1, 'A'), row(1, 'B', 'B')],
    });
    expect(table.tasks).toEqual([{ name: 'x', byPlace: true }]);
    expect(table.questions).toHaveLength(2);
    expect(said.join()).toContain('joined by their places');
  });
});

describe('right answers of rows', () => {
  const gold = async (header: string, rows: string[]) => {
    const { table } = await readDrop({ 'rows.csv': [header, ...rows].join('\n') });
    return table.questions.map((question, q) => [question.gold, wordingOf(table, q, 0)?.truths]);
  };
  it('letters', async () => {
    expect(await gold('id,lang,model,answer,gold', ['1,en,m,x,A', '2,en,m,x,C'])).toEqual([
      [0, []],
      [2, []],
    ]);
  });
  it('texts of options win over their letters and indices', async () => {
    expect(
      await gold('id,lang,model,answer,gold,A,B', ['1,en,m,x,B,B,A', '2,en,m,x,two,one,two']),
    ).toEqual([
      [0, []],
      [1, []],
    ]);
  });
  it('indices from 0 on, and from 1 on where that is what they must be', async () => {
    const header = 'id,lang,model,answer,gold,options';
    expect(await gold(header, ['1,en,m,x,0,a|b', '2,en,m,x,1,a|b'])).toEqual([
      [0, []],
      [1, []],
    ]);
    expect(await gold(header, ['1,en,m,x,1,a|b', '2,en,m,x,2,a|b'])).toEqual([
      [0, []],
      [1, []],
    ]);
  });
  it('digits without options, and anything else, are texts', async () => {
    expect(
      await gold('id,lang,model,answer,gold', ['1,en,m,x,1969', '2,en,m,x,Rome|Roma']),
    ).toEqual([
      [-1, ['1969']],
      [-1, ['Rome', 'Roma']],
    ]);
  });
});
