import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dot, row } from '../../src/core/matrix.ts';
import { loadEncoder, type Encoder } from '../../src/encoder/encoder.ts';
import type { ModelSource } from '../../src/encoder/model-source.ts';
import { BUNDLED_MODEL } from '../../src/core/models.ts';

const context = { signal: new AbortController().signal, report: () => undefined };
const source: ModelSource = {
  readBundled: async (path) => new Uint8Array(await readFile(`public/models/${path}`)),
  hub: 'http://localhost:1',
  read: () => Promise.resolve(undefined),
  write: () => Promise.resolve(),
};
const device = { id: 'native', description: 'CPU', available: true, software: false, reason: '' } as const;

describe('the bundled encoder', () => {
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await loadEncoder(
      { choice: { model: BUNDLED_MODEL, device: 'native', dtype: 'fp32' }, device, source, runtime: undefined },
      context,
    );
  });
  afterAll(() => encoder.dispose());

  it('gives the vectors that a NumPy forward pass gives', () => {
    expect(encoder.info.provenance.parity).toBeLessThan(1e-5);
  });

  it('gives a text the same vector whatever it is batched with', async () => {
    const text = 'The harbour freezes in January.';
    const alone = await encoder.embed([text], context);
    const among = await encoder.embed(['Hi.', text, 'A much longer sentence about boats '.repeat(4), text], context);
    const places = [...among.index].map((place, r) => ({ place, r })).filter(({ place }) => place % 2 === 1);
    expect(places).toHaveLength(2);
    for (const { r } of places) expect(dot(row(among.vectors, r), row(alone.vectors, 0))).toBeCloseTo(1, 5);
  });

  it('counts and cuts texts that are longer than it reads', async () => {
    const { tokens, truncated } = await encoder.embed(['word '.repeat(200)], context);
    expect([tokens[0], truncated[0]]).toEqual([62, 1]);
  });
});
