import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { dropFiles, newPage, openSite, runToEnd, type Site } from './site.ts';

const FACTS = [
  'id,en,de,sw',
  'a,The boat lies in the harbour.,Das Boot liegt im Hafen.,Mashua iko bandarini.',
  'b,Bread is baked in an oven.,Brot wird im Ofen gebacken.,Mkate huokwa kwenye tanuri.',
  'c,Bees make honey.,Bienen machen Honig.,Nyuki hutengeneza asali.',
  'd,The school opens at eight.,Die Schule öffnet um acht.,Shule hufunguliwa saa mbili.',
].join('\n');

const KEPT = /kept by an earlier run with the same model files, settings and device/;

async function notices(page: Page): Promise<string[]> {
  const manifest = page.getByTestId('manifest');
  await manifest.waitFor({ state: 'attached' });
  return (JSON.parse((await manifest.textContent()) ?? '') as { notices: string[] }).notices;
}

async function answer(page: Page): Promise<string | null> {
  return page.getByTestId('answer').textContent();
}

describe('vectors between visits', () => {
  let site: Site;
  let page: Page;
  let first: string | null;
  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
    await runToEnd(page);
    first = await answer(page);
  });
  afterAll(() => site.close());

  it('were made by the first visit', async () => {
    expect(await notices(page)).not.toContainEqual(expect.stringMatching(KEPT));
    expect(first).not.toBeNull();
  });

  it('are taken by the next, which encodes nothing, says so and answers the same', async () => {
    await page.reload();
    await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
    await page.getByText('kept in this browser for later visits').waitFor();
    await runToEnd(page);
    expect(await notices(page)).toContainEqual(
      'The vectors of 12 of 12 texts were kept by an earlier run with the same model files, settings and device; they were not encoded again.',
    );
    expect(await answer(page)).toBe(first);
  });

  it('are gone for the next when they are cleared', async () => {
    await page.getByRole('button', { name: 'Files and settings' }).click();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('kept in this browser for later visits').waitFor({ state: 'detached' });
    await page.reload();
    await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
    await runToEnd(page);
    expect(await notices(page)).not.toContainEqual(expect.stringMatching(KEPT));
    expect(site.problems).toEqual([]);
  });
});
