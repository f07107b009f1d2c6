import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { toNpy } from '../../src/io/write/to-npy.ts';
import { gaussians } from '../helpers/corpora.ts';
import { isogloss, scratch, write } from '../helpers/shell.ts';

const GOLD = 'ABCDE';
const ANSWERS: Record<string, string[]> = {
  'en one': ['A', 'B', 'C', 'D', 'A'],
  'DE_trans one': ['A', 'B.', 'Answer:C', 'A', 'Das'],
  'ar_trans one': ['B', 'B', 'C', '', 'A'],
  'en two': ['A', 'A', 'A', 'A', 'A'],
  'DE_trans two': ['A', 'A', 'A', 'A', 'A'],
  'ar_trans two': ['A', 'A', 'A', 'A', 'A'],
};

let [tree, out] = ['', ''];
beforeAll(() => {
  tree = join(scratch, 'answers');
  for (const [key, answers] of Object.entries(ANSWERS)) {
    const [language, model] = key.split(' ');
    const folder = join('answers', 'x_csqa', language);
    mkdirSync(join(scratch, folder), { recursive: true });
    const lines = answers.map((res, i) =>
      JSON.stringify({ id: `q${i}`, input: `سؤال ${i}`, res, label: GOLD[i], uuid: String(i) }),
    );
    write(join(folder, `${model}_res.jsonl`), `${lines.join('\n')}\n`);
  }
  out = join(scratch, 'scored');
  expect(isogloss('score', tree, '--out', out, '--compare', 'one,two')).toMatchObject({ code: 0 });
});

const table = (folder: string, file: string): Record<string, string>[] => {
  const [header, ...rows] = parseDelimited(readFileSync(join(folder, file), 'utf8')).rows;
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
};

