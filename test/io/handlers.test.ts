import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { NO_CHOICES } from '../../src/core/corpus.ts';
import { filesHandlers } from '../../src/io/handlers.ts';
import { toReportFiles } from '../../src/io/write/to-report.ts';
import { toZip } from '../../src/io/write/to-zip.ts';
import { exampleReport } from './example-report.ts';
import { labelsOf } from './reading.ts';

const context = { signal: new AbortController().signal, report: () => undefined };

describe('filesHandlers', () => {
  it('reads blobs, and keeps them for the calls that follow', async () => {
    const handlers = filesHandlers();
    const files = [{ name: 'a.csv', content: new Blob(['id,en,de\nq1,A text,Ein Text\n']) }];
    expect(labelsOf(await handlers.add({ files }, context))).toEqual(['en', 'de']);
    const choices = { ...NO_CHOICES, languages: { de: null } };
    expect(labelsOf(await handlers.choose({ choices }, context))).toEqual(['en']);
    expect((await handlers.remove({ file: 'a.csv' }, context)).sheets).toEqual([]);
    expect((await handlers.clear({}, context)).corpus.languages).toEqual([]);
  });

  it('packs one file of an export, or all of them as a ZIP archive', async () => {
    const input = exampleReport();
    const handlers = filesHandlers();
    const one = await handlers.pack({ input, path: 'matrices/bias.csv' }, context);
    expect(new TextDecoder().decode(one)).toMatch(/^,eng_Latn,deu,sw\n/);
    const all = unzipSync(await handlers.pack({ input, path: null }, context));
    const files = toReportFiles(input);
    expect(Object.keys(all).sort()).toEqual([...files.keys()].sort());
    expect(new TextDecoder().decode(all['facts.csv'])).toBe(files.get('facts.csv'));
    expect(all['embeddings.npy']).toEqual(files.get('embeddings.npy'));
  });
});

describe('toZip', () => {
  it('writes the same bytes at any time', () => {
    const files = new Map([['a/b.txt', 'text']]);
    const first = toZip(files);
    vi.useFakeTimers({ now: new Date(2040, 5, 5) });
    expect(toZip(files)).toEqual(first);
    vi.useRealTimers();
  });
});
