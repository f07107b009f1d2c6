import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { preferenceLoss } from '../../../src/adapters/preference/preference-loss.ts';
import { openTensors, type Tensors } from '../../../src/adapters/tensors/open-tensors.ts';
import type { Batch } from '../../../src/adapters/training/batch.ts';
import { contrastLoss } from '../../../src/adapters/training/contrast-loss.ts';
import {
  gradientsOf,
  lossOf,
  type Gradients,
  type Site,
} from '../../../src/adapters/training/gradients.ts';
import { PREFERENCE_LOSSES, type PreferenceLoss } from '../../../src/core/adapter.ts';
import { matrix, row, type Matrix } from '../../../src/core/matrix.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { gaussians, rowsOf } from '../../helpers/corpora.ts';
import { expectClose } from '../../helpers/expect-close.ts';
import { training as golden } from '../../helpers/golden.ts';
import {
  centralDifferences,
  plainAdapted,
  plainContrast,
  plainPreference,
  type Blocks,
} from './plain-losses.ts';

let tensors: Tensors;
beforeAll(async () => {
  tensors = await openTensors('wasm');
});

const given = (values: number[], columns: number): Matrix =>
  matrix(values.length / columns, columns, Float32Array.from(values));

const { n, d, rank, temperature, beta } = golden;
const goldenDown = Array.from({ length: 3 }, (_, k) =>
  Float32Array.from(golden.down.slice(k * d * rank, (k + 1) * d * rank)),
);
const goldenParameters = { rank, down: goldenDown, up: Float32Array.from(golden.up) };

function batchOf(blocks: number, slots: number[], noise: ArrayLike<number> = []): Batch {
  const rows = Int32Array.from({ length: blocks * n }, (_, i) => i);
  return { rows, slots, noise: Float32Array.from(noise) };
}

/** Gradients of blocks that share a B, added. */
function bySlot({ down }: Gradients, slots: number[], slot: number): number[] {
  const own = down.filter((_, block) => slots[block] === slot);
  return Array.from({ length: d * rank }, (_, e) => own.reduce((sum, g) => sum + g[e], 0));
}

describe('against PyTorch', () => {
  test.each(golden.contrast)('InfoNCE, $same $keep $geometry, shared $shared', async (expected) => {
    const slots = expected.shared ? [0, 0] : [0, 1];
    const weights = {
      temperature,
      sameLanguageNegatives: expected.same,
      keep: expected.keep,
      geometry: expected.geometry,
    };
    const site: Site = {
      loss: contrastLoss(weights),
      raw: given(golden.raw, d),
      centred: given(golden.centred, d),
      parameters: goldenParameters,
    };
    const found = await gradientsOf(tensors, site, batchOf(2, slots));
    expect(found.loss).toBeCloseTo(expected.loss, 5);
    expect(await lossOf(tensors, site, batchOf(2, slots))).toBe(found.loss);
    expectClose(
      [0, 1, 2].flatMap((slot) => bySlot(found, slots, slot)),
      expected.down,
    );
    expectClose(found.up, expected.up);
  });

  test.each(golden.preference)('preferences: $kind', async (expected) => {
    const loss = expected.kind as PreferenceLoss;
    const vectors = given(golden.triples, d);
    const site: Site = {
      loss: preferenceLoss({ loss, beta }, temperature),
      raw: vectors,
      centred: vectors,
      parameters: goldenParameters,
    };
    const found = await gradientsOf(tensors, site, batchOf(3, [0, 0, 0], golden.noise));
    expect(found.loss).toBeCloseTo(expected.loss, 5);
    expectClose(bySlot(found, [0, 0, 0], 0), expected.down);
    expectClose(found.up, expected.up);
  });
});

test('DPO: argument .3 has the loss 0.554355 and the factor 0.425557', async () => {
  const { tf } = tensors;
  // The query is the first axis: cosines are the first numbers. After: .80 and .60; before: .70 and .65.
  const at = (cosine: number): number[] => [cosine, Math.sqrt(1 - cosine ** 2)];
  const [value, factor] = tf.tidy(() => {
    const batch = {
      tf,
      n: 1,
      adapted: tf.tensor2d([[1, 0], at(0.8), at(0.6)]),
      centred: tf.tensor2d([[1, 0], at(0.7), at(0.65)]),
      raw: tf.tensor2d([[1, 0], at(0.7), at(0.65)]),
      noise: Float32Array.of(0),
    };
    const loss = preferenceLoss({ loss: 'dpo', beta: 0.1 }, 0.05)(batch);
    return [loss.value.dataSync()[0], loss.gradient().dataSync()[2] / -(0.1 / 0.05)];
  });
  expect(value).toBeCloseTo(0.554355, 6);
  expect(factor).toBeCloseTo(0.425557, 5);
});

/** Made-up unit rows. */
function rows(seed: number, count: number, columns: number): Matrix {
  return rowsOf(gaussians(seededRandom(seed), count, columns));
}

function blocksOf(source: Matrix, blocks: number): Blocks {
  const size = source.rows / blocks;
  return Array.from({ length: blocks }, (_, k) =>
    Array.from({ length: size }, (__, i) => Array.from(row(source, k * size + i))),
  );
}

function madeParameters(seed: number, columns: number, maps: number): Site['parameters'] {
  const numbers = (count: number, from: number): Float32Array =>
    Float32Array.from(gaussians(seededRandom(from), count, 1).flat(), (value) => 0.4 * value);
  return {
    rank: 3,
    down: Array.from({ length: maps }, (_, k) => numbers(columns * 3, seed + 7 * k)),
    up: numbers(3 * columns, seed + 99),
  };
}

