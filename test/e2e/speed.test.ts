import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { dropFiles, newPage, openSite, type Site } from './site.ts';

const FACTS = [
  'id,en,de',
  'a,The boat lies in the harbour.,Das Boot liegt im Hafen.',
  'b,The mountain is covered with snow.,Der Berg ist mit Schnee bedeckt.',
  'c,Bread is baked in an oven.,Brot wird im Ofen gebacken.',
  'd,Bees make honey.,Bienen machen Honig.',
].join('\n');

/** Speeds of the table under a heading, each in a column of its own. */
function cellsOf(page: Page, heading: RegExp): Promise<string[]> {
  const section = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: heading }) });
  return section.locator('td.number').allTextContents();
}

describe('how fast this machine is', { timeout: 300_000 }, () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite({ gpu: true });
  });
  afterAll(() => site.close());

  it('measures both devices for the loaded texts, names the software one, and offers the faster', async () => {
    const page = await newPage(site);
    await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
    await page.getByRole('button', { name: /Which device is faster/ }).click();
    await page.getByText(/adapter of this browser is software/).waitFor();
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    const verdict = page.getByTestId('verdict');
    await verdict.waitFor({ timeout: 240_000 });
    expect(await verdict.textContent()).toMatch(
      /^For these texts CPU \(WebAssembly, \d threads?\) is [\d.,]+ times as fast as WebGPU, SwiftShader \(software: a CPU\) \(over 5 rounds: [\d.,]+ to [\d.,]+\)\.$/,
    );
    for (const heading of [/Encoding/, /Comparing/, /Laying out/]) {
      const cells = await cellsOf(page, heading);
      expect(cells.length % 3).toBe(0);
      expect(cells.join(' ')).not.toMatch(/–|NaN/);
    }
    await page.getByRole('button', { name: 'Choose: CPU (WebAssembly)' }).click();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await page.getByRole('heading', { name: '4 facts in 2 languages' }).waitFor();
    expect(await page.getByLabel('Device').inputValue()).toBe('wasm');
    expect(site.problems).toEqual([]);
    expect(site.foreign).toEqual([]);
  });

  it('measures the example where nothing is loaded, and stops at once when told to', async () => {
    const page = await newPage(site);
    await page.getByRole('button', { name: 'How fast is this machine?' }).click();
    await page.getByText('a sample of the example’s texts').waitFor();
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    await page
      .getByText(/gets ready|round/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: /^Measure/ }).waitFor({ timeout: 1000 });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Try the example' }).waitFor();
    expect(site.problems).toEqual([]);
  });
});
