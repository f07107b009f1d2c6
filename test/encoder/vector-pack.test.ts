import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pickRows } from '../../src/encoder/encoded-rows.ts';
import { appendToPack, blockBytes, readPack } from '../../src/encoder/vector-pack.ts';
import { memoryFile } from '../helpers/vector-stores.ts';
import { encodedRows, keyOf } from '../helpers/vector-stores.ts';

const SHAPE = { dimensions: 3, layers: 2 };
const keys = (...numbers: number[]): string[] => numbers.map(keyOf);
const rowsOf = (...numbers: number[]) => encodedRows(numbers, SHAPE);
const wanted = (...numbers: number[]): Map<string, number> =>
  new Map(numbers.map((n) => [keyOf(n), n]));

async function packOf(...blocks: number[][]): Promise<ReturnType<typeof memoryFile>> {
  const file = memoryFile();
  for (const block of blocks)
    await appendToPack(file, SHAPE, { keys: keys(...block), rows: rowsOf(...block) });
  return file;
}

/** What the pack still has of the numbers 0 to 9. */
async function numbersIn(file: ReturnType<typeof memoryFile>): Promise<number[]> {
  const { rows } = await readPack(file, SHAPE, wanted(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
  return [...rows.index].sort((a, b) => a - b);
}

describe('a pack', () => {
  it('gives back the bytes of the wanted rows, counts and layers too, and marks them kept', async () => {
    const file = await packOf([1, 2, 3], [4, 5]);
    const { rows, damaged } = await readPack(file, SHAPE, wanted(5, 2, 9));
    expect(damaged).toBe(false);
    expect(rows).toEqual({ ...rowsOf(2, 5), kept: Uint8Array.of(1, 1) });
  });

  it('has nothing where it is empty', async () => {
    const { rows, damaged } = await readPack(memoryFile(), SHAPE, wanted(1));
    expect([rows.index.length, damaged]).toEqual([0, false]);
  });

  it('takes the first of two rows with one key', async () => {
    const file = await packOf([1], [1, 2]);
    const { rows } = await readPack(file, SHAPE, wanted(1, 2));
    expect([...rows.index]).toEqual([1, 2]);
  });

  it('gives, whatever byte is changed, only rows that were written; it says so, or lacks no more than the one key', async () => {
    const intact = await packOf([1, 2], [3, 4], [5]);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(intact.bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const file = memoryFile();
          file.bytes = intact.bytes.slice();
          file.bytes[at] ^= change;
          const { rows, damaged } = await readPack(file, SHAPE, wanted(1, 2, 3, 4, 5));
          const numbers = [...rows.index];
          expect({ ...rows, kept: 0 }).toEqual({ ...rowsOf(...numbers), kept: 0 });
          expect(damaged || numbers.length >= 4).toBe(true);
        },
      ),
      { seed: 7, numRuns: 400 },
    );
  });

  it.each([1, 10, 40, 100])(
    'drops a block whose last %d bytes are missing, and grows again',
    async (lost) => {
      const file = await packOf([1, 2], [3, 4]);
      file.truncate(file.getSize() - lost);
      const { rows, damaged } = await readPack(file, SHAPE, wanted(1, 2, 3, 4));
      expect([[...rows.index], damaged]).toEqual([[1, 2], true]);
      await appendToPack(file, SHAPE, { keys: keys(3), rows: rowsOf(3) });
      expect(await numbersIn(file)).toEqual([1, 2, 3]);
    },
  );

  it('writes over half a block that nobody has read yet', async () => {
    const file = await packOf([1, 2], [3, 4]);
    file.truncate(file.getSize() - 20);
    await appendToPack(file, SHAPE, { keys: keys(5), rows: rowsOf(5) });
    expect(await numbersIn(file)).toEqual([1, 2, 5]);
  });

  it('begins anew where the file is another', async () => {
    const file = memoryFile();
    file.bytes = new TextEncoder().encode('something else that is longer than a head');
    expect(await readPack(file, SHAPE, wanted(1))).toMatchObject({ damaged: true });
    expect(file.getSize()).toBe(0);
  });

  it('is as it was where a block finds no room', async () => {
    const full = await packOf([1, 2]);
    const file = memoryFile(full.getSize() + blockBytes(SHAPE, 1) - 1);
    file.bytes = full.bytes.slice();
    const block = { keys: keys(3), rows: rowsOf(3) };
    await expect(appendToPack(file, SHAPE, block)).rejects.toThrow('no room');
    expect(file.bytes).toEqual(full.bytes);
  });
});

describe('pickRows', () => {
  it('gives the chosen rows in their order, with the new index', () => {
    const picked = pickRows(rowsOf(4, 5, 6), [2, 0], [8, 9]);
    expect(picked).toEqual({ ...rowsOf(6, 4), index: Int32Array.of(8, 9) });
  });
});
