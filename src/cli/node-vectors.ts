import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AnalyzerError } from '../core/errors.ts';
import type { VectorStore } from '../encoder/vector-cache.ts';
import type { PackFile } from '../encoder/vector-pack.ts';

const ENDING = '.vectors';

/** How long another process is waited for; reading one pack or writing one block takes less. Milliseconds. */
const PATIENCE = 10_000;

/** A lock that stands for longer was left behind, whatever process has its number now. Milliseconds. */
const ABANDONED = 120_000;

/** Packs in a folder, which is made when the first is. A lock file beside a pack keeps other processes out. */
export function nodeVectors(folder: string, patience = PATIENCE): VectorStore {
  const path = (name: string): string => join(folder, name + ENDING);
  return {
    withPack: async (name, work) => {
      await mkdir(folder, { recursive: true });
      const lock = `${path(name)}.lock`;
      await takeLock(lock, patience);
      try {
        return await withFile(path(name), work);
      } finally {
        await rm(lock, { force: true });
      }
    },
    packs: async () => {
      const names = await readdir(folder).catch(() => []);
      const packs = names.filter((name) => name.endsWith(ENDING));
      return Promise.all(
        packs.map(async (file) => {
          const { size, mtimeMs } = await stat(join(folder, file));
          return { name: file.slice(0, -ENDING.length), bytes: size, used: mtimeMs };
        }),
      );
    },
    remove: (name) => rm(path(name), { force: true }),
  };
}

async function withFile<T>(path: string, work: (file: PackFile) => Promise<T>): Promise<T> {
  const file = openSync(path, 'a');
  closeSync(file);
  const open = openSync(path, 'r+');
  try {
    return await work({
      getSize: () => fstatSync(open).size,
      read: (into, { at }) => readSync(open, into, 0, into.length, at),
      write: (bytes, { at }) => writeSync(open, bytes, 0, bytes.length, at),
      truncate: (bytes) => ftruncateSync(open, bytes),
      flush: () => fsyncSync(open),
    });
  } finally {
    closeSync(open);
  }
}

/**
 * A lock file holds the number of its process. It is taken away where that process is gone, and where it is so old that
 * the number tells nothing: numbers come back, in containers at once.
 */
async function takeLock(lock: string, patience: number): Promise<void> {
  const until = performance.now() + patience;
  for (;;) {
    const taken = await writeFile(lock, String(process.pid), { flag: 'wx' }).then(
      () => true,
      (failure: NodeJS.ErrnoException) => {
        if (failure.code === 'EEXIST') return false;
        throw failure;
      },
    );
    if (taken) return;
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
    if ((owner > 0 && !isRunning(owner)) || (await ageOf(lock)) > ABANDONED)
      await rm(lock, { force: true });
    else if (performance.now() > until) {
      throw new AnalyzerError('output/unwritable', `another process (${owner}) holds ${lock}.`);
    } else await setTimeout(20);
  }
}

/** Milliseconds since a file was written; 0 where it is gone. */
async function ageOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    // Somebody else's process cannot be asked, but it runs.
    return (failure as NodeJS.ErrnoException).code === 'EPERM';
  }
}
