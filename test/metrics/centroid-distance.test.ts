import { describe, expect, it } from 'vitest';
import { cellRows } from '../../src/core/corpus.ts';
import { centroidDistances } from '../../src/metrics/centroid-distance.ts';
import { corpusOf, type Cube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { randomFacts } from '../helpers/golden.ts';

function distancesOf(
  cube: Cube,
  isPresent?: (language: number, fact: number) => boolean,
): Float32Array {
  const { corpus, vectors } = corpusOf(cube, isPresent);
  return centroidDistances(cellRows(corpus), cube.length, vectors);
}

describe('centroidDistances', () => {
  it('agrees with NumPy on 40 facts in 5 languages', () => {
    expectClose(distancesOf(randomFacts.raw), randomFacts.complete.centroidDistance.flat());
  });

  it('agrees with NumPy where renderings are missing: a hole has none, and is left out of the others’ mean', () => {
    const { present, centroidDistance } = randomFacts.withHoles;
    expectClose(
      distancesOf(randomFacts.raw, (language, fact) => present[language][fact] === 1),
      centroidDistance.flat(),
    );
  });

  it('is 1 - cosine for a fact in two languages', () => {
    expectClose(distancesOf([[[1, 0]], [[0.6, 0.8]]]), [0.4, 0.4], 1e-7);
  });

  it('is 0 where all renderings of a fact are equal and 2 where one is the opposite of the rest', () => {
    expectClose(distancesOf([[[1, 2, 2]], [[1, 2, 2]], [[1, 2, 2]]]), [0, 0, 0], 1e-6);
    expect(distancesOf([[[1, 0]], [[1, 0]], [[-1, 0]]])[2]).toBeCloseTo(2, 6);
  });

  it('is not defined for a fact with one rendering, nor where the others cancel out', () => {
    expectClose(
      distancesOf([[[1, 0]], [[0, 1]]], (language) => language === 0),
      [NaN, NaN],
    );
    expectClose(
      distancesOf([[[1, 0]], [[-1, 0]], [[0, 1]]]),
      [1 + Math.SQRT1_2, 1 + Math.SQRT1_2, NaN],
      1e-6,
    );
  });
});
