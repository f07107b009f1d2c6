import { describe, expect, it } from 'vitest';
import { comparePairs } from '../../src/analysis/compare-pairs.ts';
import { compareLayers } from '../../src/analysis/layers.ts';
import { createReference } from '../../src/compute/reference.ts';
import type { LayerReport } from '../../src/core/layers.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';

const SIZES = { languages: 3, facts: 12, dimensions: 5 };
const [first, second] = [1, 2].map((seed) => corpusOf(randomCube(SIZES, seed)));
const { corpus } = first;
const layers = { names: ['table', 'layer 1'], vectors: [first.vectors, second.vectors] };

describe('compareLayers', () => {
  it('says of each layer what a comparison of its vectors says', async () => {
    const reports = await compareLayers({ corpus, layers, seed: 3 }, createReference(), unwatched);
    expect(reports.map(({ name, zeroRows }) => [name, zeroRows])).toEqual([
      ['table', 0],
      ['layer 1', 0],
    ]);
    for (const [k, report] of reports.entries()) {
      const alone = { corpus, vectors: layers.vectors[k], seed: 3 };
      const { variance, matrices, pairs } = await comparePairs(alone, createReference(), unwatched);
      expect(report.variance).toEqual(variance);
      expect(report.matrices).toEqual(matrices);
      expect(report.pairs).toEqual(pairs.map(({ a, b, scores }) => ({ a, b, scores })));
    }
    expect(reports[0].matrices.mean_cosine).not.toEqual(reports[1].matrices.mean_cosine);
  });

  it('counts texts whose vector is all zeros, and takes their cosines for 0', async () => {
    const data = first.vectors.data.slice();
    data.fill(0, 0, SIZES.dimensions);
    const zero = { names: ['table'], vectors: [{ ...first.vectors, data }] };
    const [report] = await compareLayers(
      { corpus, layers: zero, seed: 3 },
      createReference(),
      unwatched,
    );
    const [whole] = await compareLayers({ corpus, layers, seed: 3 }, createReference(), unwatched);
    expect(report.zeroRows).toBe(1);
    // The first text is the first language's first fact: its matched cosine of 12 is lost, and nothing else.
    const { matched } = (
      await comparePairs({ corpus, vectors: first.vectors, seed: 3 }, createReference(), unwatched)
    ).pairs[0];
    expect(report.matrices.mean_cosine[1]).toBeCloseTo(
      whole.matrices.mean_cosine[1] - matched[0] / 12,
      6,
    );
  });

  it('counts pairs over all layers, and hands every layer over when it is done', async () => {
    const { context, reports } = watched();
    await compareLayers({ corpus, layers, seed: 3 }, createReference(), context);
    expect(reports.map(({ done }) => done)).toEqual(
      reports.map(({ done }) => done).toSorted((a, b) => a - b),
    );
    expect(reports.at(-1)).toMatchObject({ done: 6, total: 6 });
    const names = reports.flatMap(({ partial }) =>
      ((partial ?? []) as LayerReport[]).map(({ name }) => name),
    );
    expect(names).toEqual(['table', 'layer 1']);
  });

  it('stops between two pairs', async () => {
    const { context, reports } = watched(({ done }) => done >= 4);
    await expect(
      compareLayers({ corpus, layers, seed: 3 }, createReference(), context),
    ).rejects.toMatchObject({ code: 'call/cancelled' });
    expect(reports.at(-1)?.done).toBeLessThan(6);
  });
});
