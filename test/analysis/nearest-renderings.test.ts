import { expect, it } from 'vitest';
import { ALL_COMPARED, nearestRenderings } from '../../src/analysis/nearest-renderings.ts';
import { createWasm } from '../../src/compute/wasm.ts';
import { cancelled } from '../../src/core/errors.ts';
import { randomMatrix } from '../compute/matrices.ts';

const context = { signal: new AbortController().signal, report: () => undefined };

it('compares all renderings up to the limit, and says so', async () => {
  const kernels = await createWasm();
  const vectors = randomMatrix(1, 300, 8);
  const found = await nearestRenderings({ vectors, k: 15, seed: 1 }, kernels, context);
  expect(found).toEqual({ neighbors: await kernels.nearest(vectors, 15), search: null });
});

it('searches nearly above it, says how well, and can be stopped', async () => {
  const kernels = await createWasm();
  const vectors = randomMatrix(1, ALL_COMPARED + 1, 6);
  const stages = new Set<string>();
  const report = ({ stage }: { stage: string }) => void stages.add(stage);
  const { neighbors, search } = await nearestRenderings({ vectors, k: 15, seed: 1 }, kernels, {
    ...context,
    report,
  });
  expect([neighbors.rows, neighbors.k, search?.sampled]).toEqual([30_001, 15, 500]);
  expect(search?.recall).toBeGreaterThan(0.9);
  expect(stages).toEqual(new Set(['Finding most neighbours (steps)']));
  const stopped = AbortSignal.abort();
  await expect(
    nearestRenderings({ vectors, k: 15, seed: 1 }, kernels, { signal: stopped, report }),
  ).rejects.toEqual(cancelled('The search for neighbours'));
});

it('a GPU compares all of them, however many', async () => {
  const kernels = { ...(await createWasm()), backend: 'webgpu' as const };
  const vectors = randomMatrix(1, ALL_COMPARED + 1, 2);
  const asked = { ...kernels, nearest: () => Promise.reject(new Error('all')) };
  await expect(nearestRenderings({ vectors, k: 1, seed: 1 }, asked, context)).rejects.toThrow(
    'all',
  );
});