/** Largest difference, relative to the largest derivative of the array. */
function relative(found: ArrayLike<number>, expected: number[]): number {
  const most = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, e) => Math.abs(found[e] - value))) / most;
}

describe('gradients equal central differences to 1e-3', () => {
  const columns = 7;

  test.each([
    { name: 'InfoNCE', sameLanguageNegatives: true, keep: 0, geometry: 0 },
    { name: 'without same-language negatives', sameLanguageNegatives: false, keep: 0, geometry: 0 },
    { name: 'with keep', sameLanguageNegatives: true, keep: 1, geometry: 0 },
    { name: 'with geometry', sameLanguageNegatives: true, keep: 0, geometry: 5 },
    { name: 'with all', sameLanguageNegatives: true, keep: 1, geometry: 0.1 },
  ])('$name, by B of both languages and by A', async ({ name: _, ...terms }) => {
    for (const slots of [
      [0, 1],
      [0, 0],
    ]) {
      const weights = { temperature: 0.1, ...terms };
      const [raw, centred] = [rows(1, 16, columns), rows(2, 16, columns)];
      const parameters = madeParameters(3, columns, 2);
      const site = { loss: contrastLoss(weights), raw, centred, parameters };
      const batch = {
        rows: Int32Array.from({ length: 16 }, (__, i) => i),
        slots,
        noise: new Float32Array(0),
      };
      const found = await gradientsOf(tensors, site, batch);
      const before = blocksOf(centred, 2);
      const expected = centralDifferences(parameters, (moved) =>
        plainContrast(weights, blocksOf(raw, 2), [before, plainAdapted(before, slots, moved)]),
      );
      const [first, second] = found.down;
      const added = first.map((g, e) => g + second[e]);
      if (slots[1] === 0) expect(relative(added, expected[0])).toBeLessThan(1e-3);
      else {
        expect(relative(first, expected[0])).toBeLessThan(1e-3);
        expect(relative(second, expected[1])).toBeLessThan(1e-3);
      }
      expect(relative(found.up, expected[2])).toBeLessThan(1e-3);
    }
  });

  test.each(PREFERENCE_LOSSES)('%s, by B and by A', async (loss) => {
    const centred = rows(4, 24, columns);
    const noise = Float32Array.from({ length: 8 }, (_, i) => i / 20);
    const parameters = madeParameters(5, columns, 1);
    const settings = { loss, beta: 0.3 };
    const site = { loss: preferenceLoss(settings, 0.1), raw: centred, centred, parameters };
    const batch = { rows: Int32Array.from({ length: 24 }, (_, i) => i), slots: [0, 0, 0], noise };
    const found = await gradientsOf(tensors, site, batch);
    const before = blocksOf(centred, 3);
    const expected = centralDifferences(parameters, (moved) =>
      plainPreference(settings, { temperature: 0.1, noise }, [
        before,
        plainAdapted(before, [0, 0, 0], moved),
      ]),
    );
    const added = Array.from(found.down[0], (_, e) =>
      found.down.reduce((sum, block) => sum + block[e], 0),
    );
    expect(relative(added, expected[0])).toBeLessThan(1e-3);
    expect(relative(found.up, expected[1])).toBeLessThan(1e-3);
  });
});

test('duplicates of a fact are no negatives: their softmax holds the match alone', async () => {
  const same = rowsOf([
    [1, 0.2],
    [1, 0.2],
    [0.3, 1],
    [0.3, 1],
  ]);
  const parameters = { rank: 1, down: [new Float32Array(2)], up: new Float32Array(2) };
  const weights = { temperature: 0.05, sameLanguageNegatives: true, keep: 1, geometry: 1 };
  const site = { loss: contrastLoss(weights), raw: same, centred: same, parameters };
  const batch = { rows: Int32Array.of(0, 1, 2, 3), slots: [0, 0], noise: new Float32Array(0) };
  expect(await lossOf(tensors, site, batch)).toBeCloseTo(0, 5);
});

test('the loss does not depend on the order of the facts, nor on which language is first', async () => {
  const [raw, centred] = [rows(6, 20, 5), rows(7, 20, 5)];
  const weights = { temperature: 0.1, sameLanguageNegatives: true, keep: 0.5, geometry: 0.5 };
  const parameters = madeParameters(8, 5, 2);
  const site = { loss: contrastLoss(weights), raw, centred, parameters };
  const of = (order: number[], slots: number[]): Promise<number> => {
    const block = (slot: number): number[] => order.map((i) => slot * 10 + i);
    const picked = Int32Array.from(slots.flatMap(block));
    return lossOf(tensors, site, { rows: picked, slots, noise: new Float32Array(0) });
  };
  const plain = await of([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 1]);
  const orders = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 });
  await fc.assert(
    fc.asyncProperty(orders, fc.boolean(), async (order, swap) => {
      expect(await of(order, swap ? [1, 0] : [0, 1])).toBeCloseTo(plain, 4);
    }),
    { numRuns: 20 },
  );
});

test('conservative DPO without noise is DPO; with noise it is another', async () => {
  const centred = rows(9, 12, 6);
  const parameters = madeParameters(10, 6, 1);
  const of = (loss: PreferenceLoss, noise: number): Promise<number> =>
    lossOf(
      tensors,
      { loss: preferenceLoss({ loss, beta: 0.1 }, 0.05), raw: centred, centred, parameters },
      {
        rows: Int32Array.from({ length: 12 }, (_, i) => i),
        slots: [0, 0, 0],
        noise: new Float32Array(4).fill(noise),
      },
    );
  expect(await of('conservative', 0)).toBe(await of('dpo', 0.3));
  expect(await of('conservative', 0.3)).not.toBeCloseTo(await of('dpo', 0), 3);
});
