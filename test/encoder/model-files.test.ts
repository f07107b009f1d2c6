import { beforeAll, describe, expect, it } from 'vitest';
import type { EncoderChoice, ModelFolder } from '../../src/core/encoder.ts';
import { loadEncoder } from '../../src/encoder/encoder.ts';
import { collectModel } from '../../src/encoder/model-files.ts';
import { onnxFile, type ModelFiles } from '../../src/encoder/model-source.ts';
import { BUNDLED_MODEL, cardOf } from '../../src/core/models.ts';
import { unwatched, watched } from '../helpers/contexts.ts';
import { bundledFiles, CPU, memorySource } from '../helpers/models.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const choose = (model: string, folder?: ModelFolder): EncoderChoice => ({
  model,
  device: 'native',
  dtype: 'fp32',
  ...(folder === undefined ? {} : { folder }),
});
const collect = (choice: EncoderChoice, bundled: ModelFolder = {}): Promise<ModelFiles> =>
  collectModel(choice, memorySource({ bundled }), unwatched);

describe('onnxFile', () => {
  it.each([
    ['fp32', 'onnx/model.onnx'],
    ['fp16', 'onnx/model_fp16.onnx'],
    ['q8', 'onnx/model_quantized.onnx'],
  ])('of %s is %s', (dtype, path) => {
    expect(onnxFile(dtype)).toBe(path);
  });

  it.each(['q4', '', 'toString'])('refuses the precision "%s"', (dtype) => {
    expect(() => onnxFile(dtype)).toThrow(`The precision ${dtype} is unknown.`);
  });
});

describe('the bundled encoder’s files', () => {
  let files: ModelFolder;
  beforeAll(async () => {
    files = await bundledFiles();
  });

  it('have the hashes that the registry lists', async () => {
    const model = await collect(choose(BUNDLED_MODEL), files);
    expect(model.hashes).toEqual(cardOf(BUNDLED_MODEL)?.files);
    expect(model.revision).toBe('bundled');
    expect(Object.keys(model.files).sort()).toEqual(Object.keys(files).sort());
  });

  it.each([
    'config.json',
    'onnx/model.onnx',
    'reference.json',
    'tokenizer.json',
    'tokenizer_config.json',
    'trust.json',
  ])('are refused when one byte of %s differs, before anything is started', async (path) => {
    const damaged = files[path].slice();
    damaged[damaged.length >> 1] ^= 1;
    const { context, reports } = watched();
    const source = memorySource({ bundled: { ...files, [path]: damaged } });
    const loading = loadEncoder(
      { choice: choose(BUNDLED_MODEL), device: CPU, source, runtime: undefined },
      context,
    );
    const expected = cardOf(BUNDLED_MODEL)?.files[path] ?? '';
    await expect(loading).rejects.toMatchObject({ code: 'model/changed', detail: { expected } });
    await expect(loading).rejects.toThrow(
      `The file ${path} of ${BUNDLED_MODEL} is not the one expected`,
    );
    expect(reports.map(({ stage }) => stage)).not.toContain('Starting the model');
  });

  it('are not sought in a precision that it does not come in', async () => {
    const choice = { ...choose(BUNDLED_MODEL), dtype: 'q8' };
    await expect(collect(choice, files)).rejects.toThrow(
      `The model ${BUNDLED_MODEL} has no precision q8.`,
    );
  });

  it('are not read on after a stop', async () => {
    const { context, reports } = watched(({ done }) => done === 1);
    const source = memorySource({ bundled: files });
    await expect(collectModel(choose(BUNDLED_MODEL), source, context)).rejects.toMatchObject({
      code: 'call/cancelled',
    });
    expect(reports.map(({ done }) => done)).toEqual([0, 1]);
  });
});

describe('a model that is not there', () => {
  it.each(['no-such-model', 'a/b/c', '../../etc', 'owner/..', ''])(
    '"%s" is unknown',
    async (model) => {
      await expect(collect(choose(model))).rejects.toMatchObject({
        code: 'model/unknown',
        message: `The model ${model} is unknown.`,
      });
    },
  );
});

describe('a dropped folder', () => {
  const whole = {
    'config.json': bytes('{}'),
    'tokenizer.json': bytes('{}'),
    'onnx/model.onnx': bytes('x'),
  };

  it('is refused without a tokenizer, naming what it lacks', async () => {
    const { 'config.json': config, 'onnx/model.onnx': graph } = whole;
    await expect(
      collect(choose('mine', { 'config.json': config, 'onnx/model.onnx': graph })),
    ).rejects.toMatchObject({
      code: 'model/unusable',
      message: 'The model folder mine has no tokenizer.json.',
    });
    await expect(collect(choose('mine', {}))).rejects.toThrow(
      'The model folder mine has no config.json and no tokenizer.json and no onnx/model.onnx.',
    );
  });

  it('needs the graph of the chosen precision', async () => {
    await expect(collect({ ...choose('mine', whole), dtype: 'q8' })).rejects.toThrow(
      'has no onnx/model_quantized.onnx.',
    );
  });

  it('may hold its graph beside the tokenizer', async () => {
    const { 'onnx/model.onnx': graph, ...rest } = whole;
    const { files, hashes, revision } = await collect(
      choose('mine', { ...rest, 'model.onnx': graph }),
    );
    expect(files['onnx/model.onnx']).toBe(graph);
    expect(Object.keys(hashes)).toEqual([
      'config.json',
      'onnx/model.onnx',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    expect(revision).toBe('folder');
  });

  it('is hashed whole, and not changed itself', async () => {
    const folder = { ...whole };
    const { hashes } = await collect(choose('mine', folder));
    // sha256sum of the letter x
    expect(hashes['onnx/model.onnx']).toBe(
      '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
    );
    expect(Object.keys(folder)).toEqual(Object.keys(whole));
  });

  it('goes before a model of the same name', async () => {
    const { files } = await collect(choose(BUNDLED_MODEL, whole));
    expect(files['onnx/model.onnx']).toBe(whole['onnx/model.onnx']);
  });
});
