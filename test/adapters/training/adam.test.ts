import { expect, test } from 'vitest';
import { createAdam } from '../../../src/adapters/training/adam.ts';
import { expectClose } from '../../helpers/expect-close.ts';
import { training } from '../../helpers/golden.ts';

test('steps are those of PyTorch, clipped, with decay, and with an array that is left out at times', () => {
  const { start, gradients, end } = training.adamw;
  const take = (values: number[], k: number): Float32Array =>
    Float32Array.from(values.slice(4 * k, 4 * k + 4));
  const arrays = [0, 1, 2].map((k) => take(start, k));
  const adam = createAdam(0.05, 0.1);
  for (let step = 0; step < 12; step++)
    adam.step(
      arrays,
      [0, 1, 2].map((k) => (k === 1 && step % 2 === 1 ? null : take(gradients, 3 * step + k))),
    );
  expectClose(
    arrays.flatMap((array) => [...array]),
    end,
    1e-6,
  );
});

test('an array without a gradient stays as it is', () => {
  const array = Float32Array.of(1, 2);
  createAdam(1, 1).step([array], [null]);
  expect([...array]).toEqual([1, 2]);
});
