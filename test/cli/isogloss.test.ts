import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../../src/core/metric-catalog.ts';
import { BUNDLED_MODEL } from '../../src/core/models.ts';
import { toNpy } from '../../src/io/write/to-npy.ts';
import { FACTS, isogloss, scratch, write } from '../helpers/shell.ts';

const EVAL = join(process.cwd(), '../shared/eval');

describe('isogloss analyze', () => {
  let facts: string;
  let out: string;
  beforeAll(() => {
    facts = write('my facts.csv', FACTS);
    out = join(scratch, 'results');
    expect(isogloss('analyze', facts, '--out', out, '--seed', '7')).toMatchObject({ code: 0 });
  });

  it('writes the promised files with the file’s own language tags', () => {
    const promised = [
      'report.json',
      'manifest.json',
      'embeddings.npy',
      'rows.csv',
      'pairs.csv',
      'facts.csv',
      'drift.csv',
      'projection.csv',
    ];
    expect(readdirSync(out)).toEqual(expect.arrayContaining(promised));
    for (const { id, self } of METRICS) {
      const [header, first] = readFileSync(join(out, `matrices/${id}.csv`), 'utf8').split('\n');
      expect(header).toBe(',eng_Latn,deu_Latn,sw');
      expect(first.split(',').slice(0, 2)).toEqual(['eng_Latn', String(self ?? '')]);
    }
    expect(readFileSync(join(out, 'rows.csv'), 'utf8').split('\n').slice(0, 2)).toEqual([
      'fact,language',
      'a,eng_Latn',
    ]);
    const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    expect(report).toMatchObject({
      facts: 5,
      languages: ['eng_Latn', 'deu_Latn', 'sw'],
      pivot: 'eng_Latn',
    });
    const { fact, language, interaction } = report.variance;
    expect(fact + language + interaction).toBeCloseTo(1, 9);
    expect(report.truncation.sw).toMatchObject({ renderings: 5, truncated: 0 });
  });

  it('writes the same bytes for the same seed', () => {
    const again = join(scratch, 'again');
    isogloss('analyze', facts, '--out', again, '--seed', '7', '--no-cache');
    for (const file of readdirSync(out, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const path = join(file.parentPath, file.name);
      expect(readFileSync(path).equals(readFileSync(path.replace(out, again))), file.name).toBe(
        true,
      );
    }
  });

  it('encodes the same texts once: their vectors are kept, the manifest says so, the numbers are the same', () => {
    const again = join(scratch, 'from kept vectors');
    expect(isogloss('analyze', facts, '--out', again, '--seed', '7').code).toBe(0);
    const { notices } = JSON.parse(readFileSync(join(again, 'manifest.json'), 'utf8'));
    expect(notices).toContain(
      'The vectors of 15 of 15 texts were kept by an earlier run with the same model files, settings and device; they were not encoded again.',
    );
    for (const file of ['embeddings.npy', 'pairs.csv', 'facts.csv', 'languages.csv'])
      expect(readFileSync(join(again, file)).equals(readFileSync(join(out, file))), file).toBe(
        true,
      );
  });

  it('keeps vectors in the folder that is named, tells their room, and clears them', () => {
    const folder = join(scratch, 'my vectors');
    const results = join(scratch, 'with a cache');
    isogloss('analyze', facts, '--out', results, '--cache', folder);
    const cache = ['cache', '--cache', folder];
    expect(isogloss(...cache).out).toMatch(/^0\.1 MB of vectors in .*my vectors\.\n$/);
    expect(isogloss(...cache, '--clear').out).toMatch(/^Removed 0\.1 MB of vectors in /);
    expect(isogloss(...cache).out).toMatch(/^0\.0 MB /);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes its own results back, texts and vectors, layer by layer', () => {
    const layered = join(scratch, 'layered');
    const back = join(scratch, 'layered back');
    expect(isogloss('analyze', facts, '--out', layered, '--layers').code).toBe(0);
    const { layers } = JSON.parse(readFileSync(join(layered, 'manifest.json'), 'utf8'));
    expect(layers).toEqual(['table', 'layer 1', 'layer 2', 'layer 3']);
    const texts = join(layered, 'facts.csv');
    const again = ['--embeddings', layered, '--layers', '--out', back];
    expect(isogloss('analyze', texts, ...again).code).toBe(0);
    const same = [
      'layers.npy',
      'layers.csv',
      'layers.json',
      'probe.json',
      'pairs.csv',
      'facts.csv',
    ];
    for (const file of same)
      expect(readFileSync(join(back, file)).equals(readFileSync(join(layered, file))), file).toBe(
        true,
      );
    const { model } = JSON.parse(readFileSync(join(back, 'manifest.json'), 'utf8'));
    expect(model.id).toBe(BUNDLED_MODEL);
  });

  it('takes its own embeddings back and gives the same matrices', () => {
    const back = join(scratch, 'back');
    const embeddings = join(out, 'embeddings.npy');
    expect(
      isogloss('analyze', facts, '--out', back, '--embeddings', embeddings, '--seed', '7').code,
    ).toBe(0);
    for (const file of readdirSync(join(out, 'matrices'))) {
      const path = `matrices/${file}`;
      expect(readFileSync(join(back, path)).equals(readFileSync(join(out, path))), file).toBe(true);
    }
  });

  it('reads a model folder and names it', () => {
    const folder = join(scratch, 'folder');
    const result = isogloss(
      'analyze',
      facts,
      '--out',
      folder,
      '--model',
      `public/models/${BUNDLED_MODEL}`,
    );
    expect(result.code).toBe(0);
    const { model } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(model).toMatchObject({ revision: 'folder', pooling: 'graph' });
    expect(readFileSync(join(folder, 'matrices/mexa.csv'))).toEqual(
      readFileSync(join(out, 'matrices/mexa.csv')),
    );
  });

  it('names the languages in which the encoder of a folder is weak, in the shell and in the results', () => {
    const model = join(scratch, 'measured');
    cpSync(`public/models/${BUNDLED_MODEL}`, model, { recursive: true });
    const trust = {
      measure: 'share found',
      candidates: 1000,
      reference: 'en',
      languages: { de: { sentences: 100, found: 34 } },
    };
    writeFileSync(join(model, 'trust.json'), JSON.stringify(trust));
    const folder = join(scratch, 'weak');
    const sentence =
      'The encoder is weak in German (34 %): drift there says more about the encoder than about the facts.';
    const { code, lines } = isogloss('analyze', facts, '--out', folder, '--model', model);
    expect(code).toBe(0);
    expect(lines).toContain(`warning: ${sentence}`);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest.notices).toContain(sentence);
    expect(manifest.trust.map(({ status }: { status: string }) => status)).toEqual([
      'reference',
      'weak',
      'untested',
    ]);
    expect(manifest.trustMeasure).toBe('share found');
    expect(readFileSync(join(folder, 'drift.csv'), 'utf8').split('\n')[2]).toMatch(
      /^deu_Latn,.*,weak,0\.34,0\.2\d+,0\.4\d+,100$/,
    );
  });

  it('chooses the pivot that is asked for, by any spelling of its tag', () => {
    const other = join(scratch, 'pivot');
    isogloss('analyze', facts, '--out', other, '--pivot', 'de');
    expect(JSON.parse(readFileSync(join(other, 'report.json'), 'utf8')).pivot).toBe('deu_Latn');
  });
});

