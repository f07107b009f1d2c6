import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { describe, expect, test } from 'vitest';
import { openTensors, type Tensors } from '../../../src/adapters/tensors/open-tensors.ts';
import type { Trained, TrainContext } from '../../../src/adapters/training/material.ts';
import { trainAdapter } from '../../../src/adapters/training/train-adapter.ts';
import { EVALUATE_EVERY, type AdapterMethod } from '../../../src/core/adapter.ts';
import { unwatched } from '../../helpers/contexts.ts';
import { expectClose } from '../../helpers/expect-close.ts';
import { gpuRequired } from '../../compute/gpu-required.ts';
import { fitSettings, trainMaterial } from './training-material.ts';

const available = await gpuRequired();

const openCpu = (): Promise<Tensors> => openTensors('wasm', wasm);
const quiet: TrainContext = { ...unwatched, finish: () => false };

async function trainOn(
  tensors: Tensors,
  method: AdapterMethod = 'shared-low-rank',
  context = quiet,
): Promise<Trained> {
  return await trainAdapter(
    trainMaterial({ tensors, openCpu }),
    fitSettings(method, { steps: EVALUATE_EVERY + 4 }),
    context,
  );
}

const losses = ({ training }: Trained): number[] =>
  training.curve.map(({ validation }) => validation);

test('the CPU trains in Chromium, and leaves no tensor', async () => {
  const tensors = await openCpu();
  const { training, notices } = await trainOn(tensors);
  expect(training).toMatchObject({ ended: 'steps', device: 'WebAssembly (tfjs, one thread)' });
  expect(training.best).toBeGreaterThan(0);
  expect(notices).toEqual([]);
  expect(tensors.tf.memory().numTensors).toBe(0);
});

test('auto takes no GPU that the CPU emulates, and says so', async () => {
  const tensors = await openTensors('auto', wasm);
  if (!available) return;
  expect(tensors.backend).toBe('wasm');
  expect(tensors.notices[0]).toMatch(/; adapters are trained on the CPU instead\.$/);
});

describe.runIf(available)('on a GPU', () => {
  test.each(['low-rank', 'shared-low-rank', 'preference'] as const)(
    '%s: losses and parameters agree with the CPU, the same again on the same device, no tensor is left',
    async (method) => {
      const gpu = await openTensors('webgpu', wasm);
      expect(gpu.backend).toBe('webgpu');
      const found = await trainOn(gpu, method);
      const again = method === 'preference' ? await trainOn(gpu, method) : found;
      expect(gpu.tf.memory().numTensors).toBe(0);
      gpu.dispose();
      const expected = await trainOn(await openCpu(), method);
      expect(found.training.device).toMatch(/^WebGPU \(tfjs\), /);
      expect(losses(again)).toEqual(losses(found));
      expectClose(losses(found), losses(expected), 1e-4);
      found.adapter.languages.forEach(({ linear }, l) => {
        const other = expected.adapter.languages[l].linear;
        if (linear.kind !== 'low-rank' || other.kind !== 'low-rank') throw new Error('no low rank');
        expectClose(linear.down.data, other.down.data, 1e-3);
        expectClose(linear.up.data, other.up.data, 1e-3);
      });
    },
  );

  test('a device that is destroyed in the middle: the CPU goes on, and a notice says so', async () => {
    const gpu = await openTensors('webgpu', wasm);
    const report: TrainContext['report'] = ({ done }) => {
      if (done === EVALUATE_EVERY) (gpu.tf.findBackend('webgpu') as WebGPUBackend).device.destroy();
    };
    const { training, notices } = await trainOn(gpu, 'shared-low-rank', { ...quiet, report });
    expect(training).toMatchObject({ ended: 'steps', device: 'WebAssembly (tfjs, one thread)' });
    expect(notices).toEqual([
      expect.stringMatching(
        /^WebGPU \(tfjs\), .* was lost during training \(.+\); training went on from there on the CPU\.$/,
      ),
    ]);
    const whole = await trainOn(await openCpu());
    expectClose(
      training.curve.map(({ validation }) => validation),
      losses(whole),
      1e-4,
    );
  });
  test('what the device cannot hold is an error, not a loss of zero', async () => {
    const gpu = await openTensors('webgpu', wasm);
    const large = gpu.run(async (tf) => {
      const product = tf.tidy(() => tf.matMul(tf.ones([40_000, 1]), tf.ones([1, 40_000])));
      try {
        return await tf.tidy(() => tf.slice(product, [0, 0], [1, 1])).data();
      } finally {
        product.dispose();
      }
    });
    await expect(large).rejects.toMatchObject({
      code: expect.stringMatching(/^(memory\/exceeded|internal)$/),
    });
    gpu.dispose();
  });
});
