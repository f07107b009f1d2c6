import { AnalyzerError } from '../core/errors.ts';
import type { StoredPack, VectorStore } from './vector-cache.ts';

const FOLDER = 'vectors';
const LOCK = 'isogloss-vectors';

/**
 * Packs in the page's private file system; for a worker. One tab at a time works on them, the others wait for their turn:
 * no turn is longer than reading one pack or writing one block.
 */
export function browserVectors(): VectorStore {
  return {
    withPack: async (name, work) =>
      navigator.locks.request(LOCK, async () => {
        const file = await (await folder()).getFileHandle(name, { create: true });
        const open = await file.createSyncAccessHandle();
        try {
          return await work(open);
        } finally {
          open.close();
        }
      }),
    packs: async () => {
      try {
        return await navigator.locks.request(LOCK, async () => packsIn(await folder()));
      } catch {
        // A browser that refuses files or locks keeps nothing, which whoever tries to keep something is told.
        return [];
      }
    },
    remove: async (name) =>
      navigator.locks.request(LOCK, async () => (await folder()).removeEntry(name)),
  };
}

async function packsIn(directory: FileSystemDirectoryHandle): Promise<StoredPack[]> {
  const packs: StoredPack[] = [];
  for await (const entry of directory.values()) {
    if (entry.kind !== 'file') continue;
    const { name, size, lastModified } = await (entry as FileSystemFileHandle).getFile();
    packs.push({ name, bytes: size, used: lastModified });
  }
  return packs;
}

async function folder(): Promise<FileSystemDirectoryHandle> {
  if ((navigator.storage as StorageManager | undefined)?.getDirectory === undefined) {
    throw new AnalyzerError(
      'output/unwritable',
      'this browser offers the page no files of its own.',
    );
  }
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}
