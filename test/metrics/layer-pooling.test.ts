import { describe, expect, it } from 'vitest';
import { poolLayers } from '../../src/metrics/layer-pooling.ts';

describe('poolLayers', () => {
  it('gives the largest score with its first layer, and the mean', () => {
    expect(poolLayers([0.25, 0.75, 0.5, 0.75, 0])).toEqual({ max: 0.75, layer: 1, mean: 0.45 });
  });

  it('leaves layers without a score out', () => {
    expect(poolLayers([NaN, 0.25, NaN, 0.5])).toEqual({ max: 0.5, layer: 3, mean: 0.375 });
    expect(poolLayers([NaN, -1])).toEqual({ max: -1, layer: 1, mean: -1 });
  });

  it('has nothing to say where no layer has a score', () => {
    expect(poolLayers([NaN, NaN])).toEqual({ max: NaN, layer: -1, mean: NaN });
    expect(poolLayers([])).toEqual({ max: NaN, layer: -1, mean: NaN });
  });
});