describe('a command that cannot be carried out', () => {
  const cases: [string, () => string[], number, RegExp][] = [
    ['no command', () => [], 2, /^$/],
    ['an unknown command', () => ['frob'], 2, /command frob is unknown/],
    ['an unknown option', () => ['analyze', 'x.csv', '--frob'], 2, /--frob/],
    ['no file', () => ['analyze', '--out', 'x'], 2, /No file is given/],
    [
      'a file that is missing',
      () => ['analyze', 'none.csv', '--out', 'x'],
      2,
      /none\.csv does not exist/,
    ],
    [
      'no folder for the results',
      () => ['analyze', write('a.csv', FACTS)],
      2,
      /--out DIR is missing/,
    ],
    [
      'a seed that is no number',
      () => ['analyze', write('a.csv', FACTS), '--out', 'x', '--seed', '1.5'],
      2,
      /seed 1\.5/,
    ],
    [
      'a pivot that is not there',
      () => ['analyze', write('a.csv', FACTS), '--out', 'x', '--pivot', 'fr'],
      1,
      /pivot language fr/,
    ],
    ['an empty file', () => ['analyze', write('empty.csv', ''), '--out', 'x'], 1, /empty\.csv/],
    [
      'a PDF',
      () => ['analyze', write('p.pdf', '%PDF-1.7\n%âãÏÓ\n1 0 obj'), '--out', 'x'],
      1,
      /p\.pdf.*PDF/,
    ],
    [
      'one language',
      () => [
        'analyze',
        write('one.csv', 'id,en\na,One boat is here.\nb,Two boats are here.\n'),
        '--out',
        'x',
      ],
      1,
      /one language, en/,
    ],
    [
      'an unknown model',
      () => ['analyze', write('a.csv', FACTS), '--out', 'x', '--model', 'nonsense'],
      1,
      /model nonsense is unknown/,
    ],
    [
      'a precision the model lacks',
      () => ['analyze', write('a.csv', FACTS), '--out', 'x', '--dtype', 'int3'],
      1,
      /int3/,
    ],
    [
      'vectors with NaN',
      () => {
        const data = new Float32Array(15 * 4).fill(1);
        data[9] = NaN;
        return [
          'analyze',
          write('a.csv', FACTS),
          '--out',
          'x',
          '--embeddings',
          write('nan.npy', toNpy(data, [15, 4])),
        ];
      },
      1,
      /Row 2 of .*nan\.npy contains NaN/,
    ],
    [
      'layers of vectors that have none',
      () => [
        'analyze',
        write('a.csv', FACTS),
        '--out',
        'x',
        '--layers',
        '--embeddings',
        write('one.npy', toNpy(new Float32Array(60).fill(1), [15, 4])),
      ],
      2,
      /--layers needs vectors by layer/,
    ],
    [
      'a folder with several files of vectors',
      () => ['analyze', write('a.csv', FACTS), '--out', 'x', '--embeddings', scratch],
      1,
      /holds \d+ files of vectors/,
    ],
    [
      'a pickle',
      () => [
        'analyze',
        write('a.csv', FACTS),
        '--out',
        'x',
        '--embeddings',
        write('v.pkl', Uint8Array.of(0x80, 4)),
      ],
      1,
      /v\.pkl is pickled Python, which is never loaded/,
    ],
    [
      'too few vectors',
      () => [
        'analyze',
        write('a.csv', FACTS),
        '--out',
        'x',
        '--embeddings',
        write('few.npy', toNpy(new Float32Array(8).fill(1), [2, 4])),
      ],
      1,
      /few\.npy has 2 rows but the files hold 15 texts/,
    ],
  ];

  it.each(cases)('%s: says why in one sentence and writes nothing', (_, args, code, says) => {
    const target = join(scratch, 'nothing');
    const given = args().map((arg) => (arg === 'x' ? target : arg));
    const result = isogloss(...given);
    expect(result.code).toBe(code);
    expect(result.sentence).toMatch(says);
    expect(existsSync(target)).toBe(false);
  });

  it('leaves a folder as it was when the results cannot be written into it', () => {
    const blocked = write('blocked', 'a file, not a folder');
    const result = isogloss('analyze', write('a.csv', FACTS), '--out', join(blocked, 'results'));
    expect(result.code).toBe(1);
    expect(result.sentence).toMatch(/could not be written/);
    expect(readFileSync(blocked, 'utf8')).toBe('a file, not a folder');
  });
});

