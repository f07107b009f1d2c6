import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { toCsv } from '../../src/io/write/to-csv.ts';
import { dropFiles, newPage, openSite, runToEnd, type Site } from './site.ts';

const side = (page: Page, name: string): Promise<void> =>
  page.getByRole('tab', { name, exact: true }).click();

const ladder = (page: Page): Locator =>
  page.getByRole('table', { name: 'Adapters, simplest first' });

/** Fits one method, and gives the sentence that judges it. */
async function fit(page: Page, id: string): Promise<string> {
  await page.getByRole('button', { name: `Fit ${id}`, exact: true }).click();
  await page
    .getByRole('heading', { name: new RegExp(`\\(${id}\\)$`) })
    .waitFor({ timeout: 60_000 });
  await page
    .getByRole('button', { name: 'Fit all in order' })
    .and(page.locator(':enabled'))
    .waitFor();
  return page.getByTestId('verdict').innerText();
}

async function saved(page: Page, button: string): Promise<Uint8Array> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return new Uint8Array(readFileSync(await download.path()));
}

const asJson = (bytes: Uint8Array): unknown => JSON.parse(strFromU8(bytes));

interface AdapterFile {
  format: string;
  languages: { tag: string }[];
  heldOut: { id: string; before: number; after: number }[];
}

const COLUMNS = ['id', 'topic', 'en', 'de', 'fr', 'ru', 'hi', 'sw'];

/** The example in few languages, so that the numbers of a fit are there in seconds. */
function someLanguages(): { name: string; content: string } {
  const { rows } = parseDelimited(readFileSync('public/example/facts.csv', 'utf8'));
  const places = COLUMNS.map((name) => rows[0].indexOf(name));
  return { name: 'facts.csv', content: toCsv(rows.map((row) => places.map((c) => row[c]))) };
}

