import { gzipSync, strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unpack } from '../../src/io/read/containers.ts';
import { LIMITS } from '../../src/io/read/sheet.ts';

const text = 'Some text that is packed.\n'.repeat(40);
const open = (
  bytes: Uint8Array,
  { fileBytes = 100_000, totalBytes = 300_000, name = 'pack.zip' } = {},
) => unpack({ name, bytes }, { ...LIMITS, fileBytes, totalBytes }, { left: totalBytes });
const names = (unpacked: ReturnType<typeof open>) => unpacked.files.map(({ name }) => name);
const codes = (unpacked: ReturnType<typeof open>) =>
  unpacked.issues.map(({ code, file }) => `${code} ${file}`);
const content = ({ files }: ReturnType<typeof open>) =>
  files.map(({ bytes }) => new TextDecoder().decode(bytes));
const zipped = (files: Zippable) => zipSync(files, { mtime: new Date(2020, 0, 1) });

describe('unpack', () => {
  it('gives a file that is no archive back as it is', () => {
    const bytes = strToU8(text);
    expect(open(bytes, { name: 'en.txt' })).toEqual({
      files: [{ name: 'en.txt', bytes }],
      issues: [],
    });
  });

  it('keeps the paths inside an archive, stored or packed', () => {
    const archive = open(
      zipped({ flore: { 'en.txt': strToU8(text) }, 'de.txt': [strToU8('stored'), { level: 0 }] }),
    );
    expect(names(archive)).toEqual(['pack.zip/flore/en.txt', 'pack.zip/de.txt']);
    expect(content(archive)).toEqual([text, 'stored']);
    expect(archive.issues).toEqual([]);
  });

  it('passes over folders, hidden files and the side files of the Mac', () => {
    const files = {
      a: { 'en.txt': strToU8('x') },
      __MACOSX: { '._en.txt': strToU8('y') },
      '.DS_Store': strToU8('z'),
    };
    const archive = open(zipped({ ...files, 'empty/': new Uint8Array() }));
    expect(names(archive)).toEqual(['pack.zip/a/en.txt']);
  });

  it('keeps the name of a gzip file, and joins the members of one that has several', () => {
    const [a, b] = [gzipSync(strToU8('one\n')), gzipSync(strToU8('two\n'))];
    expect(content(open(a, { name: 'en.txt.gz' }))).toEqual(['one\n']);
    const both = open(Uint8Array.from([...a, ...b]), { name: 'en.txt.gz' });
    expect([names(both), content(both)]).toEqual([['en.txt.gz'], ['one\ntwo\n']]);
  });

  it('unpacks gzip files inside a ZIP archive', () => {
    const archive = open(zipped({ 'en.txt.gz': gzipSync(strToU8(text)) }));
    expect([names(archive), content(archive)]).toEqual([['pack.zip/en.txt.gz'], [text]]);
  });

  it('refuses archives in archives in archives', () => {
    let bytes = zipped({ 'en.txt': strToU8('x') });
    for (let i = 0; i < 5; i++) bytes = zipped({ 'inner.zip': bytes });
    expect(open(bytes)).toMatchObject({
      files: [],
      issues: [{ code: 'damaged-file', severity: 'error' }],
    });
  });

  it('refuses what a member or gzip file says it holds beyond the limit, with both numbers', () => {
    const big = new Uint8Array(60_000_000);
    const archive = open(zipped({ 'big.txt': big, 'en.txt': strToU8(text) }), {
      fileBytes: 50_000_000,
      totalBytes: 1e8,
    });
    expect(names(archive)).toEqual(['pack.zip/en.txt']);
    expect(archive.issues).toMatchObject([{ code: 'too-large', file: 'pack.zip/big.txt' }]);
    expect(archive.issues[0].message).toContain('is 60 MB; a file may have 50 MB');
    expect(codes(open(gzipSync(big), { fileBytes: 50_000_000, name: 'a.gz' }))).toEqual([
      'too-large a.gz',
    ]);
  });

  it('does not believe a header that claims less than the member holds', () => {
    const bytes = zipped({ 'bomb.txt': new Uint8Array(80_000_000), 'en.txt': strToU8(text) });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const directory = findSignature(bytes, 0x02014b50);
    view.setUint32(directory + 24, 1000, true);
    const archive = open(bytes);
    expect(codes(archive)).toEqual(['damaged-file pack.zip/bomb.txt']);
    expect(content(archive)).toEqual([text]);
  });

  it('does not unpack what claims to exceed the limit', () => {
    const bytes = zipped({ 'big.txt': strToU8(text) });
    new DataView(bytes.buffer).setUint32(findSignature(bytes, 0x02014b50) + 24, 4e9, true);
    expect(codes(open(bytes))).toEqual(['too-large pack.zip/big.txt']);
  });

  it('stops at the budget of all files, however many members share the same bytes', () => {
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`${i}.txt`, new Uint8Array(9000)]),
    );
    const archive = open(zipped(files), { fileBytes: 10_000, totalBytes: 100_000 });
    expect(archive.files).toHaveLength(11);
    expect(archive.issues).toHaveLength(39);
    expect(archive.issues[0].message).toContain(
      'with 99,000 bytes loaded; all files together may have 100,000 bytes',
    );
  });

  it('reports a member whose bytes were changed, and unpacks the others', () => {
    const bytes = zipped({
      'de.txt': strToU8(text),
      'en.txt': [strToU8('stored text'), { level: 0 }],
      'fr.txt': strToU8(text),
    });
    bytes[30 + 'de.txt'.length + 12] ^= 0xff;
    const archive = open(bytes);
    expect(codes(archive)).toEqual(['damaged-file pack.zip/de.txt']);
    expect(names(archive)).toEqual(['pack.zip/en.txt', 'pack.zip/fr.txt']);
  });

  it.each([0.2, 0.5, 0.9, 0.999])('refuses an archive of which %d is there', (share) => {
    const bytes = zipped({ 'de.txt': strToU8(text), 'en.txt': strToU8(text) });
    const archive = open(bytes.slice(0, Math.floor(bytes.length * share)));
    expect(archive).toMatchObject({
      files: [],
      issues: [{ code: 'damaged-file', file: 'pack.zip' }],
    });
  });

  it.each([0.1, 0.5, 0.9, 0.99])('refuses a gzip file of which %d is there', (share) => {
    const bytes = gzipSync(strToU8(text));
    const cut = open(bytes.slice(0, Math.max(2, Math.floor(bytes.length * share))), {
      name: 'en.txt.gz',
    });
    expect(cut).toMatchObject({ files: [], issues: [{ code: 'damaged-file', file: 'en.txt.gz' }] });
  });

  it('refuses a gzip file whose bytes were changed', () => {
    const bytes = gzipSync(strToU8(text));
    bytes[bytes.length - 6] ^= 1;
    expect(codes(open(bytes, { name: 'en.gz' }))).toEqual(['damaged-file en.gz']);
  });

  it('names an Office document as one', () => {
    const archive = open(
      zipped({ '[Content_Types].xml': strToU8('<x/>'), xl: { 'a.xml': strToU8('<x/>') } }),
      { name: 'a.xlsx' },
    );
    expect(archive).toMatchObject({
      files: [],
      issues: [{ code: 'unknown-format', file: 'a.xlsx' }],
    });
    expect(archive.issues[0].message).toContain('save its table as CSV');
  });

  it('says so when an archive holds nothing', () => {
    expect(codes(open(zipped({})))).toEqual(['ignored pack.zip']);
  });

  it('refuses an encrypted member and an unknown method', () => {
    const bytes = zipped({ 'de.txt': strToU8(text), 'en.txt': strToU8(text) });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const first = findSignature(bytes, 0x02014b50);
    view.setUint16(first + 8, 1, true);
    view.setUint16(findSignature(bytes, 0x02014b50, first + 4) + 10, 93, true);
    expect(open(bytes).issues.map(({ message }) => message)).toEqual([
      'pack.zip/de.txt is encrypted; it is left out.',
      'pack.zip/en.txt is packed with method 93, which is not supported; it is left out.',
    ]);
  });
});

function findSignature(bytes: Uint8Array, signature: number, from = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = from; at + 4 <= bytes.length; at++)
    if (view.getUint32(at, true) === signature) return at;
  throw new Error('signature not found');
}
