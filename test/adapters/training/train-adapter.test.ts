import { beforeAll, describe, expect, test } from 'vitest';
import { openTensors, type Tensors } from '../../../src/adapters/tensors/open-tensors.ts';
import type {
  TrainContext,
  Trained,
  TrainMaterial,
} from '../../../src/adapters/training/material.ts';
import { trainAdapter } from '../../../src/adapters/training/train-adapter.ts';
import { EVALUATE_EVERY } from '../../../src/core/adapter.ts';
import type { CurvePoint } from '../../../src/core/lab.ts';
import { meanRow, takeRows } from '../../../src/core/matrix.ts';
import type { Progress } from '../../../src/protocol/messages.ts';
import { unwatched, watched } from '../../helpers/contexts.ts';
import { expectClose } from '../../helpers/expect-close.ts';
import { fitSettings, trainMaterial } from './training-material.ts';

let tensors: Tensors;
beforeAll(async () => {
  tensors = await openTensors('wasm');
});

const openCpu = (): Promise<Tensors> => openTensors('wasm');

function materialOf(
  isPresent?: (language: number, fact: number) => boolean,
  parts: Partial<TrainMaterial> = {},
): TrainMaterial {
  return { ...trainMaterial({ tensors, openCpu }, isPresent), ...parts };
}

const quiet: TrainContext = { ...unwatched, finish: () => false };

const train = (
  settings = fitSettings(),
  material = materialOf(),
  context: TrainContext = quiet,
): Promise<Trained> => trainAdapter(material, settings, context);

describe.each(['low-rank', 'shared-low-rank', 'preference'] as const)('%s', (method) => {
  test('lowers the validation loss, keeps the parameters of its minimum, and leaves no tensor', async () => {
    const before = tensors.tf.memory().numTensors;
    const { adapter, training, notices } = await train(fitSettings(method));
    const losses = training.curve.map(({ validation }) => validation);
    const least = losses.indexOf(Math.min(...losses));
    expect(training.best).toBe(training.curve[least].step);
    expect(training.best).toBeGreaterThan(0);
    expect(training.curve.map(({ step }) => step)).toEqual([0, 20, 40, 60]);
    expect(training.curve[0].training).toBeNaN();
    expect(training).toMatchObject({ ended: 'steps', device: 'WebAssembly (tfjs, one thread)' });
    expect(notices).toEqual([]);
    expect(adapter.languages.map(({ tag }) => tag)).toEqual(['en', 'de', 'ru', 'hi']);
    expect(tensors.tf.memory().numTensors).toBe(before);
  });

  test('the same seed gives the same numbers, another seed others', async () => {
    const { milliseconds: _, ...first } = (await train(fitSettings(method))).training;
    const { milliseconds: __, ...again } = (await train(fitSettings(method))).training;
    const other = (await train({ ...fitSettings(method), seed: 6 })).training;
    expect(again).toEqual(first);
    expect(other.curve).not.toEqual(first.curve);
  });
});

test('T4 has a B of each language and one A, and refuses other languages; T5 has one map for all', async () => {
  const own = (await train(fitSettings('low-rank'))).adapter;
  const shared = (await train()).adapter;
  const maps = own.languages.map(({ linear }) => linear);
  const [first, second] = maps;
  if (first.kind !== 'low-rank' || second.kind !== 'low-rank') throw new Error('no low rank');
  expect(first.up).toBe(second.up);
  expect(first.down).not.toEqual(second.down);
  expect(first).toMatchObject({ down: { rows: 12, columns: 3 }, up: { rows: 3, columns: 12 } });
  expect(own.otherLanguages).toBeNull();
  expect(new Set(shared.languages.map(({ linear }) => linear))).toEqual(
    new Set([shared.otherLanguages]),
  );
});

test('means are those of the training facts alone', async () => {
  const material = materialOf();
  const { adapter } = await train(fitSettings('shared-low-rank', { steps: 1 }), material);
  const { fact, language } = material.corpus.renderings;
  const rows = [...fact.keys()].filter((r) => language[r] === 1 && fact[r] % 5 < 3);
  expectClose(adapter.languages[1].mean!, meanRow(takeRows(material.vectors, rows)), 1e-7);
});

test('test facts play no part', async () => {
  const material = materialOf();
  const spoiled = materialOf();
  spoiled.corpus.renderings.fact.forEach((fact, r) => {
    if (fact % 5 === 4)
      spoiled.vectors.data.fill(0, r * 12, r * 12 + 11).fill(1, r * 12 + 11, r * 12 + 12);
  });
  const [a, b] = [await train(fitSettings(), material), await train(fitSettings(), spoiled)];
  expect(b.training.curve).toEqual(a.training.curve);
  expect(b.adapter).toEqual(a.adapter);
});

test('a language that shares too few facts is only centred by T4, and one without training facts is left out', async () => {
  const few = materialOf((l, fact) => (l === 3 ? fact < 8 : l === 2 ? fact % 5 > 2 : true));
  const { adapter, notices } = await train(fitSettings('low-rank'), few);
  expect(adapter.languages.map(({ tag }) => tag)).toEqual(['en', 'de', 'hi']);
  expect(notices[0]).toBe('No training fact is in ru: the adapter is not fitted on them.');
  const { linear } = adapter.languages[2];
  if (linear.kind !== 'low-rank') throw new Error('no low rank');
  expect(linear.down.data.every((value) => value === 0)).toBe(true);
});

