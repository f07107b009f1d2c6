import { createHash } from 'node:crypto';
import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { NO_CHOICES } from '../../src/core/corpus.ts';
import { createReader } from '../../src/io/read/read-corpus.ts';
import { LIMITS } from '../../src/io/read/sheet.ts';
import { labelsOf, named, readAll, shortIssues, textsOf } from './reading.ts';

const good = { 'good.csv': 'id,en,de\nq1,One thing,Eine Sache\nq2,Two things,Zwei Sachen\n' };
const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

describe('bad files', () => {
  it.each([
    ['empty', new Uint8Array(), 'damaged-file', 0],
    ['blank', ' \n\n', 'damaged-file', 0],
    ['binary', Uint8Array.from({ length: 600 }, (_, i) => i % 251), 'unknown-format', 0],
    ['PDF', '%PDF-1.4\n1 0 obj', 'unknown-format', 0],
    ['web page', '<!doctype html><title>x</title>', 'unknown-format', 0],
    ['Latin-1', Uint8Array.from([...strToU8('id,en\nq9,caf'), 0xe9, 10]), 'bad-encoding', 2],
    [
      'truncated ZIP',
      zipSync({ 'en.txt': strToU8('x'.repeat(99)) }).slice(0, 60),
      'damaged-file',
      0,
    ],
    ['truncated gzip', gzipSync(strToU8('x'.repeat(99))).slice(0, 20), 'damaged-file', 0],
    ['broken JSON', '{"a": {"en": "x"},\n', 'damaged-file', 2],
  ])(
    'an issue says what is wrong with a file that is %s, and everything else stays',
    async (_, content, code, line) => {
      const result = await readAll({ ...good, 'bad.json': content });
      expect(result.issues).toMatchObject([{ severity: 'error', code, file: 'bad.json', line }]);
      expect(result.issues[0].message).toContain('bad.json');
      expect(Object.keys(textsOf(result))).toEqual(['q1', 'q2']);
    },
  );

  it('the sentence about an unknown format names what was seen and what is accepted', async () => {
    const { issues } = await readAll({ 'thesis.pdf': '%PDF-1.4\n' });
    expect(issues[0].message).toMatch(
      /^thesis\.pdf is a PDF document\. Isogloss reads CSV, TSV, JSON, JSONL/,
    );
  });

  it('is read by its content when its name promises something else', async () => {
    const result = await readAll({
      'table.json': 'id,en,de\nq1,One thing,Eine Sache\nq2,Two,Zwei\n',
    });
    expect(result.sheets).toMatchObject([{ format: 'wide-table' }]);
  });

  it('hidden files and documentation are passed over with a note', async () => {
    const result = await readAll({
      'x/.DS_Store': 'x',
      'x/README.md': '# Data',
      'x/LICENSE': 'CC0',
      'x/en.txt': 'Text\n',
    });
    expect(shortIssues(result)).toEqual([
      'note ignored x/.DS_Store:0',
      'note ignored x/README.md:0',
      'note ignored x/LICENSE:0',
    ]);
    expect(labelsOf(result)).toEqual(['en']);
  });
});

