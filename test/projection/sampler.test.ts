import { describe, expect, it } from 'vitest';
import { LAYOUT_BYTES } from '../../src/projection/wasm/layout-bytes.ts';
import { createSampler } from '../../src/projection/wasm/sampler.ts';
import { projection } from '../helpers/golden.ts';

const { instance } = await WebAssembly.instantiate(Buffer.from(LAYOUT_BYTES, 'base64'));
const { A, B, memory, powers } = instance.exports as {
  A: WebAssembly.Global<'f32'>;
  B: WebAssembly.Global<'f32'>;
  memory: WebAssembly.Memory;
  powers(values: number, count: number): void;
};

/** Two points `apart` on the x axis, joined or pushed, after one epoch at a rate. */
async function pairAfter(apart: number, rate: number, shares: number[]): Promise<number[]> {
  const edges = {
    heads: new Int32Array(shares.length),
    tails: new Int32Array(shares.length).fill(1),
    shares: Float32Array.from(shares),
  };
  const sampler = await createSampler(Float32Array.of(0, 0, apart, 0), edges, {
    seed: 1,
    fixed: 0,
  });
  // The first epoch is the one in which even the heaviest edge gathers its first sample.
  for (let epoch = 0; epoch < 2; epoch++) for (const _ of sampler.epoch(rate)) void _;
  return [...sampler.positions()];
}

describe('the curve of similarities', () => {
  it('is the one that SciPy fits for a least distance of 0.1', () => {
    expect(A.value).toBeCloseTo(projection.curve[0], 5);
    expect(B.value).toBeCloseTo(projection.curve[1], 5);
  });

  it('has powers right to a relative 1e-4 from 1e-30 to 1e30', () => {
    const values = Float32Array.from({ length: 8000 }, (_, i) => 10 ** (-30 + (60 * i) / 7999));
    memory.grow(1);
    const view = new Float32Array(memory.buffer, 1024, values.length);
    view.set(values);
    powers(1024, values.length);
    const worst = values.reduce(
      (most, value, i) => Math.max(most, Math.abs(view[i] / value ** projection.curve[1] - 1)),
      0,
    );
    expect(worst).toBeLessThan(1e-4);
  });
});

describe('createSampler', () => {
  it('pulls an edge’s points together by the gradient, the same way on both sides', async () => {
    // Of two points the head is pushed only from the other, from where the pull has left it.
    const [a, b] = projection.curve;
    const rate = 1e-4;
    const [x0, y0, x1, y1] = await pairAfter(2, rate, [1]);
    const square = 4;
    const pull = (2 * a * b * square ** (b - 1) * 2) / (1 + a * square ** b);
    const push = (2 * b * 2) / ((0.001 + square) * (1 + a * square ** b));
    expect((2 - x1) / rate).toBeCloseTo(pull, 2);
    const pushes = (pull - x0 / rate) / push;
    expect(pushes).toBeCloseTo(Math.round(pushes), 1);
    expect(Math.round(pushes)).toBeGreaterThanOrEqual(0);
    expect(Math.round(pushes)).toBeLessThanOrEqual(5);
    expect([y0, y1]).toEqual([0, 0]);
  });

  it('moves no coordinate by more than 4 for one edge or push', async () => {
    const [x0, , x1] = await pairAfter(1000, 1, [1]);
    expect(x1).toBeGreaterThanOrEqual(996);
    expect(x0).toBeLessThanOrEqual(24);
  });

  it.each([
    [1, 99],
    [0.5, 50],
    [0.25, 25],
    [0.1, 10],
    [0.001, 0],
  ])('samples an edge of the share %d about %d times in 100 epochs', async (share, times) => {
    const edges = {
      heads: Int32Array.of(2),
      tails: Int32Array.of(0),
      shares: Float32Array.of(share),
    };
    const start = Float32Array.of(0, 0, 0, 0, 1, 0);
    const sampler = await createSampler(start, edges, { seed: 1, fixed: 2 });
    let moved = 0;
    for (let epoch = 0; epoch < 100; epoch++) {
      const before = sampler.positions()[4];
      for (const _ of sampler.epoch(0.01)) void _;
      if (sampler.positions()[4] !== before) moved++;
    }
    expect(Math.abs(moved - times)).toBeLessThanOrEqual(1);
  });

  it('leaves fixed points where they are', async () => {
    const start = Float32Array.of(0, 0, 3, 1, 1, 0, 2, 2);
    const edges = {
      heads: Int32Array.of(2, 3),
      tails: Int32Array.of(0, 1),
      shares: Float32Array.of(1, 1),
    };
    const sampler = await createSampler(start, edges, { seed: 1, fixed: 2 });
    for (let epoch = 0; epoch < 20; epoch++) for (const _ of sampler.epoch(0.1)) void _;
    expect([...sampler.positions().subarray(0, 4)]).toEqual([0, 0, 3, 1]);
    expect([...sampler.positions().subarray(4)]).not.toEqual([1, 0, 2, 2]);
  });
});
