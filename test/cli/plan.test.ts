import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { PLAN_LIMIT } from '../../src/core/plan.ts';
import { seededRandom } from '../../src/core/random.ts';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { toNpy } from '../../src/io/write/to-npy.ts';
import { toZip } from '../../src/io/write/to-zip.ts';
import { gaussians } from '../helpers/corpora.ts';
import { FACTS, isogloss, scratch, write } from '../helpers/shell.ts';

let run = '';
beforeAll(() => {
  mkdirSync(join(scratch, 'in'));
  const numbers = gaussians(seededRandom(4), 15, 6).flat();
  const vectors = write('in/v.npy', toNpy(Float32Array.from(numbers), [15, 6]));
  run = join(scratch, 'run');
  const facts = write('facts.csv', FACTS);
  expect(isogloss('analyze', facts, '--embeddings', vectors, '--out', run)).toMatchObject({
    code: 0,
  });
});

/** The run as a folder of its own. */
function copyOf(name: string): string {
  const copy = join(scratch, name);
  cpSync(run, copy, { recursive: true });
  return copy;
}

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

describe('isogloss plan', () => {
  it('writes recipe, allocation, facts and instructions whose numbers agree', () => {
    const out = join(scratch, 'plans', 'mine.json');
    const { code, out: table } = isogloss(
      ...['plan', run, '--budget', '1000', '--select', '2', '--out', out],
    );
    expect(code).toBe(0);
    expect(table).toContain(`FaMSS-inspired. ${PLAN_LIMIT}`);
    const recipe = json(out);
    expect(recipe).toMatchObject({
      limit: PLAN_LIMIT,
      pivot: 'eng_Latn',
      settings: { budget: 1000, select: 2, transfer: 'bias', alpha: 0.5 },
      source: { facts: 5, languages: ['eng_Latn', 'deu_Latn', 'sw'], seed: 1 },
    });
    const { fact, common, anchor } = recipe.totals;
    expect(fact + common + anchor).toBe(1000);
    const [header, ...rows] = parseDelimited(
      readFileSync(join(scratch, 'plans', 'mine.csv'), 'utf8'),
    ).rows;
    const items = rows.map((row) => Number(row[header.indexOf('items')]));
    expect(items.slice(0, -1).reduce((sum, own) => sum + own, 0)).toBe(items[items.length - 1]);
    const lines = readFileSync(join(scratch, 'plans', 'mine.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(recipe.instructionPairs);
    expect(Object.keys(JSON.parse(lines[0]))).toEqual(['prompt', 'output']);
    const facts = parseDelimited(
      readFileSync(join(scratch, 'plans', 'mine.facts.csv'), 'utf8'),
    ).rows;
    const listed = recipe.facts.reduce(
      (sum: number, own: { listed: number }) => sum + own.listed,
      0,
    );
    expect(facts).toHaveLength(1 + listed);
    expect(readdirSync(join(scratch, 'plans'))).toHaveLength(4);
  });

  it('plans the same from the archive as from the folder', () => {
    const names = readdirSync(run).filter((name) => name !== 'matrices');
    const files = names.map((name): [string, Uint8Array] => [name, readFileSync(join(run, name))]);
    const archive = write('run.zip', toZip(new Map(files)));
    const [first, second] = [run, archive].map((path) =>
      isogloss('plan', path, '--budget', '77', '--json', '--transfer', 'cka'),
    );
    expect(first.code).toBe(0);
    expect(first.out.length).toBeGreaterThan(1000);
    expect(second.out).toBe(first.out);
  });

  it('keeps to bounds by label or tag, and tells what is left over', () => {
    const caps = write('caps.csv', 'language,min,max,available\ndeu_Latn,,30,\nsw,,,20\n');
    const { out, lines } = isogloss(
      ...[
        'plan',
        run,
        '--budget',
        '100',
        '--select',
        '2',
        '--caps',
        caps,
        '--mix',
        '1,0,0',
        '--json',
      ],
    );
    const recipe = JSON.parse(out);
    expect(recipe.leftover).toBe(50);
    expect(recipe.settings.caps).toEqual([
      { language: 'deu_Latn', min: 0, max: 30, available: null },
      { language: 'sw', min: 0, max: null, available: 20 },
    ]);
    expect(lines.join('\n')).toContain('50 items are left over');
  });

  it.each<[string[], string]>([
    [[], 'The option --budget N is missing.'],
    [['--budget', '10.5'], 'The budget 10.5 is no whole number'],
    [['--budget', 'many'], 'The option --budget needs a number, not many.'],
    [['--budget', '9', '--select', '0'], 'The number of languages to select, 0,'],
    [['--budget', '9', '--transfer', 'magic'], 'The transfer magic is unknown'],
    [['--budget', '9', '--mix', '1,2'], 'The option --mix needs three parts'],
    [['--budget', '9', '--caps', 'nowhere.csv'], 'nowhere.csv cannot be read'],
    [['--budget', '9', '--out', 'plan'], 'The option --out needs a file that ends in .json'],
  ])('refuses %j in a sentence', (args, sentence) => {
    const { code, sentence: said } = isogloss('plan', run, ...args);
    expect(code).not.toBe(0);
    expect(said).toContain(sentence);
  });

  it.each([
    ['language,least\nsw,3\n', 'has the columns language, least'],
    ['language,min\nxx,3\n', 'bad.csv:2 bounds xx, but the languages are eng_Latn, deu_Latn, sw'],
    ['language,min\nsw,3.5\n', 'bad.csv:2 min is 3.5, no whole number'],
  ])('refuses bounds that it cannot read: %j', (text, sentence) => {
    const { sentence: said } = isogloss(
      'plan',
      run,
      '--budget',
      '9',
      '--caps',
      write('bad.csv', text),
    );
    expect(said).toContain(sentence);
  });

  it('says by which adapter the vectors are mapped, in the recipe too', () => {
    const adapted = copyOf('adapted');
    const manifest = json(join(adapted, 'manifest.json'));
    expect(manifest.adapter).toBeNull();
    const adapter = { file: 'lab.json', method: 'identity-map', sha256: 'ab', meansFromTexts: [] };
    write('adapted/manifest.json', JSON.stringify({ ...manifest, adapter }));
    const { lines, out } = isogloss('plan', adapted, '--budget', '9', '--json');
    expect(lines.join('\n')).toContain('mapped by the adapter lab.json (identity-map)');
    expect(JSON.parse(out).source.adapter).toEqual(adapter);
  });

  it('refuses a report without a measure that it needs', () => {
    const older = copyOf('older');
    const report = json(join(older, 'report.json'));
    for (const { scores } of report.pairs) delete scores.bias_centroid;
    write('older/report.json', JSON.stringify(report));
    const { code, sentence } = isogloss('plan', older, '--budget', '9');
    expect(code).not.toBe(0);
    expect(sentence).toContain('report.json has no bias_centroid of any two languages');
  });

  it.each(['manifest.json', 'facts.csv', 'rows.csv', 'embeddings.npy'])(
    'refuses an export without its %s',
    (name) => {
      const part = copyOf(`without ${name}`);
      rmSync(join(part, name));
      expect(isogloss('plan', part, '--budget', '9').sentence).toContain(`holds no ${name}`);
    },
  );

  it('refuses what is not there, and a file of an export', () => {
    expect(isogloss('plan', join(scratch, 'nowhere'), '--budget', '9').sentence).toContain(
      'nowhere does not exist',
    );
    expect(isogloss('plan', join(run, 'report.json'), '--budget', '9').sentence).toContain(
      'a folder or .zip is needed',
    );
  });

  it('refuses a folder that is no export', () => {
    const { code, sentence } = isogloss('plan', join(scratch, 'in'), '--budget', '9');
    expect(code).not.toBe(0);
    expect(sentence).toContain('holds no report.json');
    expect(existsSync(join(scratch, 'in', 'plan.json'))).toBe(false);
  });

  it('states its limit in its help', () => {
    expect(isogloss('plan', '--help').out).toContain(PLAN_LIMIT);
  });
});
