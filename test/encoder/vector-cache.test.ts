import { describe, expect, it } from 'vitest';
import {
  clearVectors,
  keptBytes,
  openCache,
  packName,
  type VectorStore,
} from '../../src/encoder/vector-cache.ts';
import { encodedRows, memoryStore } from '../helpers/vector-stores.ts';

const SHAPE = { dimensions: 2, layers: 0 };
const TEXTS = ['a', 'b', 'c', 'd'];

async function keepIn(store: VectorStore, name: string, rows: number[]): Promise<string[]> {
  const cache = openCache(store, { name, shape: SHAPE });
  await cache.find(TEXTS);
  await cache.keep(encodedRows(rows, SHAPE));
  await cache.close();
  return cache.notices();
}

async function foundIn(store: VectorStore, name: string, texts = TEXTS): Promise<number[]> {
  const { index } = await openCache(store, { name, shape: SHAPE }).find(texts);
  return [...index].sort((a, b) => a - b);
}

describe('kept vectors', () => {
  it('are found by the text alone, wherever it stands among others', async () => {
    const store = memoryStore();
    expect(await keepIn(store, 'one', [1, 3])).toEqual([]);
    expect(await foundIn(store, 'one')).toEqual([1, 3]);
    const cache = openCache(store, { name: 'one', shape: SHAPE });
    const { index, vectors } = await cache.find(['x', 'd', 'b', 'B', 'b ']);
    expect([...index].sort((a, b) => a - b)).toEqual([1, 2]);
    expect(vectors.data[index.indexOf(1) * 2]).toBe(3);
  });

  it('are apart for every pack', async () => {
    const store = memoryStore();
    await keepIn(store, 'one', [1]);
    expect(await foundIn(store, 'other')).toEqual([]);
  });

  it('tell apart texts whose UTF-8 would be one', async () => {
    const store = memoryStore();
    const cache = openCache(store, { name: 'one', shape: SHAPE });
    await cache.find(['\ud800']);
    await cache.keep(encodedRows([0], SHAPE));
    await cache.close();
    expect(await foundIn(store, 'one', ['\ud801'])).toEqual([]);
    expect(await foundIn(store, 'one', ['\ud800'])).toEqual([0]);
  });

  it('do not hold the texts', async () => {
    const store = memoryStore();
    const cache = openCache(store, { name: 'one', shape: SHAPE });
    const secret = 'a sentence that is nobody’s business';
    await cache.find([secret]);
    await cache.keep(encodedRows([0], SHAPE));
    await cache.close();
    const bytes = Buffer.from(store.files.get('one')!.bytes);
    expect(bytes.includes('nobody')).toBe(false);
    expect(bytes.includes(Buffer.from('nobody', 'utf16le'))).toBe(false);
  });

  it('that do not fit leave the run going, with one sentence', async () => {
    const store = memoryStore(60);
    expect(await keepIn(store, 'one', [0, 1, 2])).toEqual([
      'Vectors are not kept for later runs: no room is left',
    ]);
    expect(await foundIn(store, 'one')).toEqual([]);
  });

  it('that were damaged are said to be, dropped, and made anew', async () => {
    const store = memoryStore();
    await keepIn(store, 'one', [0, 1]);
    const { bytes } = store.files.get('one')!;
    bytes[bytes.length - 40] ^= 1;
    expect(await keepIn(store, 'one', [0, 1])).toEqual([
      'Some kept vectors were damaged, or written only in part; they were dropped and made anew.',
    ]);
    expect(await keepIn(store, 'one', [])).toEqual([]);
    expect(await foundIn(store, 'one')).toEqual([0, 1]);
  });

  it('are forgotten when cleared', async () => {
    const store = memoryStore();
    await keepIn(store, 'one', [0, 1]);
    expect(await keptBytes(store)).toBeGreaterThan(0);
    await clearVectors(store);
    expect([await keptBytes(store), await foundIn(store, 'one')]).toEqual([0, []]);
  });

  it('go, those unused for longest first, when all packs together outgrow the room', async () => {
    const store = memoryStore();
    for (const name of ['old', 'older', 'current']) await keepIn(store, name, [0]);
    await foundIn(store, 'old');
    const sizes = new Map([
      ['old', 5e8],
      ['older', 5e8],
      ['current', 300],
    ]);
    const { packs } = store;
    store.packs = async () =>
      (await packs()).map((pack) => ({ ...pack, bytes: sizes.get(pack.name)! }));
    await keepIn(store, 'current', [1]);
    expect([...store.files.keys()].sort()).toEqual(['current', 'old']);
  });
});

describe('packName', () => {
  it('changes with every setting', async () => {
    const settings = { dtype: 'fp32', pooling: 'mean', files: { 'onnx/model.onnx': 'abc' } };
    const name = await packName(settings);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(await packName({ ...settings })).toBe(name);
    for (const other of [
      { ...settings, dtype: 'q8' },
      { ...settings, files: { 'onnx/model.onnx': 'abd' } },
    ])
      expect(await packName(other)).not.toBe(name);
  });
});
