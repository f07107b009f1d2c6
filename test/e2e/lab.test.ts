import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

async function saved(page: Page, button: string): Promise<Record<string, Uint8Array>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return unzipSync(new Uint8Array(readFileSync(await download.path())));
}

interface AdapterFile {
  format: string;
  heldOut: { id: string; before: number; after: number }[];
}

describe('the lab on the example', () => {
  let site: Site;
  let page: Page;
  let answer: string;
  let kept: Uint8Array;

  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await page.getByRole('button', { name: 'Try the example' }).click();
    await page.getByRole('heading', { name: '66 facts in 24 languages' }).waitFor();
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
    expect(await page.getByTestId('lab-finding').innerText()).toMatch(/T[0-6]|as they/);
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
    const files = await saved(page, 'Save (zip)');
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['adapter.json', 'README.md']));
    kept = files['adapter.json'];
    const { format, heldOut } = JSON.parse(strFromU8(kept)) as AdapterFile;
    expect(format).toBe('isogloss-adapter');
    const row = page
      .getByRole('table', { name: 'Held-out measures' })
      .locator('tr', { hasText: 'Disparity W' });
    const cells = await row.locator('td').allInnerTexts();
    const { before, after } = heldOut.find(({ id }) => id === 'disparity')!;
    expect(cells.slice(0, 2)).toEqual([before.toFixed(3), after.toFixed(3)]);
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
    const files = await saved(page, 'Everything (zip)');
    const manifest = JSON.parse(strFromU8(files['manifest.json'])) as {
      adapter: { method: string; sha256: string };
    };
    expect(manifest.adapter.method).toBe('ridge');
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(kept)));
    expect(manifest.adapter.sha256).toBe(Buffer.from(hash).toString('hex'));
    // What was fitted on the vectors as they were stays.
    await side(page, 'Lab');
    await side(page, 'Plan');
    await page.getByText('The vectors are adapted by').waitFor();
    const recipe = JSON.parse(strFromU8((await saved(page, 'Plan (zip)'))['plan.json'])) as {
      source: typeof manifest;
    };
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

  it('takes a saved adapter back, and refuses a broken one in a sentence', async () => {
    await dropFiles(page, [{ name: 'adapter.json', content: kept }]);
    await page.getByRole('heading', { name: 'Ridge to identity (T3), from file' }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    await dropFiles(page, [
      { name: 'broken.json', content: '{"format":"isogloss-adapter","version":1}' },
    ]);
    await page.getByRole('alert').getByText('broken.json').waitFor();
    expect(site.problems).toEqual([]);
    expect(site.foreign).toEqual([]);
  });
});
