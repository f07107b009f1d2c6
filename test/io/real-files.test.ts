import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { completeFacts, type ReadResult } from '../../src/core/corpus.ts';
import { labelsOf, readAll, textsOf } from './reading.ts';

// Released data sets in the developers' folder beside the checkout; they are not part of the repository.
const FOLDER = join(import.meta.dirname, '../../../shared/eval');
const missing = !existsSync(FOLDER);
if (missing) console.warn(`SKIPPED: the tests on real files, since ${FOLDER} does not exist.`);

const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, path)));
const named = (...paths: string[]): Record<string, Uint8Array> =>
  Object.fromEntries(paths.map((path) => [path.slice(path.lastIndexOf('/') + 1), bytes(path)]));

/** Facts, languages, facts that every language has, and issues that say something was lost. */
const shape = (result: ReadResult) => ({
  facts: result.corpus.facts.length,
  languages: labelsOf(result),
  complete: completeFacts(result.corpus).length,
  lost: result.issues.filter(
    ({ severity, code }) =>
      severity === 'error' || /^(bad|duplicate-id|empty|unequal|unknown)/.test(code),
  ),
});

describe.skipIf(missing)('real files', () => {
  it('FaMSS flore200.json is 997 facts in 9 languages, complete', async () => {
    const result = await readAll(named('flore200.json'));
    expect(shape(result)).toEqual({
      facts: 997,
      languages: ['ar', 'en', 'de', 'fr', 'es', 'ru', 'ja', 'zh', 'th'],
      complete: 997,
      lost: [],
    });
    const { facts, renderings } = result.corpus;
    expect([facts[0].id, facts[996].id, result.sheets[0].format]).toEqual([
      '0',
      '996',
      'json-by-language',
    ]);
    const text = readFileSync(join(FOLDER, 'flore200.json'), 'utf8').split('\n');
    expect(text[renderings.line[500 * 9] - 1]).toContain('"500": {');
  });

  it('the same as a ZIP and as a gzip file gives the same texts', async () => {
    const plain = textsOf(await readAll(named('flore200.json')));
    const zip = await readAll({
      'pack.zip': zipSync({ data: { 'flore200.json': [bytes('flore200.json'), { level: 1 }] } }),
    });
    expect(zip.corpus.files).toMatchObject([
      { name: 'pack.zip/data/flore200.json', bytes: 1838981 },
    ]);
    expect(textsOf(zip)).toEqual(plain);
    expect(
      textsOf(
        await readAll({ 'flore200.json.gz': gzipSync(bytes('flore200.json'), { level: 1 }) }),
      ),
    ).toEqual(plain);
  });

  it('two Tatoeba pairs share the language English and no fact', async () => {
    const paths = ['deu', 'jpn'].flatMap((code) =>
      [code, 'eng'].map((side) => `tatoeba/tatoeba.${code}-eng.${side}`),
    );
    const result = await readAll(named(...paths));
    expect(shape(result)).toEqual({
      facts: 2000,
      languages: ['deu', 'eng', 'jpn'],
      complete: 0,
      lost: [],
    });
    expect(textsOf(result)['deu-eng:1']).toEqual({
      deu: 'Maria sagte, sie wisse nicht, wo Tom sei.',
      eng: "Mary said she didn't know where Tom was.",
    });
    expect(Object.keys(textsOf(result)['jpn-eng:1000'])).toEqual(['jpn', 'eng']);
  });

  it('XQuAD is 1,190 questions joined by id, with articles as topics', async () => {
    const result = await readAll(named('xquad/xquad.en.json', 'xquad/xquad.ar.json'));
    expect(shape(result)).toEqual({
      facts: 1190,
      languages: ['en', 'ar'],
      complete: 1190,
      lost: [],
    });
    expect(new Set(result.corpus.facts.map(({ topic }) => topic)).size).toBe(48);
    expect(result.corpus.renderings.text[0]).toBe(
      'How many points did the Panthers defense surrender?',
    );
    const lines = readFileSync(join(FOLDER, 'xquad/xquad.en.json'), 'utf8').split('\n');
    expect(lines[result.corpus.renderings.line[1189] - 1]).toContain('"question"');
  });

  it('XQuAD contexts can be chosen instead of the questions', async () => {
    const roles = { 'xquad.en.json': { 2: { kind: 'text' as const, label: 'en' } } };
    const result = await readAll(named('xquad/xquad.en.json'), { choices: { roles } });
    expect(result.corpus.renderings.text[0]).toMatch(
      /^The Panthers defense gave up just 308 points/,
    );
  });

  it('BMLAMA is 1,698 filled statements, in the file with quotes and the one with a broken header too', async () => {
    const result = await readAll(named('bmlama17/en.tsv', 'bmlama17/he.tsv', 'bmlama17/zh.tsv'));
    expect(shape(result)).toEqual({
      facts: 1698,
      languages: ['en', 'he', 'zh'],
      complete: 1698,
      lost: [],
    });
    expect(textsOf(result)['1']).toMatchObject({
      en: 'Charles II of Spain was born in Madrid.',
      zh: expect.stringMatching(/马德里。$/),
    });
    expect(result.corpus.renderings.text.filter((text) => text.includes('<mask>'))).toEqual([]);
    expect(textsOf(result)['438'].he).toContain('פיפ"א');
  });

  it('MKQA joins over languages once the language is cut off the ids, zh_cn too', async () => {
    const result = await readAll(
      named('mkqa/mkqa-en.jsonl', 'mkqa/mkqa-zh_cn.jsonl', 'mkqa/mkqa-km.jsonl'),
    );
    expect(shape(result)).toEqual({
      facts: 864,
      languages: ['en', 'zh_cn', 'km'],
      complete: 864,
      lost: [],
    });
    expect(result.corpus.languages[1]).toMatchObject({ tag: 'zh', script: 'Hans' });
    expect(
      result.issues.some(({ code, language }) => code === 'untranslated-copy' && language === 'km'),
    ).toBe(true);
  });

  it('the whole Tatoeba folder is read in seconds, without its README', async () => {
    const start = performance.now();
    const result = await readAll(
      named(...readdirSync(join(FOLDER, 'tatoeba')).map((name) => `tatoeba/${name}`)),
    );
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(result.corpus.languages).toHaveLength(57);
    expect(result.corpus.renderings.text.length).toBe(2 * result.corpus.facts.length);
    expect(result.issues.filter(({ code }) => code === 'ignored').map(({ file }) => file)).toEqual([
      'README.upstream.md',
    ]);
  });
});
