import { afterEach, describe, expect, it } from 'vitest';
import { labHandlers } from '../../src/adapters/handlers.ts';
import type { PairChange } from '../../src/core/run-comparison.ts';
import type { LabApi } from '../../src/protocol/api.ts';
import { connect, type Client } from '../../src/protocol/client.ts';
import { startWorker } from '../helpers/fake-worker.ts';
import { settingsOf, turnedCorpus } from '../helpers/lab.ts';
import { matrixOf } from '../helpers/corpora.ts';

let client: Client<LabApi>;
afterEach(() => client.dispose());

function start(): Client<LabApi> {
  client = connect<LabApi>(startWorker(labHandlers()).worker, 'The lab');
  return client;
}

const embedded = turnedCorpus({ facts: 150, turn: 0.5, noise: 0.8 });
const fit = (settings = settingsOf('centering')) => ({ settings, preferences: null });

describe('the lab worker', () => {
  it('refuses before vectors are loaded, and fits twice from one baseline', async () => {
    start();
    await expect(client.fit(fit())).rejects.toThrow('No vectors are loaded.');
    const { device } = await client.load({ ...embedded, device: 'wasm' });
    expect(device).toMatch(/^CPU/);
    const first = await client.fit(fit());
    const again = await client.fit(fit());
    // What moved to the page with the first answer is still there for the second.
    expect(again).toEqual(first);
    const other = await client.fit(fit({ ...settingsOf('centering'), seed: 2 }));
    expect(other.split.hash).not.toBe(first.split.hash);
  });

  it('sends the pairs of the held-out comparison ahead, and nothing of them twice', async () => {
    await start().load({ ...turnedCorpus({ facts: 60, turn: 0, noise: 1 }, 7), device: 'wasm' });
    const { adapter, heldOut, measures } = await client.fit(fit());
    const sent: PairChange[][] = [];
    const comparison = await client.compareHeldOut(
      { adapter, seed: 1 },
      { onProgress: ({ partial }) => partial !== undefined && sent.push(partial as PairChange[]) },
    );
    expect(sent.map(({ length }) => length)).toEqual([16, 5]);
    expect(new Set(sent.flat().map(({ a, b }) => 7 * a + b)).size).toBe(21);
    expect(comparison).toMatchObject({ pairs: [], scaler: 'given' });
    expect(comparison.corpus.facts).toHaveLength(heldOut.facts);
    const { test } = measures.find(({ id }) => id === 'strong')!;
    expect(comparison.overall.strong.difference).toBeCloseTo(test.difference, 12);
  });

  it('ends a training that is asked to finish, with what it has', async () => {
    await start().load({ ...embedded, device: 'wasm' });
    const settings = settingsOf('shared-low-rank', { steps: 5000, patience: 5000 });
    let asked = false;
    const report = await client.fit(fit(settings), {
      onProgress: ({ partial }) => {
        if (partial === undefined || asked) return;
        asked = true;
        void client.finishTraining({});
      },
    });
    expect(report.training).toMatchObject({ ended: 'stopped' });
    expect(report.training!.curve.at(-1)!.step).toBeLessThan(5000);
    expect((await client.fit(fit())).training).toBeNull();
  });

  it('applies adapters to other texts, and lays pictures over each other', async () => {
    await start().load({ ...embedded, device: 'wasm' });
    const { adapter } = await client.fit(fit());
    const { vectors, meansFromTexts } = await client.apply({ adapter, ...embedded });
    expect([vectors.rows, meansFromTexts]).toEqual([embedded.vectors.rows, []]);
    const square = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const before = matrixOf(square);
    const after = matrixOf(square.map(([x, y]) => [5 - 2 * y, 3 + 2 * x]));
    const pair = await client.pictures({ before, after });
    expect(pair.misfit).toBeLessThan(1e-9);
    pair.after.data.forEach((value, e) => expect(value).toBeCloseTo(square.flat()[e], 5));
  });
});
