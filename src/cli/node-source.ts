import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelSource } from '../encoder/model-source.ts';

/** Model files for the shell: bundled ones from the package, hub ones kept in the user's cache folder. */
export function nodeSource(): ModelSource {
  const cache = cacheFolder();
  return {
    hub: (process.env.HF_ENDPOINT ?? 'https://huggingface.co').replace(/\/$/, ''),
    readBundled: async (path) => new Uint8Array(await readFile(join(bundledModels(), path))),
    read: async (key) => {
      const bytes = await readFile(join(cache, key)).catch(() => undefined);
      return bytes === undefined ? undefined : new Uint8Array(bytes);
    },
    write: async (key, bytes) => {
      const path = join(cache, key);
      await mkdir(dirname(path), { recursive: true });
      // Written aside and moved, so that a broken run leaves no half file behind.
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
    },
  };
}

/** The user's folder for what can be made again. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'isogloss');
}

function bundledModels(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '../../public/models');
}
