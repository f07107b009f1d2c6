import { describe, expect, it } from 'vitest';
import { buffersOf } from '../../src/protocol/messages.ts';

describe('buffersOf', () => {
  const values = new Float32Array(4);

  it('finds the buffers of typed arrays, each once', () => {
    const other = new Int32Array(2);
    expect(buffersOf({ x: values, y: values.subarray(1), z: [other] })).toEqual([
      values.buffer,
      other.buffer,
    ]);
    expect(buffersOf(values)).toEqual([values.buffer]);
  });

  it('looks four levels deep and no deeper', () => {
    expect(buffersOf([{ a: { b: { x: values } } }])).toEqual([values.buffer]);
    expect(buffersOf([{ a: { b: { c: { x: values } } } }])).toEqual([]);
  });

  it('finds none in plain values, and moves no shared memory', () => {
    expect(buffersOf([null, undefined, 3, 'text', { a: null }])).toEqual([]);
    expect(buffersOf(new Uint8Array(new SharedArrayBuffer(4)))).toEqual([]);
  });
});