describe('on real files', () => {
  if (!existsSync(EVAL))
    console.warn(`SKIPPED: ${EVAL} is not there, so no real file was analyzed.`);

  it.skipIf(!existsSync(EVAL))(
    'analyzes flore200.json in under 3 minutes',
    () => {
      const out = join(scratch, 'flores');
      const { code, seconds } = isogloss('analyze', join(EVAL, 'flore200.json'), '--out', out);
      console.log(`flore200.json took ${seconds.toFixed(0)} s.`);
      expect(code).toBe(0);
      expect(seconds).toBeLessThan(180);
      const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
      expect([report.facts, report.languages.length, report.completeFacts]).toEqual([997, 9, 997]);
    },
    240_000,
  );

  it.skipIf(!existsSync(EVAL))(
    'joins a Tatoeba pair and another pairwise only',
    () => {
      const out = join(scratch, 'tatoeba');
      const files = ['deu-eng.deu', 'deu-eng.eng', 'tha-eng.tha', 'tha-eng.eng'].map((name) =>
        join(EVAL, 'tatoeba', `tatoeba.${name}`),
      );
      expect(isogloss('analyze', ...files, '--out', out).code).toBe(0);
      const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
      expect(report.variance).toBeNull();
      expect(report.varianceReason).toMatch(/needs two facts/);
      const [, deu] = readFileSync(join(out, 'matrices/mexa.csv'), 'utf8').split('\n');
      expect(deu).toMatch(/^deu,1,0\.\d+,$/);
    },
    120_000,
  );
});

process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
mkdirSync(scratch, { recursive: true });
