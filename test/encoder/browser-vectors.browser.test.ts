import { afterEach, describe, expect, it } from 'vitest';
import { browserVectors } from '../../src/encoder/browser-vectors.ts';
import { clearVectors } from '../../src/encoder/vector-cache.ts';
import { connect, type Client } from '../../src/protocol/client.ts';
import type { KeepingApi } from './browser-vectors.worker.ts';

function startWorker(): Client<KeepingApi> {
  const worker = new Worker(new URL('./browser-vectors.worker.ts', import.meta.url), {
    type: 'module',
  });
  return connect<KeepingApi>(worker, 'Keeping');
}

afterEach(() => clearVectors(browserVectors()));

describe('vectors in a browser', () => {
  it('are there for another worker, byte for byte, until cleared', async () => {
    const [first, second] = [startWorker(), startWorker()];
    expect(await first.keep({ texts: ['one', 'two'] })).toEqual([]);
    const { found, vectors } = await second.find({ texts: ['two', 'three', 'one'] });
    expect(found.sort()).toEqual(['one', 'two']);
    expect(vectors).toHaveLength(2 * 3);
    expect((await browserVectors().packs()).map(({ bytes }) => bytes > 0)).toEqual([true]);
    await clearVectors(browserVectors());
    expect((await second.find({ texts: ['one'] })).found).toEqual([]);
    first.dispose();
    second.dispose();
  });

  it('survive workers that write at once', async () => {
    const workers = Array.from({ length: 4 }, startWorker);
    const texts = workers.map((_, w) => [`${w} a`, `${w} b`]);
    const notices = await Promise.all(workers.map((worker, w) => worker.keep({ texts: texts[w] })));
    expect(notices.flat()).toEqual([]);
    const { found } = await workers[0].find({ texts: texts.flat() });
    expect(found.sort()).toEqual(texts.flat().sort());
    for (const worker of workers) worker.dispose();
  });

  it('are not kept, with one sentence, where the browser gives no files', async () => {
    const worker = startWorker();
    expect(await worker.keepWithoutFiles({ texts: ['one'] })).toEqual([
      'Vectors are not kept for later runs: this browser offers the page no files of its own.',
    ]);
    worker.dispose();
  });

  it('are not kept, and take no room, where the browser denies locks', async () => {
    const worker = startWorker();
    expect(await worker.keepWithoutLocks({ texts: ['one'] })).toEqual({
      notices: ['Vectors are not kept for later runs: Locks are denied.'],
      bytes: 0,
    });
    worker.dispose();
  });
});
