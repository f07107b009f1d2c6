import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { BUNDLED_MODEL } from '../../src/core/models.ts';
import { fromNpy } from '../../src/io/read/from-npy.ts';
import { toNpy } from '../../src/io/write/to-npy.ts';
import { dropFiles, newPage, openSite, runToEnd, START, type Site } from './site.ts';

async function exportZip(page: Page): Promise<Record<string, Uint8Array>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Everything (zip)' }).click(),
  ]);
  return unzipSync(new Uint8Array(readFileSync(await download.path())));
}

function numbersOf(csv: string): number[][] {
  const { data } = Papa.parse<string[]>(csv.trim());
  return data.slice(1).map((row) => row.slice(1).map(Number));
}

describe('vectors that are dropped with their texts', () => {
  const TEXTS =
    'id,en,de\nq1,A boat.,Ein Boot.\nq2,A hill.,Ein Berg.\nq3,Bread.,Brot.\nq4,A bee.,Eine Biene.\n';
  const VECTORS = Float32Array.from({ length: 8 * 3 }, (_, e) => Math.sin(e * e));
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  it('take the place of encoding, and the export says so', async () => {
    const page = await newPage(site);
    await dropFiles(page, [
      { name: 'facts.csv', content: TEXTS },
      { name: 'mine.npy', content: toNpy(VECTORS, [8, 3]) },
    ]);
    const encoder = page.locator('.choice select').first();
    await page.getByText('nothing is encoded').waitFor();
    expect(await encoder.inputValue()).toBe('vectors of mine.npy');
    await page.getByRole('button', { name: 'Compare, project' }).click();
    await page
      .getByRole('button', { name: 'Everything (zip)' })
      .and(page.locator(':enabled'))
      .waitFor();
    const files = await exportZip(page);
    const { model, notices } = JSON.parse(strFromU8(files['manifest.json']));
    expect(model).toMatchObject({ id: 'vectors given', dimensions: 3 });
    expect(model.files['mine.npy']).toMatch(/^[0-9a-f]{64}$/);
    expect(notices[0]).toMatch(/read from mine\.npy \(rows matched in reading order\)/);
    const data = fromNpy(files['embeddings.npy'], 'embeddings.npy').data;
    const length = Math.hypot(...VECTORS.slice(3, 6));
    expect(data[4]).toBeCloseTo(VECTORS[4] / length, 6);
    expect(JSON.parse(strFromU8(files['report.json'])).truncation).toBeNull();
    expect(site.problems).toEqual([]);

    await page.getByRole('button', { name: 'Start over' }).click();
    const list = Object.entries(files).map(([path, content]) => ({ name: path, content }));
    await dropFiles(page, list);
    await page.getByRole('heading', { name: '4 facts in 2 languages' }).waitFor();
    expect(await encoder.inputValue()).toBe('vectors of embeddings.npy');
    await page.getByRole('button', { name: 'Compare, project' }).click();
    await page
      .getByRole('button', { name: 'Everything (zip)' })
      .and(page.locator(':enabled'))
      .waitFor();
    const again = await exportZip(page);
    expect(again['pairs.csv']).toEqual(files['pairs.csv']);
    expect(again['embeddings.npy']).toEqual(files['embeddings.npy']);
  });
});