test('languages whose every vector is the same give no batch', async () => {
  const material = materialOf();
  const flat = materialOf(undefined, {
    vectors: {
      ...material.vectors,
      data: material.vectors.data.map((_, e) => Number(e % 12 === 0)),
    },
  });
  await expect(train(fitSettings(), flat)).rejects.toMatchObject({
    code: 'corpus/no-shared-facts',
  });
});

describe('ends', () => {
  test('diverged, with the last good parameters, where numbers overflow', async () => {
    const { adapter, training, notices } = await train(
      fitSettings('shared-low-rank', { learningRate: 1e38 }),
    );
    expect(training).toMatchObject({ ended: 'diverged', best: 0 });
    const { linear } = adapter.languages[0];
    if (linear.kind !== 'low-rank') throw new Error('no low rank');
    expect([...linear.down.data, ...linear.up.data].every(Number.isFinite)).toBe(true);
    expect(linear.up.data.every((value) => value === 0)).toBe(true);
    expect(notices[0]).toMatch(
      /^Training diverged at step \d+ with a learning rate of 1e\+38: .* those of step 0 are kept\. Choose a smaller learning rate\.$/,
    );
  });

  test('by patience, and as centering where the validation loss never falls', async () => {
    const { adapter, training, notices } = await train(
      fitSettings('shared-low-rank', { learningRate: 30, patience: 2, steps: 400, keep: 50 }),
    );
    expect(training).toMatchObject({ ended: 'patience', best: 0 });
    expect(training.curve.at(-1)!.step).toBe(2 * EVALUATE_EVERY);
    expect(notices).toEqual([
      expect.stringMatching(
        /^The validation loss never fell below the [\d.]+ of centering alone in 40 steps/,
      ),
    ]);
    const { linear } = adapter.languages[0];
    expect(linear.kind === 'low-rank' && linear.up.data.every((value) => value === 0)).toBe(true);
  });

  test('when the page wants it, with the best so far', async () => {
    let asked = 0;
    const finish = (): boolean => ++asked > 30;
    const { training } = await train(fitSettings(), materialOf(), { ...unwatched, finish });
    expect(training.ended).toBe('stopped');
    expect(training.curve.at(-1)!.step).toBe(31);
  });

  test('as cancelled when the page stops the call, and leaves no tensor', async () => {
    const before = tensors.tf.memory().numTensors;
    const { context } = watched(({ done }: Progress) => done >= 20);
    const call = train(fitSettings(), materialOf(), { ...context, finish: () => false });
    await expect(call).rejects.toMatchObject({ code: 'call/cancelled' });
    expect(tensors.tf.memory().numTensors).toBe(before);
  });
});

test('every evaluation is reported with the curve so far', async () => {
  const { context, reports } = watched();
  await train(fitSettings(), materialOf(), { ...context, finish: () => false });
  const steps = reports.map(({ partial }) => (partial as CurvePoint[]).map(({ step }) => step));
  expect(steps).toEqual([[0], [0, 20], [0, 20, 40], [0, 20, 40, 60]]);
});

test.each([
  [
    { rank: 0 },
    'The rank of the training is 0, not a whole number from 1 to 12, the numbers in a vector.',
  ],
  [
    { rank: 13 },
    'The rank of the training is 13, not a whole number from 1 to 12, the numbers in a vector.',
  ],
  [{ steps: 2.5 }, 'The number of steps of the training is 2.5, not a whole number from 1 on.'],
  [{ batch: 1 }, 'The batch of the training is 1, not a whole number from 2 on.'],
  [{ learningRate: 0 }, 'The learning rate of the training is 0, not a number above 0.'],
  [{ temperature: NaN }, 'The temperature of the training is NaN, not a number above 0.'],
  [{ keep: -1 }, 'The keep of the training is -1, not a number from 0 on.'],
])('refuses %o', async (training, message) => {
  const call = train(fitSettings('shared-low-rank', training));
  await expect(call).rejects.toMatchObject({ code: 'usage', message });
});

test('a device that is lost in the middle: the CPU takes the same steps again', async () => {
  let calls = 0;
  let reason: string | null = null;
  const doomed: Tensors = {
    ...tensors,
    description: 'A GPU',
    run: (work) => {
      if (++calls < 25) return tensors.run(work);
      reason = 'pulled out.';
      return Promise.reject(new Error('device lost'));
    },
    lost: () => reason,
  };
  const whole = await train();
  const saved = await train(fitSettings(), materialOf(undefined, { tensors: doomed }));
  expect(saved.notices).toEqual([
    'A GPU was lost during training (pulled out); training went on from there on the CPU.',
  ]);
  expect(saved.training.curve).toEqual(whole.training.curve);
  expect(saved.training.device).toBe('WebAssembly (tfjs, one thread)');
});
