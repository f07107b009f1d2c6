import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toNpy } from '../../src/io/write/to-npy.ts';
import { dropFiles, newPage, openSite, runToEnd, type Site } from './site.ts';

type Row = Record<string, string>;

const rowsOf = (files: Record<string, Uint8Array>, path: string): Row[] =>
  Papa.parse<Row>(strFromU8(files[path]).trim(), { header: true }).data;

async function exportZip(page: Page): Promise<Record<string, Uint8Array>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Everything (zip)' }).click(),
  ]);
  return unzipSync(new Uint8Array(readFileSync(await download.path())));
}

const chooseLens = (page: Page, name: string): Promise<void> =>
  page.getByRole('tab', { name, exact: true }).click();

/** Cells of a table's rows, heads of rows among them. */
async function cellsOf(table: Locator): Promise<string[][]> {
  await table.waitFor();
  return table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...(row as HTMLTableRowElement).cells].map(({ innerText }) =>
          innerText.replace(/\s+/g, ' ').trim(),
        ),
      ),
    );
}

const three = (text: string): string => Number(text).toFixed(3);

describe('the lenses of the example', () => {
  let site: Site;
  let page: Page;
  let files: Record<string, Uint8Array>;
  let languages: Row[];

  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await page.getByRole('button', { name: 'Try the example' }).click();
    await page.getByRole('heading', { name: '66 facts in 24 languages' }).waitFor();
    await runToEnd(page);
    await chooseLens(page, 'Layers');
    const compare = page.getByRole('button', { name: /^Compare the \d+ layers$/ });
    // A comparison that is stopped leaves nothing behind, and can be started again.
    await compare.click();
    await page.locator('.lenses').getByRole('button', { name: 'Stop' }).click();
    await compare.click();
    await page.getByRole('table', { name: 'Variance by layer' }).waitFor({ timeout: 120_000 });
    files = await exportZip(page);
    languages = rowsOf(files, 'languages.csv');
  });
  afterAll(() => site.close());

  it('show by language what languages.csv has, sorted by a click', async () => {
    await chooseLens(page, 'Languages');
    const table = page.getByRole('table', { name: 'Numbers by language' });
    const cells = await cellsOf(table);
    expect(cells.map(([name]) => name.replace(/^‡\s/, ''))).toEqual(
      languages.map(({ name }) => name),
    );
    expect(cells.map(([, precision]) => precision)).toEqual(
      languages.map(
        ({ average_precision: value, average_precision_low: low, average_precision_high: high }) =>
          `${three(value)} ${three(low)} to ${three(high)}`,
      ),
    );
    await table.getByRole('button', { name: 'Token premium' }).click();
    const premiums = (await cellsOf(table)).map((row) => Number(row.at(-1)));
    expect(premiums).toEqual(premiums.toSorted((a, b) => b - a));
  });

  it('show the disparity of the metric that the matrix shows', async () => {
    await page.getByLabel('Languages are ordered by').selectOption('mexa');
    expect(await page.getByLabel('Metric', { exact: true }).inputValue()).toBe('mexa');
    const { disparity } = JSON.parse(strFromU8(files['report.json'])) as {
      disparity: { mexa: Record<string, number> };
    };
    const cells = await cellsOf(page.getByRole('table', { name: /^Disparity of MEXA/ }));
    const { languages: count, best, worst, democratization, worstOverBest, gini } = disparity.mexa;
    expect(cells.slice(0, 6).map(([, value]) => value)).toEqual([
      String(count),
      ...[best, worst, democratization, worstOverBest, gini].map((value) => value.toFixed(3)),
    ]);
  });

  it('say that ratios are not defined, and why, where lower is closer', async () => {
    await page.getByLabel('Languages are ordered by').selectOption('bias');
    const cells = await cellsOf(page.getByRole('table', { name: /^Disparity of Language bias/ }));
    expect(cells[3]).toEqual(['Democratization degree', 'not defined: lower is closer']);
    await page.getByLabel('Languages are ordered by').selectOption('calibrated');
  });

  it('count every language in the picture of structure, and choose one from it', async () => {
    await chooseLens(page, 'Structure');
    const figure = page.locator('.lenses figure');
    await figure.locator('[data-table-toggle]').click();
    const cells = await cellsOf(figure.locator('table'));
    expect(cells.map((row) => [row[1], row[4]])).toEqual(
      languages.map(({ mexa, cka_debiased: cka }) => [three(mexa), three(cka)]),
    );
  });

  it('list the hubs of a language with their texts, as hubs.csv does', async () => {
    await chooseLens(page, 'Hubs');
    await page.getByLabel('Language whose hubs are shown').selectOption('th');
    const hubs = rowsOf(files, 'hubs.csv').filter(({ language }) => language === 'th');
    expect(hubs.length).toBeGreaterThan(0);
    const list = page.getByLabel('Facts of the histogram').locator('li');
    expect(await list.count()).toBe(Math.min(20, hubs.length));
    const first = await list.first().innerText();
    for (const part of [hubs[0].fact, hubs[0].k_occurrence, hubs[0].text])
      expect(first).toContain(part);
    expect(await list.first().locator('[lang=th]').count()).toBe(1);
  });

  it('show what a language costs in tokens', async () => {
    await chooseLens(page, 'Tokens');
    const cells = await cellsOf(page.getByRole('table', { name: 'Tokens by language' }));
    expect(cells.map((row) => row[2])).toEqual(
      languages.map(({ token_premium: premium }) => three(premium)),
    );
    const { pool } = JSON.parse(strFromU8(files['report.json'])) as {
      pool: { correlations: { premium: { rho: number; n: number } } };
    };
    const { rho, n } = pool.correlations.premium;
    await page
      .locator('.lenses svg text', { hasText: `ρ = ${rho.toFixed(2)}` })
      .filter({ hasText: `n = ${n} languages` })
      .waitFor();
  });

  it('show layers that were compared, and export them', async () => {
    await chooseLens(page, 'Layers');
    const exported = JSON.parse(strFromU8(files['layers.json'])) as {
      layers: { variance: { fact: number } }[];
      mexa: { languages: Record<string, { max: number; mean: number }> };
    };
    const shares = await cellsOf(page.getByRole('table', { name: 'Variance by layer' }));
    expect(shares.map(([, facts]) => facts.split(' ')[0])).toEqual(
      exported.layers.map(({ variance }) => (100 * variance.fact).toFixed(1)),
    );
    const pooled = await cellsOf(page.getByRole('table', { name: 'MEXA pooled over layers' }));
    expect(pooled.map(([, max, , mean]) => [max, mean])).toEqual(
      Object.values(exported.mexa.languages).map(({ max, mean }) => [
        max.toFixed(3),
        mean.toFixed(3),
      ]),
    );
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['layers.npy', 'layers.csv']));
    // The last layer is what the run compared.
    const last = rowsOf(files, 'layers.csv').filter(
      ({ layer, metric }) => layer === `layer ${exported.layers.length - 1}` && metric === 'mexa',
    );
    const pairs = rowsOf(files, 'pairs.csv');
    expect(last.map(({ value }) => value)).toEqual(pairs.map(({ mexa }) => mexa));
  });

  it('keep the lens in the address, and report no error', () => {
    expect(new URL(page.url()).hash).toContain('lens=layers');
    expect(site.problems).toEqual([]);
  });
});

describe('the lenses of vectors that were given', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  it('say why there are no tokens and no layers, warn of few facts, and draw a probe', async () => {
    const page = await newPage(site);
    await dropFiles(page, [
      { name: 'facts.csv', content: 'id,en,de\nq1,A boat.,Ein Boot.\nq2,A hill.,Ein Berg.\n' },
      { name: 'mine.npy', content: toNpy(Float32Array.of(1, 0, 0, 1, 3, 4, 0, 5), [4, 2]) },
      { name: 'elsewhere.json', content: '{"layer_0":{"en_fr":0.5},"layer_1":{"en_fr":0.25}}' },
    ]);
    await page.getByRole('button', { name: 'Compare, project' }).click();
    await page.getByRole('note').getByText('fewer than 20 facts').waitFor();
    await chooseLens(page, 'Tokens');
    await page.getByText('The vectors were given, not made here').waitFor();
    await chooseLens(page, 'Layers');
    await page.getByText('gives one vector for each text').waitFor();
    await page
      .getByRole('heading', {
        name: 'Language bias B: languages meet most in layer 1 (mean 0.250)',
      })
      .waitFor();
    expect(site.problems).toEqual([]);
  });
});
