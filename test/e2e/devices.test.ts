import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { BUNDLED_MODEL } from '../../src/core/models.ts';
import { dropFiles, newPage, openSite, runToEnd, type Site } from './site.ts';

const FACTS = [
  'id,en,de,sw',
  'a,The boat lies in the harbour.,Das Boot liegt im Hafen.,Mashua iko bandarini.',
  'b,The mountain is covered with snow.,Der Berg ist mit Schnee bedeckt.,Mlima umefunikwa na theluji.',
  'c,Bread is baked in an oven.,Brot wird im Ofen gebacken.,Mkate huokwa kwenye tanuri.',
  'd,The school opens at eight.,Die Schule öffnet um acht.,Shule hufunguliwa saa mbili.',
  'e,Bees make honey.,Bienen machen Honig.,Nyuki hutengeneza asali.',
  'f,The moon has no air.,Der Mond hat keine Luft.,Mwezi hauna hewa.',
].join('\n');

async function manifestOf(page: Page): Promise<{
  model: Record<string, unknown>;
  kernels: Record<string, unknown>;
  notices: string[];
}> {
  return JSON.parse((await page.getByTestId('manifest').textContent()) ?? '');
}

describe('with a software GPU', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite({ gpu: true });
  });
  afterAll(() => site.close());

  it('uses the CPU unless asked, and says that the GPU is emulated', async () => {
    const page = await newPage(site);
    await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
    await runToEnd(page);
    const { model, notices } = await manifestOf(page);
    expect(model.backend).toBe('wasm');
    expect(notices.join(' ')).toMatch(/emulated/);
  });

  it('runs encoder and kernels on WebGPU when asked, within the reference vectors, and calls it software', async () => {
    const page = await newPage(site);
    await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
    await page.getByLabel('Device').selectOption('webgpu');
    await runToEnd(page);
    const { model, kernels } = await manifestOf(page);
    expect([model.backend, kernels.backend]).toEqual(['webgpu', 'webgpu']);
    expect(model.parity).toBeLessThan(1e-4);
    expect(await page.getByTestId('device').textContent()).toMatch(/software/);
    expect(site.problems).toEqual([]);
  });
});

describe('a model folder that is dropped', () => {
  const PATHS = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'];

  it('runs on WebGPU after its vectors were compared with those of the CPU', async () => {
    const site = await openSite({ gpu: true });
    try {
      const page = await newPage(site);
      await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
      await page.getByLabel('Device').selectOption('webgpu');
      await dropFolder(page, 'my-encoder', PATHS);
      await page
        .getByRole('option', { name: 'Dropped folder my-encoder' })
        .waitFor({ state: 'attached' });
      await runToEnd(page);
      const { model, notices } = await manifestOf(page);
      expect(model).toMatchObject({
        id: 'my-encoder',
        revision: 'folder',
        backend: 'webgpu',
        pooling: 'graph',
      });
      expect(model.parityAgainst).toMatch(/CPU/);
      expect(model.parity).toBeLessThan(1e-4);
      expect(notices.join(' ')).toMatch(/my-encoder is not in the list of known encoders/);
    } finally {
      await site.close();
    }
  });
});

/** As the folder picker gives it: a browser's automation cannot drop real folders. */
async function dropFolder(page: Page, name: string, paths: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'isogloss-folder-'));
  for (const path of paths) {
    cpSync(`public/models/${BUNDLED_MODEL}/${path}`, join(folder, name, path));
  }
  await page.setInputFiles('input[webkitdirectory]', join(folder, name));
}

describe('a model of the hub', () => {
  const COMMIT = '0123456789abcdef0123456789abcdef01234567';
  const PATHS = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'];
  let site: Site;
  let asked: string[];
  beforeAll(async () => {
    site = await openSite();
    asked = [];
    await site.context.route('https://huggingface.co/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      asked.push(pathname);
      const headers = { 'Access-Control-Allow-Origin': '*' };
      if (pathname === '/api/models/someone/small-encoder/revision/main') {
        const siblings = [...PATHS, 'README.md'].map((rfilename) => ({ rfilename }));
        return route.fulfill({ json: { sha: COMMIT, siblings }, headers });
      }
      const path = pathname.replace(`/someone/small-encoder/resolve/${COMMIT}/`, '');
      return PATHS.includes(path)
        ? route.fulfill({ body: readFileSync(`public/models/${BUNDLED_MODEL}/${path}`), headers })
        : route.fulfill({ status: 404, headers });
    });
  });
  afterAll(() => site.close());

  it('is downloaded at the commit of main, recorded with its hashes, and not downloaded again', async () => {
    const first = await newPage(site);
    await runHubModel(first);
    const { model } = await manifestOf(first);
    expect(model).toMatchObject({
      id: 'someone/small-encoder',
      revision: COMMIT,
      pooling: 'graph',
    });
    expect(Object.keys(model.files as object).sort()).toEqual([...PATHS].sort());
    expect(asked).toHaveLength(1 + PATHS.length);
    const second = await newPage(site);
    await runHubModel(second);
    expect(asked).toHaveLength(1 + PATHS.length);
  });

  it('that does not exist gets a sentence with the id', async () => {
    const page = await newPage(site);
    await runHubModel(page, 'someone/nothing');
    await page.getByText('The model someone/nothing could not be loaded: HTTP 404').waitFor();
  });
});

async function runHubModel(page: Page, id = 'someone/small-encoder'): Promise<void> {
  await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
  await page.getByLabel('Encoder').selectOption('other');
  await page.getByLabel('Hub id').fill(id);
  await page.getByLabel('Hub id').press('Tab');
  if (id.endsWith('nothing'))
    await page.getByRole('button', { name: 'Encode, compare, project' }).click();
  else await runToEnd(page);
}
