import { expect, it } from 'vitest';
import { PREFERENCE_DEFAULTS, TRAINING_DEFAULTS } from '../../src/core/adapter.ts';
import type { CurvePoint } from '../../src/core/lab.ts';
import type { LabApi } from '../../src/protocol/api.ts';
import { connect } from '../../src/protocol/client.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';

it('fits, trains and judges in the worker that the page starts', async () => {
  const worker = new Worker(new URL('../../workers/lab.worker.ts', import.meta.url), {
    type: 'module',
  });
  const client = connect<LabApi>(worker, 'The lab');
  try {
    const embedded = corpusOf(randomCube({ languages: 3, facts: 120, dimensions: 16 }, 4));
    await client.load({ ...embedded, device: 'wasm' });
    const settings = {
      method: 'shared-low-rank' as const,
      seed: 1,
      target: 'centroid',
      strength: null,
      training: { ...TRAINING_DEFAULTS, rank: 4, steps: 40, batch: 32 },
      preference: PREFERENCE_DEFAULTS,
    };
    const points: CurvePoint[][] = [];
    const report = await client.fit(
      { settings, preferences: null },
      {
        onProgress: ({ partial }) => {
          if (partial !== undefined) points.push(partial as CurvePoint[]);
        },
      },
    );
    expect(report.training!.device).toContain('WebAssembly');
    expect(points.length).toBeGreaterThan(1);
    expect(report.measures.every(({ test }) => !Number.isNaN(test.difference))).toBe(true);
    expect(report.heldOut.facts).toBe(24);
  } finally {
    client.dispose();
  }
});
