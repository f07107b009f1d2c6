import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EncoderChoice, ModelFolder } from '../../src/core/encoder.ts';
import { loadEncoder } from '../../src/encoder/encoder.ts';
import { collectModel } from '../../src/encoder/model-files.ts';
import type { ModelFiles } from '../../src/encoder/model-source.ts';
import type { CallContext } from '../../src/protocol/server.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { startHub, type Hub } from '../helpers/hub.ts';
import { bundledFiles, CPU, memorySource } from '../helpers/models.ts';

const MODEL = 'someone/small-encoder';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const NEXT = 'fedcba9876543210fedcba9876543210fedcba98';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const small = (): ModelFolder => ({
  'README.md': bytes('not needed'),
  'config.json': bytes('{"a":1}'),
  'tokenizer.json': bytes('{"b":2}'),
  'tokenizer_config.json': bytes('{"c":3}'),
  '1_Pooling/config.json': bytes('{"d":4}'),
  'onnx/model.onnx': bytes('graph'),
  'onnx/model.onnx_data': bytes('weights'),
  'onnx/model_quantized.onnx': bytes('small graph'),
});
const NEEDED = [
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  '1_Pooling/config.json',
  'onnx/model.onnx',
  'onnx/model.onnx_data',
];

let hub: Hub;
let source: ReturnType<typeof memorySource>;
beforeEach(async () => {
  hub = await startHub(MODEL, small(), COMMIT);
  source = memorySource({ hub: hub.url });
});
afterEach(() => hub.close());

const choice = (dtype = 'fp32'): EncoderChoice => ({ model: MODEL, device: 'native', dtype });
const collect = (dtype = 'fp32', context: CallContext = unwatched): Promise<ModelFiles> =>
  collectModel(choice(dtype), source, context);
const pinned = (): unknown =>
  JSON.parse(new TextDecoder().decode(source.kept.get(`pins/${MODEL}`)));

describe('the first load of a hub model', () => {
  it('resolves main, and downloads what is needed at its commit and nothing else', async () => {
    const { revision, files } = await collect();
    expect(revision).toBe(COMMIT);
    expect(hub.requests).toEqual([
      `/api/models/${MODEL}/revision/main`,
      ...NEEDED.map((path) => `/${MODEL}/resolve/${COMMIT}/${path}`),
    ]);
    expect(Object.keys(files)).toEqual(NEEDED);
    expect(new TextDecoder().decode(files['onnx/model.onnx_data'])).toBe('weights');
  });

  it('pins the commit and the hash of every file, and says so', async () => {
    const { hashes, notices } = await collect();
    expect(hashes['onnx/model.onnx']).toBe(hashOf('graph'));
    expect(pinned()).toEqual({ commit: COMMIT, hashes });
    expect(notices).toEqual([
      `${MODEL}: commit ${COMMIT} was resolved from main now and is pinned from here on.`,
    ]);
  });

  it('reports bytes of bytes for each file', async () => {
    const { context, reports } = watched();
    await collect('fp32', context);
    expect(reports).toContainEqual({
      stage: 'Downloading onnx/model.onnx_data (bytes)',
      done: 7,
      total: 7,
    });
  });

  it('builds an encoder from what it downloaded', async () => {
    hub.files = await bundledFiles();
    const encoder = await loadEncoder(
      { choice: choice(), device: CPU, source, runtime: undefined },
      unwatched,
    );
    const { provenance, notices } = encoder.info;
    await encoder.dispose();
    expect(provenance).toMatchObject({
      id: MODEL,
      revision: COMMIT,
      pooling: 'graph',
      prefix: '',
      maxTokens: 128,
      parity: null,
    });
    expect(notices).toContain(
      `${MODEL} is not in the list of known encoders: graph pooling and no prefix are assumed.`,
    );
  });
});

