import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createReader } from '../../src/io/read/read-corpus.ts';
import { LIMITS } from '../../src/io/read/sheet.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/corpora');
const RUNS = 150;
const BUDGET_MS = 20_000;

/** Small limits, so that what a mutation multiplies is refused instead of read. */
const limits = { ...LIMITS, fileBytes: 1_000_000, totalBytes: 2_000_000 };

function seeds(): [name: string, bytes: Uint8Array][] {
  const names = readdirSync(FOLDER).filter((name) => !name.endsWith('.expected.json'));
  const paths = names.flatMap((name) =>
    statSync(join(FOLDER, name)).isDirectory()
      ? readdirSync(join(FOLDER, name)).map((inner) => `${name}/${inner}`)
      : [name],
  );
  const files = paths.map((name): [string, Uint8Array] => [
    name,
    new Uint8Array(readFileSync(join(FOLDER, name))),
  ]);
  const text = new Uint8Array(readFileSync(join(FOLDER, 'wide.csv')));
  return [
    ...files,
    ['pack.zip', zipSync({ 'a.csv': text, b: { 'en.txt': text } })],
    ['wide.csv.gz', gzipSync(text)],
  ];
}

type Change = {
  kind: 'set' | 'insert' | 'delete' | 'repeat' | 'cut';
  at: number;
  value: number;
  length: number;
};

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('set', 'insert', 'delete', 'repeat', 'cut'),
  at: fc.nat(100_000),
  value: fc.oneof(
    fc.nat(255),
    fc.constantFrom(...'"\'{}[],:;\t\n\r\\<>-_'.split('').map((letter) => letter.charCodeAt(0))),
  ),
  length: fc.nat(60),
});

function mutate(bytes: Uint8Array, changes: Change[]): Uint8Array {
  let result = Array.from(bytes);
  for (const { kind, at, value, length } of changes) {
    const place = result.length === 0 ? 0 : at % result.length;
    if (kind === 'set') result[place] = value;
    else if (kind === 'insert') result.splice(place, 0, value);
    else if (kind === 'delete') result.splice(place, length);
    else if (kind === 'repeat') result.splice(place, 0, ...result.slice(place, place + length));
    else result = result.slice(0, place);
  }
  return Uint8Array.from(result);
}

describe('mutated files', () => {
  it.each(seeds())(
    '%s is read or reported, never fails, and leaves the other file alone',
    { timeout: 60_000 },
    async (name, bytes) => {
      const other = new TextEncoder().encode('id,fo\nzz-1,Hetta er ein tekstur\n');
      const start = performance.now();
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
          const reader = createReader(limits);
          await reader.add([{ name: 'other.csv', bytes: other }]);
          const { corpus, issues, sheets } = await reader.add([
            { name, bytes: mutate(bytes, changes) },
          ]);
          expect(corpus.languages[0].label).toBe('fo');
          expect(corpus.renderings.fact.every((fact) => fact < corpus.facts.length)).toBe(true);
          expect(
            corpus.renderings.language.every((l) => l >= 0 && l < corpus.languages.length),
          ).toBe(true);
          expect(sheets.length > 1 || issues.length > 0).toBe(true);
          expect(issues.filter(({ message }) => message.includes('could not be read ('))).toEqual(
            [],
          );
        }),
        { numRuns: RUNS },
      );
      expect(performance.now() - start).toBeLessThan(BUDGET_MS);
    },
  );
});

describe('files made to be slow', () => {
  const many = (text: string, count: number): string => text.repeat(count);
  it.each([
    ['quotes', 'a.csv', many('"', 300_000)],
    ['quotes and letters', 'a.csv', `id,en\n${many('"a" b,"c"" d\n', 30_000)}`],
    ['open quotes', 'a.tsv', many('"a\t', 100_000)],
    ['commas', 'a.csv', `id,en\n${many(',', 500_000)}`],
    ['blank space', 'a.csv', `id,${many(' ', 400_000)}x,en\n1,2,3\n`],
    ['blank lines', 'en.txt', `x${many('\n', 900_000)}`],
    ['a long header', 'a.csv', `${many('text ', 50_000)},en\na,b\nc,d\n`],
    ['deep lists', 'a.json', many('[', 200_000) + many(']', 200_000)],
    ['deep objects', 'a.json', `${many('{"a":', 100_000)}1${many('}', 100_000)}`],
    [
      'many names',
      'a.jsonl',
      Array.from({ length: 3000 }, (_, i) => `{"k${i}":"v","m${i}":"w"}`).join('\n'),
    ],
    ['backslashes', 'a.json', `{"a": "${many('\\\\', 200_000)}"}`],
    ['quotes in JSON', 'a.json', `[${many('"\\"",', 100_000)}""]`],
    ['brackets', 'a.txt', many('[', 500_000)],
  ])('%s are read or refused within seconds', { timeout: 30_000 }, async (_, name, text) => {
    const start = performance.now();
    const result = await createReader({ ...limits, fileBytes: 1e7, totalBytes: 1e7 }).add([
      { name, bytes: new TextEncoder().encode(text) },
    ]);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(result.issues.length + result.sheets.length).toBeGreaterThan(0);
  });
});
