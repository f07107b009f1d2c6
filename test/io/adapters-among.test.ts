import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { filesHandlers } from '../../src/io/handlers.ts';
import { BESIDE_ADAPTERS } from '../../src/io/read/adapters-among.ts';
import { toAdapter } from '../../src/io/write/to-adapter.ts';
import { toLabFiles } from '../../src/io/write/to-lab.ts';
import { recordOf } from '../adapters/adapter-records.ts';
import { unwatched } from '../helpers/contexts.ts';

import { comparisonOnPaper, leftOutOnPaper, reportOf } from '../helpers/lab-reports.ts';

const adapter = toAdapter(recordOf());
const saved: Record<string, Uint8Array> = Object.fromEntries(
  [
    ...toLabFiles({
      ...{ report: reportOf(), record: recordOf(), card: '# Card\n', sensitivity: null },
      ...{ comparison: comparisonOnPaper, leftOut: leftOutOnPaper },
    }),
  ].map(([path, content]) => [
    path,
    typeof content === 'string' ? new TextEncoder().encode(content) : content,
  ]),
);

async function taken(files: Record<string, Uint8Array>) {
  const named = Object.entries(files).map(([name, bytes]) => ({
    name,
    content: new Blob([bytes as Uint8Array<ArrayBuffer>]),
  }));
  const { adapters, left } = await filesHandlers().takeAdapters({ files: named }, unwatched);
  return { files: adapters.map(({ file }) => file), adapters, left };
}

const within = (folder: string, files: Record<string, Uint8Array>) =>
  Object.fromEntries(Object.entries(files).map(([path, bytes]) => [folder + path, bytes]));

describe('adapters among dropped files', () => {
  it('are found in the zip that the lab saves, whatever folder it was packed from', async () => {
    for (const folder of ['', 'isogloss-adapter-T3/']) {
      const zip = zipSync(within(folder, saved));
      const { files, adapters, left } = await taken({
        'T3.zip': zip,
        'facts.csv': saved['lab.json'],
      });
      expect(files).toEqual([`T3.zip/${folder}adapter.json`]);
      expect(left).toEqual(['facts.csv']);
      expect(adapters[0].record).toEqual(recordOf());
      const hash = await crypto.subtle.digest('SHA-256', adapter as Uint8Array<ArrayBuffer>);
      expect(adapters[0].sha256).toBe(Buffer.from(hash).toString('hex'));
    }
  });

  it('take along what the lab wrote beside them, and nothing of other folders', async () => {
    expect(Object.keys(saved).sort()).toEqual(['adapter.json', ...BESIDE_ADAPTERS].sort());
    const other = { 'data/measures.csv': saved['measures.csv'], 'README.md': saved['README.md'] };
    const { files, left } = await taken({ ...within('T3/', saved), ...other });
    expect(files).toEqual(['T3/adapter.json']);
    expect(left).toEqual(Object.keys(other));
  });

  it('are left in archives with other files, and elsewhere', async () => {
    const files = {
      'mixed.zip': zipSync({ ...saved, 'facts.csv': saved['measures.csv'] }),
      'none.zip': zipSync({ 'lab.json': saved['lab.json'] }),
      'cut.zip': zipSync(saved).subarray(0, 300),
      'lab.json': saved['lab.json'],
      'adapter.txt': adapter,
    };
    expect(await taken(files)).toMatchObject({ files: [], left: Object.keys(files) });
  });

  it('are refused in a sentence where they are broken, in a zip too', async () => {
    const broken = new TextEncoder().encode('{"format":"isogloss-adapter","version":1}');
    await expect(taken({ 'a.zip': zipSync({ 'adapter.json': broken }) })).rejects.toThrow(
      'a.zip/adapter.json',
    );
    const zip = zipSync({ 'adapter.json': adapter }, { level: 0 });
    zip[100] ^= 1;
    await expect(taken({ 'a.zip': zip })).rejects.toThrow(/^a\.zip\/adapter\.json .*\.$/);
  });
});