describe('the lab on six languages of the example', () => {
  let site: Site;
  let page: Page;
  let answer: string;
  let kept: Uint8Array;
  let zip: Uint8Array;

  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await dropFiles(page, [someLanguages()]);
    await page.getByRole('heading', { name: '66 facts in 6 languages' }).waitFor();
    await side(page, 'Lab');
    await page.getByText('The lab works on the vectors of a run').waitFor();
    await side(page, 'Facts');
    await runToEnd(page);
    answer = await page.getByTestId('answer').innerText();
    await side(page, 'Lab');
  });
  afterAll(() => site.close());

  it('judges centering and ridge on facts that they never saw, and recommends one', async () => {
    expect(await fit(page, 'T0')).toMatch(/W|MEXA/);
    await page.getByText('Settings', { exact: true }).click();
    await page.getByLabel('T3: strength a').fill('0.3');
    await page.getByLabel('T3: strength a').blur();
    expect(await fit(page, 'T3')).toMatch(/W|MEXA/);
    await ladder(page).getByText('a = 0.3, given').waitFor();
    await ladder(page).getByText('recommended').waitFor();
    const finding = await page.getByTestId('lab-finding').innerText();
    expect(finding).toMatch(/held-out facts: \w|^Nothing helps/);
    // Training scores never stand without held-out ones beside them.
    const heads = await page
      .getByRole('table', { name: 'Held-out measures' })
      .locator('thead')
      .innerText();
    expect(heads.indexOf('Held out')).toBeLessThan(heads.indexOf('Facts fitted on'));
  });

  it('refuses a bad value beside its field', async () => {
    const steps = page.getByLabel('Most steps');
    await steps.fill('0');
    await steps.blur();
    await page.getByText('Most steps is a whole number at least 1').waitFor();
    await steps.fill('40');
    await steps.blur();
    expect(await page.getByText('Most steps is a whole number').count()).toBe(0);
  });

  it('learns a shared map in few steps, and draws its losses', async () => {
    await fit(page, 'T5');
    const figure = page.locator('figure', { hasText: 'validation loss is smallest' });
    await figure.locator('[data-table-toggle]').click();
    const rows = figure.locator('tbody tr');
    expect(await rows.first().locator('th').innerText()).toBe('0');
    expect(await rows.last().locator('th').innerText()).toBe('40');
  });

  it('saves adapter, card and numbers, which say what the page says', async () => {
    await ladder(page).getByRole('button', { name: 'Ridge to identity (T3)' }).click();
    zip = await saved(page, 'Save (zip)');
    const files = unzipSync(zip);
    expect(Object.keys(files).sort()).toEqual([
      'README.md',
      'adapter.json',
      'lab.json',
      'measures.csv',
    ]);
    kept = files['adapter.json'];
    const { format, heldOut } = asJson(kept) as AdapterFile;
    expect(format).toBe('isogloss-adapter');
    const row = page
      .getByRole('table', { name: 'Held-out measures' })
      .locator('tr', { hasText: 'Disparity W' });
    const cells = await row.locator('td').allInnerTexts();
    const { before, after } = heldOut.find(({ id }) => id === 'disparity')!;
    expect(cells.slice(0, 2)).toEqual([before.toFixed(3), after.toFixed(3)]);
    const { metrics } = asJson(files['lab.json']) as {
      metrics: Record<string, { after: { value: number } }>;
    };
    const strong = page.getByTestId('run-change').locator('tr', { hasText: 'Strong alignment' });
    expect(await strong.first().locator('td').nth(1).innerText()).toBe(
      metrics.strong.after.value.toFixed(3),
    );
  });

  it('runs again with the adapter, says so, and goes back to the same numbers', async () => {
    await page.getByRole('button', { name: 'Analyze with this adapter' }).click();
    await page
      .getByText(/trustworthiness \d/)
      .first()
      .waitFor({ timeout: 60_000 });
    await page.getByText('The vectors are adapted by').first().waitFor();
    expect(await page.getByTestId('device').innerText()).toContain('adapted by T3');
    expect(await page.getByTestId('answer').innerText()).not.toBe(answer);
    const files = unzipSync(await saved(page, 'Everything (zip)'));
    const manifest = asJson(files['manifest.json']) as {
      adapter: { method: string; sha256: string };
    };
    expect(manifest.adapter.method).toBe('ridge');
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(kept)));
    expect(manifest.adapter.sha256).toBe(Buffer.from(hash).toString('hex'));
    // What was fitted on the vectors as they were stays.
    await side(page, 'Lab');
    await side(page, 'Plan');
    await page.getByText('The vectors are adapted by').waitFor();
    const plan = unzipSync(await saved(page, 'Plan (zip)'));
    const recipe = asJson(plan['plan.json']) as { source: typeof manifest };
    expect(recipe.source.adapter).toEqual(manifest.adapter);
    await side(page, 'Adapters');
    expect(await ladder(page).getByRole('button', { name: 'Fit again' }).count()).toBe(0);
    expect(await ladder(page).getByText('Fit again').count()).toBe(3);
    await side(page, 'Facts');
    await page.getByRole('button', { name: 'Back to the vectors as they were' }).click();
    await page
      .getByText(/trustworthiness \d/)
      .first()
      .waitFor({ timeout: 60_000 });
    expect(await page.getByTestId('answer').innerText()).toBe(answer);
  });

  it('plans data from the run, and saves what it shows', async () => {
    await side(page, 'Lab');
    await page.getByRole('tab', { name: 'Plan', exact: true }).click();
    await page.getByTestId('plan-finding').waitFor();
    const files = unzipSync(await saved(page, 'Plan (zip)'));
    const { allocation, totals, settings } = asJson(files['plan.json']) as {
      allocation: { items: number }[];
      totals: { fact: number; common: number; anchor: number };
      settings: { budget: number };
    };
    expect(totals.fact + totals.common + totals.anchor).toBe(settings.budget);
    const shown = await page.getByRole('table', { name: 'Allocation', exact: true }).innerText();
    for (const { items } of allocation) expect(shown).toContain(items.toLocaleString('en'));
  });

  it('takes back what it saved, and nothing of it for facts', async () => {
    await dropFiles(page, [{ name: 'T3.zip', content: zip }]);
    await page.getByRole('heading', { name: 'Ridge to identity (T3), from file' }).waitFor();
    await page.getByText('T3.zip/adapter.json').waitFor();
    await side(page, 'Facts');
    expect(await page.getByTestId('answer').innerText()).toBe(answer);
  });

  it('refuses adapters that are broken or lack a language in a sentence, and keeps the results', async () => {
    const adapter = asJson(kept) as AdapterFile;
    const languages = adapter.languages.filter(({ tag }) => tag !== 'sw');
    const fewer = JSON.stringify({ ...adapter, languages });
    await dropFiles(page, [{ name: 'fewer.json', content: fewer }]);
    const section = page.getByRole('region', { name: 'Adapter from a file' });
    await section.getByText('fewer.json').waitFor();
    await section.getByRole('button', { name: 'Analyze with this adapter' }).click();
    await page.getByRole('alert').getByText('no map for sw').waitFor();
    await dropFiles(page, [
      { name: 'broken.json', content: '{"format":"isogloss-adapter","version":1}' },
    ]);
    await page.getByRole('alert').getByText('broken.json').waitFor();
    await side(page, 'Facts');
    expect(await page.getByTestId('answer').innerText()).toBe(answer);
    expect(site.problems).toEqual([]);
    expect(site.foreign).toEqual([]);
  });
});
