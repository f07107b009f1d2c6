import { AnalyzerError } from '../core/errors.ts';
import type { ModelSource } from './model-source.ts';

const CACHE = 'isogloss-models';
/** Cache keys must be addresses; this one is never fetched. */
const KEY = 'https://isogloss.invalid/';

/**
 * Model files for a browser's worker: bundled ones from the page's own origin, hub ones kept in the browser's cache.
 *
 * @param models address of the folder of bundled models, with a slash at the end
 */
export function browserSource(models: URL): ModelSource {
  return {
    hub: 'https://huggingface.co',
    readBundled: async (path) => {
      const response = await fetch(new URL(path, models));
      if (!response.ok) {
        throw new AnalyzerError(
          'model/unavailable',
          `The bundled file ${path} could not be loaded (HTTP ${response.status}).`,
          {
            hint: 'Reload the page; if it repeats, the page was not installed whole.',
          },
        );
      }
      return new Uint8Array(await response.arrayBuffer());
    },
    read: async (key) => {
      const kept = await openCache().then((cache) => cache?.match(KEY + key));
      return kept === undefined ? undefined : new Uint8Array(await kept.arrayBuffer());
    },
    write: async (key, bytes) => {
      const cache = await openCache();
      // Without room the model still runs; it is downloaded again next time.
      await cache
        ?.put(KEY + key, new Response(bytes as Uint8Array<ArrayBuffer>))
        .catch(() => undefined);
    },
  };
}

/** Undefined where the browser offers no cache (private windows of some). */
function openCache(): Promise<Cache | undefined> {
  return caches.open(CACHE).catch(() => undefined);
}
