import { afterEach, describe, expect, it } from 'vitest';
import { analysisHandlers } from '../../src/analysis/handlers.ts';
import { driftTable } from '../../src/metrics/drift.ts';
import type { AnalysisApi } from '../../src/protocol/api.ts';
import { connect, type Client } from '../../src/protocol/client.ts';
import { corpusOf, randomCube } from '../helpers/corpora.ts';
import { expectClose } from '../helpers/expect-close.ts';
import { startWorker } from '../helpers/fake-worker.ts';
import { randomFacts } from '../helpers/golden.ts';

let client: Client<AnalysisApi>;
afterEach(() => client.dispose());

function start(): Client<AnalysisApi> {
  client = connect<AnalysisApi>(startWorker(analysisHandlers()).worker, 'The analysis');
  return client;
}

const embedded = corpusOf(randomFacts.raw);
const load = { ...embedded, tokens: null, device: 'wasm' } as const;

describe('the analysis worker', () => {
  it('says which kernels it uses', async () => {
    expect(await start().load(load)).toEqual({
      backend: 'wasm',
      device: 'CPU (WebAssembly SIMD, 1 thread)',
      tolerance: 1e-5,
      notices: [],
    });
  });

  it('answers nothing before embeddings are loaded, and no drift before a comparison', async () => {
    start();
    await expect(client.compare({ seed: 1, pivot: 0 })).rejects.toThrow(
      'No embeddings are loaded.',
    );
    await expect(client.neighbors({ k: 3, seed: 1 })).rejects.toThrow('No embeddings are loaded.');
    await client.load(load);
    await expect(client.drift({ reference: 0, seed: 1 })).rejects.toThrow(
      'Nothing has been compared yet.',
    );
  });

  it('answers calls that come together one after another, since the kernels serve one at a time', async () => {
    await start().load(load);
    const picture = await client.principal({});
    const [report, neighbors, principal, trust] = await Promise.all([
      client.compare({ seed: 1, pivot: 0 }),
      client.neighbors({ k: 4, seed: 1 }),
      client.principal({}),
      client.judgePicture({ picture, k: 10, wide: 15, seed: 1 }),
    ]);
    expect(report.pairs).toHaveLength(10);
    expect(neighbors).toMatchObject({ rows: 200, k: 4 });
    expect(principal).toEqual(picture);
    expect(trust.points).toBe(200);
  });

  it('gives NumPy’s numbers with the kernels of the shell', async () => {
    await start().load(load);
    const { pairs, variance } = await client.compare({ seed: 1, pivot: 0 });
    pairs.forEach(({ scores, ties }, p) => {
      const golden = randomFacts.complete.pairs[p];
      expectClose(
        [scores.mean_cosine, scores.calibrated, scores.mexa].map(({ forth }) => forth.value),
        [golden.meanCosine, golden.calibrated, golden.mexa],
      );
      expect(ties).toBe(golden.ties);
    });
    expectClose([variance?.fact.value ?? NaN], [randomFacts.complete.variance.fact]);
  });

  it('compares layers that come with the call, the last as the embeddings themselves', async () => {
    await start().load(load);
    const { matrices, variance } = await client.compare({ seed: 1, pivot: 0 });
    const layers = { names: ['table', 'layer 1'], vectors: [embedded.vectors, embedded.vectors] };
    const reports = await client.layers({ layers, seed: 1 });
    expect(reports.map(({ name }) => name)).toEqual(['table', 'layer 1']);
    expect(reports[1]).toMatchObject({ variance, matrices });
    expect(embedded.vectors.data.length).toBeGreaterThan(0);
  });

  it('still knows its report for drift after the report has moved to the page', async () => {
    await start().load(load);
    const report = await client.compare({ seed: 1, pivot: 0 });
    const { reference, values, summaries } = await client.drift({ reference: 0, seed: 1 });
    expect(reference).toBe(0);
    expect(values).toEqual(driftTable(report, 0));
    expect(summaries.map(({ n }) => n)).toEqual([0, 40, 40, 40, 40]);
    expect(summaries[4].mean).toBeCloseTo(1 - randomFacts.complete.pairs[3].meanCosine, 5);
    const again = await client.drift({ reference: 'centroid', seed: 1 });
    expectClose(again.values, randomFacts.complete.centroidDistance.flat());
  });

  it('forgets its report when other embeddings are loaded', async () => {
    await start().load(load);
    await client.compare({ seed: 1, pivot: 0 });
    await client.load({
      ...corpusOf(randomCube({ languages: 2, facts: 3, dimensions: 4 }, 1)),
      tokens: null,
      device: 'wasm',
    });
    await expect(client.drift({ reference: 0, seed: 1 })).rejects.toThrow(
      'Nothing has been compared yet.',
    );
  });

  it('finishes what runs before it loads other embeddings', async () => {
    await start().load(load);
    const small = corpusOf(randomCube({ languages: 2, facts: 3, dimensions: 4 }, 1));
    const [first, , second] = await Promise.all([
      client.compare({ seed: 1, pivot: 0 }),
      client.load({ ...small, tokens: null, device: 'wasm' }),
      client.compare({ seed: 1, pivot: 0 }),
    ]);
    expect([first.pairs.length, second.pairs.length]).toEqual([10, 1]);
  });

  it('stops the search for neighbours', async () => {
    await start().load({
      ...corpusOf(randomCube({ languages: 2, facts: 900, dimensions: 8 }, 1)),
      tokens: null,
      device: 'wasm',
    });
    const controller = new AbortController();
    const call = client.neighbors(
      { k: 5, seed: 1 },
      { signal: controller.signal, onProgress: () => controller.abort() },
    );
    await expect(call).rejects.toMatchObject({ code: 'call/cancelled' });
    // The worker is free for the next call.
    expect(await client.principal({})).toMatchObject({ rows: 1800, columns: 2 });
  });
});

describe('the speed of kernels', () => {
  it('is measured with nothing loaded, names its device, and leaves what is loaded', async () => {
    const { device, speed } = await start().measure({ device: 'wasm', seed: 1 });
    expect(device).toMatch(/^CPU \(WebAssembly SIMD/);
    expect(speed).toBeGreaterThan(0.1);
    await client.load(load);
    await client.measure({ device: 'wasm', seed: 1 });
    expect((await client.neighbors({ k: 3, seed: 1 })).k).toBe(3);
  });

  it('is that of the device that was asked for, or there is none', async () => {
    await expect(start().measure({ device: 'webgpu', seed: 1 })).rejects.toThrow(
      'WebGPU is missing',
    );
  });
});
