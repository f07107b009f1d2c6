import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { dropFiles, newPage, openSite, runToEnd, type Site } from './site.ts';

const FACTS = [
  'id,en,de,sw',
  'a,The boat lies in the harbour.,Das Boot liegt im Hafen.,Mashua iko bandarini.',
  'b,Bread is baked in an oven.,Brot wird im Ofen gebacken.,Mkate huokwa kwenye tanuri.',
  'c,Bees make honey.,Bienen machen Honig.,Nyuki hutengeneza asali.',
].join('\n');

async function runOf(site: Site): Promise<Page> {
  const page = await newPage(site);
  await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
  await runToEnd(page);
  return page;
}

const chooseCompare = (page: Page): Promise<void> =>
  page.getByRole('tab', { name: 'Compare', exact: true }).click();

describe('what a run leaves', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  it('has the pivot that tokens were counted against, whatever is chosen for the next', async () => {
    const page = await runOf(site);
    await page.getByRole('button', { name: 'Files and settings' }).click();
    await page.getByText('Results of the last run are kept').waitFor();
    await page.getByLabel('Pivot language').selectOption('de');
    await page.getByRole('button', { name: 'Results' }).click();
    const manifest = page.getByTestId('manifest');
    await manifest.waitFor({ state: 'attached' });
    expect(JSON.parse((await manifest.textContent()) ?? '')).toMatchObject({ pivot: 'en' });
    await page.getByRole('columnheader', { name: 'Text in English' }).waitFor();
  });

  it('is kept for another run, and forgotten when starting over', async () => {
    const page = await runOf(site);
    const kept = page.getByRole('option', { name: 'the kept run' });
    await chooseCompare(page);
    await page.getByRole('button', { name: 'Keep this run' }).click();
    await page.getByRole('button', { name: 'Files and settings' }).click();
    await runToEnd(page);
    expect(await kept.count()).toBe(1);
    await page.getByRole('button', { name: 'Start over' }).click();
    await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
    await runToEnd(page);
    expect(await kept.count()).toBe(0);
    await page.getByText('To compare encoders').waitFor();
  });
});
