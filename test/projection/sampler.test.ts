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

/** Two points `apart` on the x axis, joined in every step, after two steps at a rate. */
async function pairAfter(apart: number, rate: number): Promise<number[]> {
  const edges = {
    heads: Int32Array.of(0, 1),
    tails: Int32Array.of(1, 0),
    shares: Float32Array.of(1, 1),
  };
  const start = Float32Array.of(0, 0, apart, 0);
  const sampler = await createSampler(start, edges, { seed: 1, fixed: 0 });
  for (let half = 0; half < 2; half++) for (const _ of sampler.step(half, rate)) void _;
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
  it('pulls both ends in every step, and pushes each in one of two, by the gradient', async () => {
    // Of two points each is pushed only from the other: as often as the five draws fall on it.
    const [a, b] = projection.curve;
    const rate = 1e-4;
    const [x0, y0, x1, y1] = await pairAfter(2, rate);
    const square = 4;
    const pull = (2 * a * b * square ** (b - 1) * 2) / (1 + a * square ** b);
    const push = (2 * b * 2) / ((0.001 + square) * (1 + a * square ** b));
    for (const inwards of [x0, 2 - x1]) {
      const pushes = (2 * pull - inwards / rate) / push;
      expect(Math.abs(pushes - Math.round(pushes))).toBeLessThan(0.03);
      expect(Math.round(pushes)).toBeGreaterThanOrEqual(1);
      expect(Math.round(pushes)).toBeLessThanOrEqual(5);
    }
    expect([y0, y1]).toEqual([0, 0]);
  });

  it('moves no coordinate by more than 4 for one push, where the gradient is 11', async () => {
    // The end that is pushed first is pulled across the other before, and back a little after.
    const farthest = Math.max(...(await pairAfter(0.03, 1)).map(Math.abs));
    expect(farthest).toBeGreaterThan(3.5);
    expect(farthest).toBeLessThan(4.3);
  });

  it.each([
    [1, 99],
    [0.5, 50],
    [0.25, 25],
    [0.1, 10],
    [0.001, 0],
  ])('samples an edge of the share %d about %d times in 100 steps', async (share, times) => {
    const edges = {
      heads: Int32Array.of(2),
      tails: Int32Array.of(0),
      shares: Float32Array.of(share),
    };
    const start = Float32Array.of(0, 0, 0, 0, 1, 0);
    const sampler = await createSampler(start, edges, { seed: 1, fixed: 2 });
    let moved = 0;
    for (let number = 0; number < 100; number++) {
      const before = sampler.positions()[4];
      for (const _ of sampler.step(number, 0.01)) void _;
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
    for (let number = 0; number < 20; number++) for (const _ of sampler.step(number, 0.1)) void _;
    expect([...sampler.positions().subarray(0, 4)]).toEqual([0, 0, 3, 1]);
    expect([...sampler.positions().subarray(4)]).not.toEqual([1, 0, 2, 2]);
  });
});