describe('isogloss score', () => {
  it('writes a row for each task, model and language, the asked columns first', () => {
    const [first] = readFileSync(join(out, 'scores.csv'), 'utf8').split('\n');
    expect(first).toMatch(/^task,model,language,n,accuracy,invalid,ra,co_with_pivot,dd,/);
    const rows = table(out, 'scores.csv');
    expect(rows).toHaveLength(6);
    const german = rows.find((row) => row.model === 'one' && row.language === 'de')!;
    expect(german).toMatchObject({ task: 'x_csqa', n: '5', accuracy: '0.4', right: '2' });
    // English is right on 4, German on 2 of these.
    expect(german).toMatchObject({ co_with_pivot: '0.5', parsers_differ: '2', degenerate: '0' });
    expect(Number(german.ra)).toBeCloseTo(0.2 / 0.546, 12);
    const constant = rows.find((row) => row.model === 'two' && row.language === 'ar')!;
    expect(constant).toMatchObject({ co_with_pivot: '1', co_star: '', degenerate: '1' });
  });

  it('writes tasks, islands, the difference of two models and a document', () => {
    const [one] = table(out, 'tasks.csv');
    expect(one).toMatchObject({ task: 'x_csqa', model: 'one', languages: '3', oracle: '0.8' });
    expect(table(out, 'islands.csv')[0]).toEqual({
      task: 'x_csqa',
      model: 'one',
      question: 'q3',
      language: 'en',
    });
    const english = table(out, 'mcnemar.csv').find(({ language }) => language === 'en')!;
    expect(english).toMatchObject({ only_first_right: '3', only_second_right: '0' });
    expect(Number(english.p)).toBeCloseTo(0.25, 12);
    expect(readFileSync(join(out, 'scorecard.md'), 'utf8')).toContain('nearly one option only');
    const json = JSON.parse(readFileSync(join(out, 'scorecard.json'), 'utf8'));
    expect(json.settings).toMatchObject({ parser: 'clika-strict', seed: 1, pivot: 'en' });
    expect(json.files).toHaveLength(6);
    expect(json.files[0].sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(json.scores[0].consistency.co).toHaveLength(3);
  });

  it('takes parser, reference and pivot', () => {
    const other = join(scratch, 'robust');
    const args = ['--parser', 'robust', '--pivot', 'de', '--reference', 'x_csqa=one@en'];
    const { code, lines } = isogloss('score', tree, '--out', other, ...args);
    expect(code).toBe(0);
    expect(lines.join('\n')).toContain('2 of 30 answers are read differently');
    const rows = table(other, 'scores.csv').filter(({ model }) => model === 'one');
    const english = rows.find(({ language }) => language === 'en')!;
    const german = rows.find(({ language }) => language === 'de')!;
    expect(english).toMatchObject({ ra: '1', reference: '0.8', co_with_pivot: '0.75' });
    expect(german).toMatchObject({ accuracy: '0.6', invalid: '0.2', co_with_pivot: '' });
  });

  it('joins the alignment of the questions, which analyze reads from questions.csv', () => {
    const numbers = gaussians(seededRandom(1), 15, 4).flat();
    const vectors = write('questions.npy', toNpy(Float32Array.from(numbers), [15, 4]));
    const run = join(scratch, 'run');
    const questions = join(out, 'questions.csv');
    const analyzed = isogloss('analyze', questions, '--embeddings', vectors, '--out', run);
    expect(analyzed).toMatchObject({ code: 0 });
    const joined = join(scratch, 'joined');
    expect(isogloss('score', tree, '--out', joined, '--alignment', run).code).toBe(0);
    const rows = table(joined, 'alignment.csv');
    const pairs = table(run, 'pairs.csv');
    const point = rows.find((row) => row.model === 'one' && row.alignment === 'mexa')!;
    const pair = pairs.find(
      ({ a, b }) => [a, b].includes('en') && [a, b].includes(point.language),
    )!;
    expect(point).toMatchObject({ consistency: 'co', alignment_value: pair.mexa });
  });

  it.each([
    [['--parser', 'loose'], 'The parser loose is unknown'],
    [['--reference', 'x_csqa=0'], 'The reference x_csqa=0 is neither'],
    [['--reference', 'nothing=50'], 'The task nothing has no answers.'],
    [['--compare', 'one'], 'The option --compare needs two models'],
    [['--compare', 'one,three'], 'The model three has no answers'],
    [['--pivot', 'fr'], 'The pivot language fr has no answers. Choose one of'],
    [['--alignment', 'nowhere'], 'The run nowhere holds no pairs.csv.'],
    [['--profiles', 'nowhere'], 'The profiles nowhere cannot be read.'],
  ])('refuses %j in words', (args, sentence) => {
    const result = isogloss('score', tree, '--out', join(scratch, 'none'), ...args);
    expect(result.code).not.toBe(0);
    expect(result.sentence).toContain(sentence);
  });
});

describe('open answers', () => {
  it('are alike across languages where their vectors are', () => {
    const texts = [
      ['The boat lies in the harbour.', 'Das Boot liegt im Hafen.', 'boat'],
      ['Bread is baked in an oven.', 'Brot wird im Ofen gebacken.', 'oven'],
      ["I don't know.", 'Ich weiß nicht.', 'school'],
    ];
    const rows = texts.flatMap(([english, german, gold], i) => [
      `q${i},en,"${english}",${gold}`,
      `q${i},de,"${german}",${gold}`,
    ]);
    const file = write('open.csv', ['id,lang,answer,gold', ...rows].join('\n'));
    const open = join(scratch, 'open');
    expect(isogloss('score', file, '--similarity', '--out', open)).toMatchObject({ code: 0 });
    const [similarity] = table(open, 'similarity.csv');
    expect(similarity).toMatchObject({ questions: '3', refused: '1' });
    expect(Number(similarity.xsc)).toBeGreaterThan(Number(similarity.floor) + 0.2);
    const english = table(open, 'free-text.csv').find(({ language }) => language === 'en')!;
    expect(Number(english.contains)).toBeCloseTo(2 / 3, 12);
  });
});

describe('without a folder', () => {
  it.each([
    ['score', 'task,model,language,n,accuracy'],
    ['vote', 'task,question,model,winner,votes'],
    ['lint', 'rule,severity,'],
    ['coverage', 'tag,'],
  ])('isogloss %s prints its table of numbers', (command, header) => {
    const { code, out: printed } = isogloss(command, tree, '--csv');
    expect(code).toBe(0);
    expect(printed.split('\n')[0]).toContain(header);
    expect(JSON.parse(isogloss(command, tree, '--json').out)).toHaveProperty('isogloss');
  });

  it('refuses two formats at once, and mending that would be lost', () => {
    expect(isogloss('vote', tree, '--csv', '--json')).toMatchObject({ code: 2 });
    expect(isogloss('lint', tree, '--fix').sentence).toContain('needs --out DIR');
  });
});