describe('later loads of a hub model', () => {
  it('download nothing, and need no hub', async () => {
    const first = await collect();
    await hub.close();
    hub.requests.length = 0;
    const second = await collect();
    expect(hub.requests).toEqual([]);
    expect({ ...second, notices: [] }).toEqual({ ...first, notices: [] });
    expect(second.notices).toEqual([
      `${MODEL}: commit ${COMMIT} is pinned since its first download.`,
    ]);
  });

  it('stay at the pinned commit when main moves on', async () => {
    await collect();
    const before = hub.files;
    hub.files = { ...before, 'onnx/model.onnx': bytes('new graph') };
    hub.commit = NEXT;
    expect((await collect()).revision).toBe(COMMIT);
  });

  it('download what the cache has lost, at the pinned commit, and accept the same bytes', async () => {
    await collect();
    source.kept.delete(`${MODEL}/${COMMIT}/onnx/model.onnx`);
    hub.requests.length = 0;
    await collect();
    expect(hub.requests).toEqual([`/${MODEL}/resolve/${COMMIT}/onnx/model.onnx`]);
  });

  it('refuse other bytes at the pinned commit', async () => {
    await collect();
    for (const key of [...source.kept.keys()])
      if (!key.startsWith('pins/')) source.kept.delete(key);
    hub.files['onnx/model.onnx'] = bytes('grapH');
    await expect(collect()).rejects.toMatchObject({
      code: 'model/changed',
      detail: { expected: hashOf('graph'), hash: hashOf('grapH') },
    });
    expect(pinned()).toMatchObject({
      commit: COMMIT,
      hashes: { 'onnx/model.onnx': hashOf('graph') },
    });
  });

  it('refuse a kept file that was damaged', async () => {
    await collect();
    source.kept.set(`${MODEL}/${COMMIT}/tokenizer.json`, bytes('{}'));
    await expect(collect()).rejects.toThrow(
      `The file tokenizer.json of ${MODEL} is not the one expected`,
    );
  });

  it('add another precision at the same commit, held against the same pins', async () => {
    await collect();
    hub.requests.length = 0;
    const { files, revision } = await collect('q8');
    expect(revision).toBe(COMMIT);
    expect(hub.requests).toEqual([
      `/api/models/${MODEL}/revision/${COMMIT}`,
      `/${MODEL}/resolve/${COMMIT}/onnx/model_quantized.onnx`,
    ]);
    expect(Object.keys(files)).not.toContain('onnx/model.onnx');
    hub.requests.length = 0;
    expect(Object.keys((await collect()).files).sort()).toEqual([...NEEDED].sort());
    expect(hub.requests).toEqual([]);
  });

  it('refuse a hub that answers for another commit than the one asked for', async () => {
    await collect();
    hub.serveListing = (response) => response.end(JSON.stringify({ sha: NEXT, siblings: [] }));
    await expect(collect('q8')).rejects.toMatchObject({ code: 'model/changed' });
    expect(pinned()).toMatchObject({ commit: COMMIT });
  });
});

describe('a hub that does not serve', () => {
  const unavailable = (why: string): object => ({
    code: 'model/unavailable',
    message: `The model ${MODEL} could not be loaded: ${why}.`,
  });

  it('is named by the path it has not', async () => {
    await expect(
      collectModel({ ...choice(), model: 'no/one' }, source, unwatched),
    ).rejects.toMatchObject({
      code: 'model/unavailable',
      message:
        'The model no/one could not be loaded: HTTP 404 for /api/models/no/one/revision/main.',
    });
    hub.serveFile = (response) => void response.writeHead(404).end();
    await expect(collect()).rejects.toMatchObject(
      unavailable(`HTTP 404 for /${MODEL}/resolve/${COMMIT}/config.json`),
    );
  });

  it('is said to be out of reach when it is down', async () => {
    await hub.close();
    await expect(collect()).rejects.toMatchObject(unavailable('the hub could not be reached'));
  });

  it('is said to have broken off when a download ends early; nothing is pinned', async () => {
    hub.serveFile = (response, file) => {
      response.writeHead(200, { 'content-length': file.length });
      response.write(file.subarray(0, 3), () => response.destroy());
    };
    await expect(collect()).rejects.toMatchObject(
      unavailable('the download of config.json broke off'),
    );
    expect(source.kept.size).toBe(0);
  });

  it('is said to answer with no listing when it sends a page', async () => {
    hub.serveListing = (response) => response.end('<html>Sign in</html>');
    await expect(collect()).rejects.toMatchObject(unavailable('the hub named no commit for main'));
  });

  it.each(['main', '', COMMIT.slice(0, 7), `${COMMIT}/..`])(
    'is refused when it names the commit "%s"',
    async (sha) => {
      hub.serveListing = (response) => response.end(JSON.stringify({ sha, siblings: [] }));
      await expect(collect()).rejects.toMatchObject(
        unavailable('the hub named no commit for main'),
      );
    },
  );

  it('is asked for another precision when the model lacks the chosen one', async () => {
    await expect(collect('fp16')).rejects.toMatchObject({
      code: 'model/unusable',
      message: `The model ${MODEL} has no onnx/model_fp16.onnx.`,
    });
    expect(source.kept.size).toBe(0);
  });

  it('cannot make the cache write outside its folder', async () => {
    hub.files['onnx/model.onnx_data/../../../../escaped'] = bytes('x');
    const { files } = await collect();
    expect(Object.keys(files)).toEqual(NEEDED);
    expect([...source.kept.keys()].filter((key) => key.includes('..'))).toEqual([]);
  });
});

describe('stopping a download', () => {
  it('ends it with call/cancelled, keeps no part of the file and pins nothing', async () => {
    hub.serveFile = (response, file) => {
      response.writeHead(200, { 'content-length': file.length });
      response.write(file.subarray(0, 3));
    };
    const { context } = watched(({ stage }) => stage.startsWith('Downloading'));
    await expect(collect('fp32', context)).rejects.toMatchObject({
      code: 'call/cancelled',
      message: 'The download was stopped.',
    });
    expect(source.kept.size).toBe(0);
  });

  it('ends it also while the hub has not answered', async () => {
    const controller = new AbortController();
    hub.serveListing = () => controller.abort();
    const context = { signal: controller.signal, report: () => undefined };
    await expect(collect('fp32', context)).rejects.toMatchObject({ code: 'call/cancelled' });
  });
});