describe('limits', () => {
  it('a file over the limit is refused with both numbers, and everything else stays', async () => {
    const result = await readAll(
      { ...good, 'big.csv': `id,fr\nq1,${'x'.repeat(2000)}` },
      { limits: { fileBytes: 1000 } },
    );
    expect(result.issues).toMatchObject([
      { severity: 'error', code: 'too-large', file: 'big.csv' },
    ]);
    expect(result.issues[0].message).toMatch(
      /is 2,009 bytes; a file may have 1,000 bytes\. Split it/,
    );
    expect(labelsOf(result)).toEqual(['en', 'de']);
  });

  it('a real file of 101 MB is refused at once', async () => {
    const start = performance.now();
    const result = await readAll({ 'big.txt': new Uint8Array(101_000_000).fill(97) });
    expect(result.issues[0].message).toContain('is 101 MB; a file may have 100 MB');
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('all files together are limited after decompression, until one is removed', async () => {
    const rows = (language: string): string => `id,${language}\nq1,${`${language} `.repeat(167)}\n`;
    const packed = gzipSync(strToU8(rows('de')));
    const reader = createReader({ ...LIMITS, totalBytes: 1200 });
    await reader.add(named({ 'en.csv': rows('en'), 'de.csv.gz': packed }));
    const full = await reader.add(named({ 'fr.csv': rows('fr') }));
    expect(full.issues).toMatchObject([{ code: 'too-large', file: 'fr.csv' }]);
    reader.remove('de.csv.gz');
    reader.remove('fr.csv');
    const result = await reader.add(named({ 'fr.csv': rows('fr') }));
    expect([labelsOf(result), result.issues]).toEqual([['en', 'fr'], []]);
  });
});

describe('what is kept', () => {
  it('grows with every call, and every answer describes all of it', async () => {
    const reader = createReader();
    await reader.add(named(good));
    const result = await reader.add(
      named({ 'bad.pdf': '%PDF', 'more.csv': 'id,fr\nq1,Une chose\n' }),
    );
    expect(labelsOf(result)).toEqual(['en', 'de', 'fr']);
    expect(shortIssues(reader.choose(NO_CHOICES))).toEqual(['error unknown-format bad.pdf:0']);
    expect(reader.remove('bad.pdf').issues).toEqual([]);
    expect(labelsOf(reader.remove('good.csv'))).toEqual(['fr']);
    expect(reader.clear()).toMatchObject({
      corpus: { facts: [], languages: [], files: [] },
      issues: [],
      sheets: [],
    });
  });

  it('lets a file take the place of an older one of its name, and says so when it is another', async () => {
    const reader = createReader();
    await reader.add(named(good));
    expect((await reader.add(named(good))).issues).toEqual([]);
    const result = await reader.add(named({ 'good.csv': 'id,en,de\nq1,Changed,Geändert\n' }));
    expect(textsOf(result)).toEqual({ q1: { en: 'Changed', de: 'Geändert' } });
    expect(shortIssues(result)).toEqual(['warning ignored good.csv:0']);
  });

  it('names the members of an archive by their path, and forgets them with it or alone', async () => {
    const pack = zipSync({
      flore: {
        'en.txt': strToU8('A text\n'),
        'de.txt': strToU8('Ein Text\n'),
        'x.pdf': strToU8('%PDF'),
      },
    });
    const reader = createReader();
    const result = await reader.add([{ name: 'pack.zip', bytes: pack }]);
    expect(result.sheets.map(({ key, file }) => [key, file])).toEqual([
      ['pack.zip/flore/en.txt', 'pack.zip/flore/en.txt'],
      ['pack.zip/flore/de.txt', 'pack.zip/flore/de.txt'],
    ]);
    expect(shortIssues(result)).toEqual(['error unknown-format pack.zip/flore/x.pdf:0']);
    expect(textsOf(result)).toEqual({ 1: { en: 'A text', de: 'Ein Text' } });
    expect(labelsOf(reader.remove('pack.zip/flore/de.txt'))).toEqual(['en']);
    expect(reader.remove('pack.zip')).toMatchObject({ issues: [], sheets: [] });
  });

  it('hashes a dropped file as it was dropped, and a member of an archive as it was before it was packed', async () => {
    const text = 'id,en\nq1,A text\n';
    const gz = gzipSync(strToU8(text));
    const zip = zipSync({ 'b.csv': strToU8(text.replace('en', 'de')) });
    const { corpus } = await readAll({ 'a.csv.gz': gz, 'z.zip': zip });
    expect(corpus.files).toEqual([
      { name: 'a.csv.gz', bytes: gz.length, sha256: sha256(gz) },
      { name: 'z.zip/b.csv', bytes: text.length, sha256: sha256(text.replace('en', 'de')) },
    ]);
  });

  it('lists only the files that gave renderings', async () => {
    const { corpus } = await readAll({
      ...good,
      'same.csv': 'id,en\nq1,One thing\n',
      'notes.txt': 'Some notes\n',
    });
    expect(corpus.files.map(({ name }) => name)).toEqual(['good.csv']);
  });

  it('takes files of calls that overlap in the order of the calls', async () => {
    const reader = createReader();
    const calls = ['en', 'de', 'fr'].map((language) =>
      reader.add(named({ [`${language}.csv`]: `id,${language}\nq1,Text\n` })),
    );
    expect((await Promise.all(calls)).map(labelsOf)).toEqual([
      ['en'],
      ['en', 'de'],
      ['en', 'de', 'fr'],
    ]);
  });

  it('forgets files whose reading was under way when all was cleared', async () => {
    const reader = createReader();
    const call = reader.add(named(good));
    reader.clear();
    expect((await call).sheets).toEqual([]);
  });

  it('holds the findings about the texts', async () => {
    const result = await readAll({
      'a.csv': 'id,en,ru\nq1,The same words,Просто слова\nq2,The same words,Другие слова\n',
    });
    expect(shortIssues(result)).toEqual(['warning duplicate-text a.csv:3']);
  });
});
