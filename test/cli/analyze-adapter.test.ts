import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Provenance } from '../../src/core/report.ts';
import { readVectors } from '../../src/io/read/given-vectors.ts';
import type { Tensor } from '../../src/io/read/from-safetensors.ts';
import { toAdapter } from '../../src/io/write/to-adapter.ts';
import { recordOf } from '../adapters/adapter-records.ts';
import { FACTS, isogloss, scratch, write } from '../helpers/shell.ts';

const raw = join(scratch, 'raw');
const mapped = join(scratch, 'mapped');
let facts: string;
let adapter: string;

const manifestOf = (folder: string): Provenance =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Provenance;

async function vectorsIn(folder: string): Promise<Tensor> {
  const name = join(folder, 'embeddings.npy');
  return (await readVectors({ name, bytes: new Uint8Array(readFileSync(name)) }, () => null))
    .vectors;
}

/** The means of the languages that the raw run wrote; Swahili is left to the texts at hand. */
async function adapterFile(name: string): Promise<string> {
  const { data, shape } = await vectorsIn(raw);
  const d = shape[1];
  const meanOf = (language: number): Float32Array =>
    Float32Array.from({ length: d }, (_, k) => {
      const values = [0, 1, 2, 3, 4].map((fact) => data[(fact * 3 + language) * d + k]);
      return values.reduce((sum, value) => sum + value, 0) / 5;
    });
  const { model, files } = manifestOf(raw);
  const languages = ['en', 'de'].map((tag, l) => ({
    tag,
    mean: meanOf(l),
    linear: { kind: 'identity' as const },
  }));
  return write(
    name,
    toAdapter({
      ...recordOf({
        method: 'centering',
        dimensions: d,
        languages,
        otherLanguages: { kind: 'identity' },
      }),
      encoder: model,
      files,
    }),
  );
}

describe('isogloss analyze --adapter', () => {
  beforeAll(async () => {
    facts = write('facts to adapt.csv', FACTS);
    expect(isogloss('analyze', facts, '--out', raw).code).toBe(0);
    adapter = await adapterFile('lab.json');
    const { code, sentence } = isogloss('analyze', facts, '--adapter', adapter, '--out', mapped);
    expect([code, sentence]).toEqual([0, '']);
  }, 120_000);

  it('compares the mapped vectors', async () => {
    const { data, shape } = await vectorsIn(mapped);
    const d = shape[1];
    // Rows of zero mean at unit length: no language keeps a direction that all of its rows share.
    for (const language of [0, 1, 2]) {
      const sums = Float64Array.from({ length: d }, (_, k) =>
        [0, 1, 2, 3, 4].reduce((sum, fact) => sum + data[(fact * 3 + language) * d + k], 0),
      );
      expect(Math.hypot(...sums) / 5).toBeLessThan(0.1);
    }
  });

  it('says which adapter it was, and what it has seen of the facts', () => {
    const { adapter: own, notices } = manifestOf(mapped);
    expect(own).toMatchObject({ file: 'lab.json', method: 'centering', meansFromTexts: ['sw'] });
    expect(own!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(notices).toEqual(
      expect.arrayContaining([
        'The adapter was not fitted on sw: the mean that it takes away is that of the texts at hand.',
        'The adapter lab.json was fitted on 60 facts of facts to adapt.csv, which are among these files: numbers on facts that it was fitted on flatter it, and its own held-out numbers say what it does.',
      ]),
    );
    for (const report of ['report.md', 'report.html'])
      expect(readFileSync(join(mapped, report), 'utf8')).toContain('lab.json, centering, SHA-256');
    expect(JSON.parse(readFileSync(join(mapped, 'report.json'), 'utf8')).adapter).toEqual(own);
    expect(manifestOf(raw).adapter).toBeNull();
  });

  it('maps vectors that were given, and tells those that are mapped already', () => {
    const again = join(scratch, 'mapped from vectors');
    const given = ['analyze', facts, '--adapter', adapter, '--embeddings'];
    expect(isogloss(...given, raw, '--out', again).code).toBe(0);
    expect(readFileSync(join(again, 'pairs.csv'), 'utf8')).toBe(
      readFileSync(join(mapped, 'pairs.csv'), 'utf8'),
    );
    expect(isogloss(...given, mapped, '--out', again).sentence).toContain(
      'The vectors are those of the adapter lab.json (centering) already',
    );
    const untouched = isogloss('analyze', facts, '--embeddings', mapped, '--out', again);
    expect(untouched.code).toBe(0);
    expect(manifestOf(again)).toMatchObject({ adapter: { file: 'lab.json' } });
  }, 120_000);

  it('refuses what it cannot do, in a sentence', () => {
    const out = ['--out', join(scratch, 'refused')];
    const said = (...args: string[]): string =>
      isogloss('analyze', facts, ...args, ...out).sentence;
    expect(said('--adapter', adapter, '--layers')).toContain(
      'An adapter maps the final vectors alone: leave --layers or --adapter out.',
    );
    expect(said('--adapter', facts)).toContain('is no JSON, and so no adapter.');
    expect(said('--adapter', 'nowhere.json')).toContain('The file nowhere.json cannot be read.');
    expect(said('--adapter', adapter, '--prefix', 'query: ')).toContain(
      'The adapter was fitted on vectors of another encoder: prefix none there',
    );
  }, 120_000);
});
