import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { newPage, openSite, runToEnd, type Site } from './site.ts';

let site: Site;
let page: Page;
let files: Record<string, Uint8Array>;

async function saved(button: string): Promise<Uint8Array> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return new Uint8Array(readFileSync(await download.path()));
}

/** A file of the export, its rows by their header. */
function table(path: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(strFromU8(files[path]).trim(), { header: true }).data;
}

function goTo(hash: string): Promise<void> {
  return page.evaluate((wanted) => void (location.hash = wanted), hash);
}

beforeAll(async () => {
  site = await openSite();
  page = await newPage(site);
  await page.getByRole('button', { name: 'Try the example' }).click();
  await page.getByRole('heading', { name: '66 facts in 24 languages' }).waitFor();
  await runToEnd(page);
  files = unzipSync(await saved('Everything (zip)'));
});
afterAll(() => site.close());

describe('the page of a fact', () => {
  it('opens from the sheet, has the focus on its heading, and gives it back', async () => {
    await goTo('fact=nile-mouth');
    await goTo('reference=en&fact=nile-mouth&page=fact');
    const heading = page.getByRole('heading', { name: 'Fact nile-mouth', exact: true });
    await heading.waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H2');
    await page.keyboard.press('Escape');
    const open = page.getByRole('button', { name: 'Open the whole page' });
    await open.waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('[data-whole-page=fact]'));
    await page.keyboard.press('Enter');
    await heading.waitFor();
  });

  it('has the drift of every language as the export has it', async () => {
    await page.locator('[data-drift=en]').getByText('reference').waitFor();
    const row = table('facts.csv').find(({ fact }) => fact === 'nile-mouth')!;
    const shown = await page
      .locator('[data-drift]')
      .evaluateAll((cells) =>
        cells.map((cell) => [(cell as HTMLElement).dataset.drift, cell.textContent]),
      );
    expect(shown).toHaveLength(24);
    for (const [tag, text] of shown) {
      const drift = row[`drift:${tag}`];
      expect(text, tag ?? '').toBe(drift === '' ? 'reference' : Number(drift).toFixed(3));
    }
  });

  it('has the nearest facts that the vectors of the export give', async () => {
    const rows = table('rows.csv');
    const vectors = new Float32Array(
      files['embeddings.npy'].slice(files['embeddings.npy'].length - rows.length * 256 * 4).buffer,
    );
    const cosine = (a: number, b: number): number => {
      let sum = 0;
      for (let k = 0; k < 256; k++) sum += vectors[a * 256 + k] * vectors[b * 256 + k];
      return sum;
    };
    const query = rows.findIndex(
      ({ fact, language }) => fact === 'nile-mouth' && language === 'en',
    );
    const expected = rows
      .flatMap(({ fact, language }, r) =>
        language === 'th' ? [{ fact, cosine: cosine(query, r) }] : [],
      )
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, 3)
      .map((one) => `${one.fact} ${one.cosine.toFixed(3)}`);
    const items = page.locator('[data-nearest=th] li .head');
    await items.first().waitFor();
    const shown = await items.evaluateAll((heads) =>
      heads.map(
        (head) =>
          `${head.querySelector('button')?.textContent} ${head.querySelector('.value')?.textContent}`,
      ),
    );
    expect(shown).toEqual(expected);
  });
});

describe('the page of a language', () => {
  it('has its numbers as the export has them', async () => {
    await goTo('reference=en&language=th&page=language&metric=p_at_1');
    await page.getByRole('heading', { name: 'Thai', exact: true }).waitFor();
    const drift = table('drift.csv').find(({ tag }) => tag === 'th')!;
    const sentence = page.getByTestId('language-drift');
    await sentence.getByText('from English').waitFor();
    expect(await sentence.textContent()).toContain(
      `Thai drifts ${Number(drift.mean).toFixed(3)} from English`,
    );
    const own = table('languages.csv').find(({ tag }) => tag === 'th')!;
    const numbers = await page.locator('article table').first().innerText();
    for (const column of ['average_precision', 'same_language_share', 'occurrence_skewness'])
      expect(numbers).toContain(Number(own[column]).toFixed(3));
    const hub = table('hubs.csv').find(({ language }) => language === 'th')!;
    const hubs = page.getByRole('region', { name: 'Hubs' });
    expect(await hubs.innerText()).toContain(
      `${Number(hub.k_occurrence).toLocaleString('en')} times`,
    );
    expect(await hubs.innerText()).toContain(hub.fact);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Hubs' }).waitFor();
  });
});

describe('the reports', () => {
  it('of the page and of the shell say the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'isogloss-report-'));
    execFileSync(
      process.execPath,
      ['src/cli/isogloss.mjs', 'analyze', 'public/example/facts.csv', '--out', folder],
      { stdio: 'ignore' },
    );
    const [own, shell] = [
      strFromU8(files['report.html']),
      readFileSync(join(folder, 'report.html'), 'utf8'),
    ];
    const words = (html: string): Promise<string[]> =>
      page.evaluate((markup) => {
        const { body } = new DOMParser().parseFromString(markup, 'text/html');
        for (const other of body.querySelectorAll('svg, pre')) other.remove();
        return (body.textContent ?? '').split(/\s+/);
      }, html);
    const [here, there] = [await words(own), await words(shell)];
    // Devices are named, and the last digit may fall the other way.
    expect(Math.abs(here.length - there.length)).toBeLessThan(60);
    const shared = new Set(there);
    const different = here.filter((word) => !shared.has(word));
    expect(different.length / here.length).toBeLessThan(0.01);
    const marks = (html: string): number =>
      html.match(/data-(value|interval|point|mean|share)/g)!.length;
    expect(marks(own)).toBe(marks(shell));
  });

  it('open from a disk without a request, light and dark, and fit a narrow screen', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'isogloss-report-')), 'report.html');
    writeFileSync(path, files['report.html']);
    const report = await site.context.newPage();
    const requests: string[] = [];
    report.on('request', (request) => requests.push(request.url()));
    await report.goto(`file://${path}`);
    await report.getByRole('heading', { name: /^How far apart are these 24 languages/ }).waitFor();
    expect(requests).toEqual([`file://${path}`]);
    const font = (of: Page): Promise<string> =>
      of.evaluate(() => getComputedStyle(document.querySelector('p')!).fontFamily);
    expect(await font(report)).toBe(await font(page));
    const ink = (): Promise<string> => report.evaluate(() => getComputedStyle(document.body).color);
    await report.emulateMedia({ colorScheme: 'light' });
    const light = await ink();
    await report.emulateMedia({ colorScheme: 'dark' });
    expect(await ink()).not.toBe(light);
    await report.setViewportSize({ width: 390, height: 800 });
    const width = await report.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await report.close();
    expect(site.problems).toEqual([]);
    expect(site.foreign).toEqual([]);
  });

  it('are saved alone as they are in the archive', async () => {
    expect(strFromU8(await saved('Report (Markdown)'))).toBe(strFromU8(files['report.md']));
  });
});
