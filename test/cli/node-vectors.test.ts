import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeVectors } from '../../src/cli/node-vectors.ts';
import { openCache } from '../../src/encoder/vector-cache.ts';
import { encodedRows } from '../helpers/vector-stores.ts';

const SHAPE = { dimensions: 2, layers: 0 };
const freshFolder = (): string => join(mkdtempSync(join(tmpdir(), 'isogloss-vectors-')), 'new');

async function keepIn(folder: string, rows: number[], patience?: number): Promise<string[]> {
  const cache = openCache(nodeVectors(folder, patience), { name: 'pack', shape: SHAPE });
  await cache.find(rows.map(String));
  const places = rows.map((_, i) => i);
  await cache.keep({ ...encodedRows(rows, SHAPE), index: Int32Array.from(places) });
  await cache.close();
  return cache.notices();
}

async function numbersIn(folder: string, texts: string[]): Promise<number> {
  const cache = openCache(nodeVectors(folder), { name: 'pack', shape: SHAPE });
  return (await cache.find(texts)).index.length;
}

describe('vectors in a folder', () => {
  it('are there for the next run, in one file, and leave no lock behind', async () => {
    const folder = freshFolder();
    expect(await keepIn(folder, [1, 2])).toEqual([]);
    expect(await keepIn(folder, [3])).toEqual([]);
    expect(await numbersIn(folder, ['1', '2', '3', '4'])).toBe(3);
    expect(readdirSync(folder)).toEqual(['pack.vectors']);
  });

  it('survive writers at once', async () => {
    const folder = freshFolder();
    const writers = Array.from({ length: 12 }, (_, w) => keepIn(folder, [2 * w, 2 * w + 1]));
    expect((await Promise.all(writers)).flat()).toEqual([]);
    const texts = Array.from({ length: 24 }, (_, n) => String(n));
    expect(await numbersIn(folder, texts)).toBe(24);
  });

  it('are not kept, with one sentence, while another process holds them', async () => {
    const folder = freshFolder();
    await keepIn(folder, [1]);
    const lock = join(folder, 'pack.vectors.lock');
    writeFileSync(lock, String(process.ppid));
    expect(await keepIn(folder, [2], 50)).toEqual([
      `Vectors are not kept for later runs: another process (${process.ppid}) holds ${lock}.`,
    ]);
    expect(existsSync(lock)).toBe(true);
  });

  it('are freed of the lock of a process that died', async () => {
    const folder = freshFolder();
    await keepIn(folder, [1]);
    const dead = fork('-e', [], { execArgv: ['-e', ''], stdio: 'ignore' });
    await new Promise((resolve) => dead.once('exit', resolve));
    writeFileSync(join(folder, 'pack.vectors.lock'), String(dead.pid));
    expect(await keepIn(folder, [2], 50)).toEqual([]);
    expect(await numbersIn(folder, ['1', '2'])).toBe(2);
  });

  it.each(['', String(process.pid)])(
    'are freed of a lock that holds "%s" and is older than any turn',
    async (owner) => {
      const folder = freshFolder();
      await keepIn(folder, [1]);
      const lock = join(folder, 'pack.vectors.lock');
      writeFileSync(lock, owner);
      const before = new Date(Date.now() - 300_000);
      utimesSync(lock, before, before);
      expect(await keepIn(folder, [2], 50)).toEqual([]);
      expect(await numbersIn(folder, ['1', '2'])).toBe(2);
    },
  );

  it('are not kept, with one sentence, where the folder cannot be made', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'isogloss-vectors-')), 'file');
    writeFileSync(file, '');
    const [sentence] = await keepIn(join(file, 'inside'), [1]);
    expect(sentence).toMatch(/^Vectors are not kept for later runs: ENOTDIR/);
  });
});
