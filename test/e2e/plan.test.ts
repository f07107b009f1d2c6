import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLAN_LIMIT } from '../../src/core/plan.ts';
import { newPage, openSite, runToEnd, type Site } from './site.ts';

const finding = (page: Page): Promise<string> => page.getByTestId('plan-finding').innerText();

async function fill(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel(label, { exact: true }).blur();
}

/** Items of the table's last row: the sum. */
const sum = (page: Page) =>
  page.getByRole('table', { name: 'Allocation' }).locator('tfoot td').nth(1);

interface Recipe {
  settings: { budget: number; select: number | null };
  totals: Record<string, number>;
  allocation: { language: string; items: number }[];
  instructionPairs: number;
}

describe('a plan of the example', () => {
  let site: Site;
  let page: Page;

  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await page.getByRole('button', { name: 'Try the example' }).click();
    await page.getByRole('heading', { name: '66 facts in 24 languages' }).waitFor();
    await runToEnd(page);
    await page.getByRole('tab', { name: 'Lab', exact: true }).click();
    await page.getByRole('tab', { name: 'Plan', exact: true }).click();
    await page.getByTestId('plan-finding').waitFor();
  });
  afterAll(() => site.close());

  it('begins at the elbow, says what it rests on, and spends the whole budget', async () => {
    await page.getByText(PLAN_LIMIT).waitFor();
    expect(await page.getByText('FaMSS-inspired.').count()).toBe(1);
    expect(await finding(page)).toContain('of 23 candidates, the elbow of the curve)');
    expect(await sum(page).innerText()).toBe('50,022');
  });

  it('follows budget, number of languages and bounds', async () => {
    await fill(page, 'Items', '1000');
    await page.getByLabel('Languages that get data').fill('5');
    await page.getByText('(5 of 23 candidates').waitFor();
    await expect.poll(() => sum(page).innerText()).toBe('1,000');
    await page.getByText('Bounds: what a language must, may and can get').click();
    const rows = page.getByRole('table', { name: 'Allocation' }).locator('tbody tr');
    const first = await rows.first().locator('th').innerText();
    await fill(page, `At most, ${first}`, '7');
    await page.getByText('held at its most').waitFor();
    expect(await rows.first().innerText()).toMatch(/\t7\s/);
    expect(await sum(page).innerText()).toBe('1,000');
  });

  it('refuses what cannot be, in a sentence, and goes on with what was', async () => {
    await fill(page, 'Items', '-5');
    await page.getByText('Items is a whole number at least 0').waitFor();
    expect(await sum(page).innerText()).toBe('1,000');
    const row = page.getByRole('table', { name: 'Allocation' }).locator('tbody tr').nth(1);
    const second = await row.locator('th').innerText();
    await fill(page, `At least, ${second}`, '5000');
    await page.getByText('sum to 5,000 items, but 903 are there').waitFor();
    await fill(page, `At least, ${second}`, '');
    await page.getByTestId('plan-finding').waitFor();
  });

  it('keeps its settings while other tabs are read', async () => {
    await page.getByRole('tab', { name: 'Adapters', exact: true }).click();
    await page.getByRole('tab', { name: 'Plan', exact: true }).click();
    await page.getByText('(5 of 23 candidates').waitFor();
    expect(await page.getByLabel('Items', { exact: true }).inputValue()).toBe('1000');
  });

  it('saves recipe, tables and instructions that say what the page says', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Plan (zip)' }).click(),
    ]);
    const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
    expect(Object.keys(files).sort()).toEqual([
      'plan.csv',
      'plan.facts.csv',
      'plan.json',
      'plan.jsonl',
    ]);
    const recipe = JSON.parse(strFromU8(files['plan.json'])) as Recipe;
    expect(recipe.settings).toMatchObject({ budget: 1000, select: 5 });
    expect(Object.values(recipe.totals).reduce((all, own) => all + own, 0)).toBe(1000);
    const rows = page.getByRole('table', { name: 'Allocation' }).locator('tbody tr');
    const shown = await rows.locator('td:nth-child(7)').allInnerTexts();
    expect(shown.slice(0, 5).map((text) => parseInt(text))).toEqual(
      recipe.allocation.map(({ items }) => items),
    );
    const lines = strFromU8(files['plan.jsonl']).trim().split('\n');
    expect(lines).toHaveLength(recipe.instructionPairs);
  });

  it('lists the facts to check of the language that is chosen', async () => {
    const facts = page.getByRole('table', { name: 'Facts to translate or to check' });
    const list = page.getByLabel('Language of the facts');
    await list.selectOption({ index: 2 });
    const name = await list.locator('option').nth(2).innerText();
    expect(await facts.locator('thead th').last().innerText()).toBe(name);
    await facts.getByText('to check').first().waitFor();
  });

  it('asks nothing of another place, and nothing fails', () => {
    expect([site.foreign, site.problems]).toEqual([[], []]);
  });
});
