import { describe, expect, it } from 'vitest';
import { createReference } from '../../src/compute/reference.ts';
import type { Neighbors } from '../../src/core/neighbors.ts';
import { seededRandom } from '../../src/core/random.ts';
import { fuzzyGraph, type FuzzyGraph } from '../../src/projection/fuzzy-graph.ts';
import { gaussians, rowsOf } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { projection } from '../helpers/golden.ts';
import { fittedUmapJs } from './umap-js.ts';

/** Every edge as 'head-tail', with its weight. */
function edgesOf({ points, offsets, targets, weights }: FuzzyGraph): Map<string, number> {
  const edges = new Map<string, number>();
  for (let i = 0; i < points; i++)
    for (let e = offsets[i]; e < offsets[i + 1]; e++) edges.set(`${i}-${targets[e]}`, weights[e]);
  return edges;
}

const neighborsOf = (given: (typeof projection.graphs)[number]): Neighbors => ({
  rows: given.rows,
  k: given.k,
  indices: Int32Array.from(given.indices),
  cosines: Float32Array.from(given.cosines),
});

describe('fuzzyGraph', () => {
  it.each(projection.graphs)('agrees with NumPy and SciPy: $name', async (given) => {
    const graph = await fuzzyGraph(neighborsOf(given));
    expect([...graph.offsets]).toEqual(given.offsets);
    expect([...graph.targets]).toEqual(given.targets);
    expectClose(graph.weights, given.weights, 2e-5);
  });

  it('agrees with umap-js', async () => {
    const vectors = rowsOf(
      gaussians(seededRandom(3), 60, 6).flatMap((v, i) => (i < 9 ? [v, v] : [v])),
    );
    const neighbors = await createReference().nearest(vectors, 8);
    const edges = edgesOf(await fuzzyGraph(neighbors));
    const { graph } = fittedUmapJs(neighbors, 1) as unknown as {
      graph: { getAll(): { row: number; col: number; value: number }[] };
    };
    const theirs = graph.getAll().filter(({ value }) => value > 0);
    expect(edges.size).toBe(theirs.length);
    const differences = theirs.map(({ row, col, value }) =>
      Math.abs(value - (edges.get(`${row}-${col}`) ?? 9)),
    );
    expect(Math.max(...differences)).toBeLessThan(1e-6);
  });

  it('is symmetric, sorted, without loops, and joins each point to its nearest for certain', async () => {
    const neighbors = await createReference().nearest(rowsOf(gaussians(seededRandom(5), 80, 5)), 6);
    const graph = await fuzzyGraph(neighbors);
    const edges = edgesOf(graph);
    for (const [name, weight] of edges) {
      const [i, j] = name.split('-');
      expect(i).not.toBe(j);
      expect(edges.get(`${j}-${i}`)).toBe(weight);
    }
    for (let i = 0; i < 80; i++) {
      expect(edges.get(`${i}-${neighbors.indices[i * 6]}`)).toBe(1);
      const row = graph.targets.slice(graph.offsets[i], graph.offsets[i + 1]);
      expect(row).toEqual(row.slice().sort());
    }
  });

  it('takes distances within the margin of ties for none', async () => {
    const indices = Int32Array.of(1, 2, 0, 2, 1, 0);
    const graphOf = (nearest: number): Promise<FuzzyGraph> =>
      fuzzyGraph({
        rows: 3,
        k: 2,
        indices,
        cosines: Float32Array.of(nearest, 0.4, nearest, 0.5, 0.5, 0.4),
      });
    expect(await graphOf(1 - 2 ** -22)).toEqual(await graphOf(1));
    expect(await graphOf(0.999)).not.toEqual(await graphOf(1));
  });
});
