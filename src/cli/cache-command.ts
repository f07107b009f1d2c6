import { join } from 'node:path';
import { clearVectors, keptBytes } from '../encoder/vector-cache.ts';
import { cacheFolder } from './node-source.ts';
import { nodeVectors } from './node-vectors.ts';
import { parsed, usage } from './options.ts';

/** Where the shell keeps vectors unless it is told otherwise. */
export function vectorsFolder(): string {
  return join(cacheFolder(), 'vectors');
}

/** `isogloss cache`: how much room kept vectors take, and `--clear`. */
export async function cacheCommand(argv: string[]): Promise<void> {
  const { values, positionals } = parsed(argv, {
    cache: { type: 'string' },
    clear: { type: 'boolean' },
  });
  if (positionals.length > 0) throw usage(`The command cache takes no ${positionals[0]}.`);
  if (values.cache === '') throw usage('The option --cache needs a folder.');
  const folder = values.cache ?? vectorsFolder();
  const store = nodeVectors(folder);
  const bytes = await keptBytes(store);
  const room = `${(bytes / 1e6).toFixed(1)} MB of vectors in ${folder}`;
  if (values.clear === true) await clearVectors(store);
  process.stdout.write(`${values.clear === true ? `Removed ${room}` : room}.\n`);
}
