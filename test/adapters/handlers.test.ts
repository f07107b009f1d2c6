import { afterEach, describe, expect, it } from 'vitest';
import { labHandlers } from '../../src/adapters/handlers.ts';
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
