import { describe, expect, it } from 'vitest';
import type { EncodedTexts } from '../../src/core/encoder.ts';
import { embedAll } from '../../src/encoder/embed.ts';
import type { Engine } from '../../src/encoder/engine.ts';
import { openCache } from '../../src/encoder/vector-cache.ts';
import { watched } from '../helpers/contexts.ts';
import { encodedRows, memoryStore } from '../helpers/vector-stores.ts';

const SHAPE = { dimensions: 2, layers: 1 };
const PACK = { name: 'pack', shape: SHAPE };
const NUMBERS = Array.from({ length: 700 }, (_, n) => n);
const TEXTS = NUMBERS.map(String);

async function storeOf(numbers: number[]): Promise<ReturnType<typeof memoryStore>> {
  const store = memoryStore();
  const cache = openCache(store, PACK);
  await cache.find(TEXTS);
  await cache.keep({ ...encodedRows(numbers, SHAPE), index: Int32Array.from(numbers) });
  await cache.close();
  return store;
}

describe('texts that were all kept', () => {
  // Nothing is encoded, so nothing may ask the engine for anything.
  const engine = null as unknown as Engine;

  it('come in handfuls, each once, and are counted on', async () => {
    const cache = openCache(await storeOf(NUMBERS), PACK);
    const { context, reports } = watched();
    const { index, vectors } = await embedAll(engine, cache, TEXTS, context);
    const parts = reports.map(({ partial }) => (partial as EncodedTexts).index);
    expect(parts.map(({ length }) => length)).toEqual([256, 256, 188]);
    expect(parts.flatMap((part) => [...part]).sort((a, b) => a - b)).toEqual(NUMBERS);
    expect(reports.map(({ done, total }) => `${done}/${total}`)).toEqual([
      '256/700',
      '512/700',
      '700/700',
    ]);
    const rows = encodedRows(Array.from(index), SHAPE).vectors.data;
    expect([...vectors.data]).toEqual([...rows]);
  });

  it('stop between two handfuls', async () => {
    const cache = openCache(await storeOf(NUMBERS), PACK);
    const { context } = watched(() => true);
    await expect(embedAll(engine, cache, TEXTS, context)).rejects.toMatchObject({
      code: 'call/cancelled',
    });
  });
});
