import { describe, expect, it } from 'vitest';
import { row } from '../../src/core/matrix.ts';
import type { Engine } from '../../src/encoder/engine.ts';
import { runBatch, tokenizeAll } from '../../src/encoder/engine.ts';
import { checkBatching, checkReference, storedReference } from '../../src/encoder/parity.ts';
import { REFERENCE_TEXTS } from '../../src/core/reference-texts.ts';
import { paperEngine } from '../helpers/models.ts';

const TEXTS = ['abc', 'd', 'efghi'];

/** The engine's own vectors of the texts, the last one turned by an angle. */
async function referenceOf(
  engine: Engine,
  angle: number,
): Promise<{ texts: string[]; madeBy: string; vectors: number[][] }> {
  const { ids } = tokenizeAll(engine, TEXTS);
  const { vectors: all } = await runBatch(engine, ids, { texts: [0, 1, 2], length: 5 });
  const vectors = TEXTS.map((_, i) => Array.from(row(all, i)));
  const [x, y, z] = vectors[2];
  // Around an axis at a right angle to the vector.
  const side = Math.hypot(x, y);
  vectors[2] = [x, y, z].map(
    (value, k) => value * Math.cos(angle) + [-y / side, x / side, 0][k] * Math.sin(angle),
  );
  return { texts: TEXTS, madeBy: 'paper', vectors };
}

const check = async (angle: number, dtype: string): Promise<unknown> => {
  const engine = paperEngine();
  return checkReference(await referenceOf(engine, angle), engine, { device: 'CPU', dtype });
};

describe('checkReference', () => {
  it('says how far the vectors are from the stored ones, and who made those', async () => {
    const parity = await check(0.01, 'fp32');
    expect(parity).toMatchObject({ against: 'paper', dimensions: 3 });
    // 1 - cos(0.01)
    expect((parity as { difference: number }).difference).toBeCloseTo(5e-5, 6);
  });

  it.each([
    ['fp32', 0.013, 0.015, '0.00011', '0.0001'],
    ['fp16', 0.04, 0.05, '0.0012', '0.001'],
    ['q8', 0.04, 0.05, '0.0012', '0.001'],
  ])(
    'trusts %s up to the limit of its precision, and refuses with the number beyond it',
    async (dtype, near, far, found, allowed) => {
      expect(await check(near, dtype)).toMatchObject({ against: 'paper' });
      await expect(check(far, dtype)).rejects.toMatchObject({
        code: 'model/disagrees',
        message: `On CPU the encoder differs from its reference vectors by ${found} (1 - cosine, allowed ${allowed}).`,
      });
    },
  );

  it('refuses stored vectors of another width, or too few of them', async () => {
    const engine = paperEngine();
    const reference = await referenceOf(engine, 0);
    const on = { device: 'CPU', dtype: 'fp32' };
    const wide = { ...reference, vectors: reference.vectors.map((vector) => [...vector, 0]) };
    const few = { ...reference, vectors: reference.vectors.slice(1) };
    for (const stored of [wide, few]) {
      await expect(checkReference(stored, engine, on)).rejects.toMatchObject({
        code: 'model/disagrees',
        detail: { difference: Infinity },
      });
    }
  });

  it('trusts nothing when the difference is not a number', async () => {
    const engine = paperEngine();
    const reference = await referenceOf(engine, 0);
    reference.vectors[1][0] = NaN;
    const on = { device: 'CPU', dtype: 'fp32' };
    await expect(checkReference(reference, engine, on)).rejects.toMatchObject({
      code: 'model/disagrees',
      detail: { difference: NaN },
    });
  });

  it('has no number without stored vectors, but still refuses vectors that are not finite', async () => {
    const on = { device: 'CPU', dtype: 'fp32' };
    expect(await checkReference(null, paperEngine(), on)).toMatchObject({
      difference: null,
      dimensions: 3,
    });
    const broken = paperEngine({ tokenVector: (token) => [token === 'W'.charCodeAt(0) ? NaN : 1] });
    await expect(checkReference(null, broken, on)).rejects.toThrow(
      'Row 0 of the model’s output contains NaN.',
    );
  });
});

describe('checkBatching', () => {
  it('finds a model independent whose vectors do not know their batch', async () => {
    expect((await checkBatching(paperEngine())).independent).toBe(true);
  });

  it('finds a model out whose vectors depend on the padded length', async () => {
    const engine = paperEngine({
      tokenVector: (token, length) => [Math.cos(token), Math.sin(token), 1 + length / 100],
    });
    expect((await checkBatching(engine)).independent).toBe(false);
  });

  it('measures a speed', async () => {
    const { charactersPerSecond } = await checkBatching(paperEngine());
    expect(charactersPerSecond).toBeGreaterThan(0);
    expect(charactersPerSecond).toBeLessThanOrEqual(REFERENCE_TEXTS.join('').length * 1000);
  });
});

describe('storedReference', () => {
  it('is read from reference.json, and missing without it', () => {
    const stored = { texts: ['a'], madeBy: 'x', vectors: [[1]] };
    expect(
      storedReference({ 'reference.json': new TextEncoder().encode(JSON.stringify(stored)) }),
    ).toEqual(stored);
    expect(storedReference({})).toBeNull();
  });
});
