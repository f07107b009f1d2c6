import { describe, expect, it } from 'vitest';
import { checkEncoder } from '../../src/core/check-encoder.ts';
import { VECTORS_GIVEN } from '../../src/core/layers.ts';
import { recordOf } from '../adapters/adapter-records.ts';

const record = recordOf();
const { encoder } = record;

describe('checkEncoder', () => {
  it('has nothing to say of the encoder that the adapter was fitted on, wherever it runs', () => {
    expect(checkEncoder(record, { ...encoder, device: 'a GPU', backend: 'webgpu' })).toEqual([]);
  });

  it('refuses another space, naming both sides', () => {
    const other = { ...encoder, id: 'another/encoder', prefix: 'query: ' };
    expect(() => checkEncoder(record, other)).toThrow(
      'The adapter was fitted on vectors of another encoder: id isogloss/encoder there, another/encoder here; prefix none there, query:  here.',
    );
    expect(() => checkEncoder(record, { ...encoder, pooling: 'cls' })).toThrow(
      'pooling mean there, cls here',
    );
    expect(() => checkEncoder(record, { ...encoder, dimensions: 8 })).toThrow(
      'dimensions 4 there, 8 here',
    );
  });

  it('tells what moves vectors a little', () => {
    const near = { ...encoder, dtype: 'q8', files: { 'model.onnx': 'other' } };
    expect(checkEncoder(record, near)).toEqual([
      'The adapter was fitted on vectors that were made a little differently (dtype fp32 there, q8 here; files with other hashes): its maps fit these the less.',
    ]);
  });

  it('knows of given vectors their dimensions alone', () => {
    const given = { ...encoder, id: VECTORS_GIVEN, pooling: '' };
    expect(checkEncoder(record, given)).toEqual([
      'The adapter was fitted on vectors of isogloss/encoder; whether it made these, which were given, is not known.',
    ]);
    expect(() => checkEncoder(record, { ...given, dimensions: 8 })).toThrow('dimensions 4 there');
  });
});