describe('the example, from click to export, without a GPU', () => {
  let site: Site;
  let page: Page;
  let files: Record<string, Uint8Array>;
  let seconds: number;

  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    const started = performance.now();
    await page.getByRole('button', { name: 'Try the example' }).click();
    await page.getByRole('heading', { name: '66 facts in 24 languages' }).waitFor();
    await runToEnd(page);
    seconds = (performance.now() - started) / 1000;
    console.log(`The example took ${seconds.toFixed(1)} s from click to all plots.`);
    files = await exportZip(page);
  });
  afterAll(() => site.close());

  it('ends within 60 seconds on two shared cores', () => {
    expect(seconds).toBeLessThan(60);
  });

  it('states the split of variance, and at most who drifts most', async () => {
    const answer = await page.getByTestId('answer').textContent();
    expect(answer).toMatch(
      /^Facts explain \d+ % of the variation, languages \d+ %, their interaction \d+ %\.( .+ drifts? most\.)?$/,
    );
  });

  it('names the device that computed, and why it is no GPU', async () => {
    expect(await page.getByTestId('device').textContent()).toMatch(
      new RegExp(`^${BUNDLED_MODEL} on CPU \\(WebAssembly, \\d threads?\\), fp32$`),
    );
    const manifest = JSON.parse(strFromU8(files['manifest.json'])) as {
      model: { backend: string };
      notices: string[];
    };
    expect(manifest.model.backend).toBe('wasm');
    expect(manifest.notices.join(' ')).toMatch(/WebGPU/);
  });

  it('exports every file of the shell command, with the same numbers to 1e-4', () => {
    const folder = mkdtempSync(join(tmpdir(), 'isogloss-cli-'));
    execFileSync(
      process.execPath,
      ['src/cli/isogloss.mjs', 'analyze', 'public/example/facts.csv', '--out', folder],
      {
        stdio: ['ignore', 'ignore', 'ignore'],
      },
    );
    for (const metric of [
      'mean_cosine',
      'calibrated',
      'bias',
      'bias_centroid',
      'bias_residual',
      'mexa',
      'p_at_1',
    ]) {
      const path = `matrices/${metric}.csv`;
      const shell = numbersOf(readFileSync(join(folder, path), 'utf8')).flat();
      const own = numbersOf(strFromU8(files[path])).flat();
      expect(own).toHaveLength(24 * 24);
      // A share moves by 1 / 66 when a tie falls the other way; nothing else may move.
      const largest = Math.max(...own.map((value, i) => Math.abs(value - shell[i])));
      expect(largest, metric).toBeLessThan(1e-4);
    }
    const paths = [
      'report.json',
      'pairs.csv',
      'facts.csv',
      'drift.csv',
      'projection.csv',
      'embeddings.npy',
      'rows.csv',
      'probe.json',
    ];
    expect(Object.keys(files)).toEqual(expect.arrayContaining(paths));
  });

  it('keeps what is chosen in the address, and finds it again there', async () => {
    await page.getByLabel('Metric').selectOption('mexa');
    expect(new URL(page.url()).hash).toContain('metric=mexa');
  });

  it('keeps its results when a file is dropped that adds nothing', async () => {
    await dropFiles(page, [{ name: 'paper.pdf', content: '%PDF-1.7 nothing' }]);
    await page.getByRole('row').filter({ hasText: 'paper.pdf' }).first().waitFor();
    await page.getByRole('button', { name: 'Results' }).click();
    expect(await page.getByTestId('answer').textContent()).toMatch(/^Facts explain/);
  });

  it('sends no request to another origin and reports no error', () => {
    expect(site.foreign).toEqual([]);
    expect(site.problems).toEqual([]);
  });

  it('cannot reach another origin from the page: the policy blocks it', async () => {
    const outcome = await page.evaluate(async () => {
      const violation = new Promise<string>((resolve) => {
        document.addEventListener(
          'securitypolicyviolation',
          (event) => resolve(event.effectiveDirective),
          { once: true },
        );
      });
      const answer = await fetch('https://example.org/').then(
        () => 'reached',
        () => 'refused',
      );
      return [answer, await violation];
    });
    expect(outcome).toEqual(['refused', 'connect-src']);
  });
});

describe('stopping', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  it('stops within 250 ms while encoding, keeps what is done, and goes on', async () => {
    const page = await newPage(site);
    const words = ['river', 'stone', 'window', 'garden', 'letter', 'bridge', 'winter', 'engine'];
    const rows = Array.from({ length: 600 }, (_, i) => {
      const text = Array.from(
        { length: 12 },
        (__, k) => words[(i * 7 + k * k + i * k) % words.length],
      ).join(' ');
      return `f${i},The ${text} number ${i}.,Das ${text} Nummer ${i}.`;
    });
    await page.setInputFiles('input[type=file] >> nth=0', {
      name: 'many.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['id,en,de', ...rows].join('\n')),
    });
    await page.getByRole('button', { name: START }).click();
    await page
      .getByText(/^[1-9][\d,]* of 1,200/)
      .first()
      .waitFor();
    const milliseconds = await page.evaluate(async () => {
      const stop = [...document.querySelectorAll('button')].find(
        (button) => button.textContent === 'Stop',
      )!;
      const started = performance.now();
      stop.click();
      while (!document.body.innerText.includes('Stopped. What was encoded is kept.')) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return performance.now() - started;
    });
    expect(milliseconds).toBeLessThan(250);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByTestId('answer').getByText('Facts explain').waitFor({ timeout: 120_000 });
  });
});
