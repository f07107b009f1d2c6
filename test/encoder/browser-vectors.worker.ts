import { browserVectors } from '../../src/encoder/browser-vectors.ts';
import { keptBytes, openCache } from '../../src/encoder/vector-cache.ts';
import { serve } from '../../src/protocol/server.ts';
import { encodedRows } from '../helpers/vector-stores.ts';

const SHAPE = { dimensions: 3, layers: 0 };
const open = () => openCache(browserVectors(), { name: 'pack', shape: SHAPE });

export interface KeepingApi {
  keep(request: { texts: string[] }): string[];
  find(request: { texts: string[] }): { found: string[]; vectors: Float32Array };
  keepWithoutFiles(request: { texts: string[] }): string[];
  /** As where a browser forbids pages to store anything. */
  keepWithoutLocks(request: { texts: string[] }): { notices: string[]; bytes: number };
}

async function keep({ texts }: { texts: string[] }): Promise<string[]> {
  const cache = open();
  await cache.find(texts);
  await cache.keep(encodedRows([...texts.keys()], SHAPE));
  await cache.close();
  return cache.notices();
}

serve<KeepingApi>(self, {
  keep,
  find: async ({ texts }) => {
    const { index, vectors } = await open().find(texts);
    return { found: Array.from(index, (t) => texts[t]), vectors: vectors.data };
  },
  keepWithoutFiles: (request) => {
    Object.defineProperty(navigator, 'storage', { value: {} });
    return keep(request);
  },
  keepWithoutLocks: async (request) => {
    const refuse = () => Promise.reject(new DOMException('Locks are denied.', 'SecurityError'));
    Object.defineProperty(navigator, 'locks', { value: { request: refuse } });
    return { notices: await keep(request), bytes: await keptBytes(browserVectors()) };
  },
});
