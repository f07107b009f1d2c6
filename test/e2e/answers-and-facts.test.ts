import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPage, openSite, runToEnd, type Site } from './site.ts';

const QUESTIONS = 40;
/** How many of the questions each model has right, by language: the first ones. */
const RIGHT: Record<string, Record<string, number>> = {
  en: { alpha: 36, beta: 30 },
  de: { alpha: 34, beta: 30 },
  fr: { alpha: 30, beta: 30 },
  ru: { alpha: 26, beta: 30 },
  ar: { alpha: 20, beta: 30 },
  zh: { alpha: 22, beta: 30 },
  am: { alpha: 6, beta: 30 },
};
const PIVOT = 36;

/** CLiKA's tree of one task, whose questions are sentences of the example. */
function clikaTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'isogloss-join-'));
  const [header, ...rows] = Papa.parse<string[]>(
    readFileSync('public/example/facts.csv', 'utf8').trim(),
  ).data;
  for (const [language, models] of Object.entries(RIGHT))
    for (const [model, right] of Object.entries(models)) {
      const folder = language === 'en' ? 'en' : `${language.toUpperCase()}_trans`;
      const path = join(root, 'x_csqa', folder, `${model}_res_bf16.jsonl`);
      mkdirSync(dirname(path), { recursive: true });
      const column = header.indexOf(language);
      const lines = rows.slice(0, QUESTIONS).map((fact, q) =>
        JSON.stringify({
          id: fact[0],
          input: `Question: ${fact[column]}\nA. 1\nB. 2\nC. 3\nAnswer:`,
          res: 'ABC'[(q + (q < right ? 0 : 1)) % 3],
          label: 'ABC'[q % 3],
          uuid: `${language}-${q}`,
        }),
      );
      writeFileSync(path, `${lines.join('\n')}\n`);
    }
  return root;
}

interface Point {
  language: string;
  alignment: number;
  co: number;
}

/** The rows of the scatter's table. */
async function pointsOf(page: Page): Promise<Point[]> {
  const figure = page.locator('figure').filter({ hasText: 'Alignment of the questions and' });
  const rows = await figure.getByRole('table').locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) => {
      const [language, alignment, co] = (await row.locator('th, td').allInnerTexts()).map((text) =>
        text.trim(),
      );
      return { language, alignment: Number(alignment), co: Number(co) };
    }),
  );
}

/** Ranks from 1 on, equal values sharing the mean of theirs. */
function ranks(values: number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

function pearson(x: number[], y: number[]): number {
  const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0);
  return (
    sum((i) => (x[i] - mx) * (y[i] - my)) /
    Math.sqrt(sum((i) => (x[i] - mx) ** 2) * sum((i) => (y[i] - my) ** 2))
  );
}

function orders<T>(values: T[]): T[][] {
  return values.length < 2
    ? [values]
    : values.flatMap((value, i) => orders(values.toSpliced(i, 1)).map((rest) => [value, ...rest]));
}

/** Spearman's coefficient, and the share of all orders that correlate at least as strongly. */
function spearman(x: number[], y: number[]): { rho: number; p: number } {
  const [a, b] = [ranks(x), ranks(y)];
  const rho = pearson(a, b);
  const all = orders(b);
  const strong = all.filter((order) => Math.abs(pearson(a, order)) >= Math.abs(rho) - 1e-9);
  return { rho, p: strong.length / all.length };
}

describe('questions of answers that are opened as facts', () => {
  let site: Site;
  let page: Page;
  let points: Point[];
  let caption: string;
  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await page.getByLabel('Choose a folder').setInputFiles(clikaTree());
    await page.getByRole('tab', { name: 'Scorecard' }).click();
    await page.getByTestId('score-finding').waitFor();
    await page.getByLabel('Model', { exact: true }).selectOption({ label: 'alpha' });
    await page.getByRole('button', { name: 'Open the questions as facts' }).click();
    await page.getByRole('heading', { name: '40 facts in 7 languages' }).waitFor();
    await runToEnd(page);
    await page.getByRole('tab', { name: 'Answers' }).click();
    caption = (await page.getByText('Spearman’s ρ').first().textContent()) ?? '';
  }, 180_000);
  afterAll(() => site.close());

  it('stand by language against the consistency of the answers', async () => {
    await page
      .locator('figure')
      .filter({ hasText: 'Alignment of the questions and' })
      .getByRole('button', { name: 'Table' })
      .click();
    points = await pointsOf(page);
    const shown = Object.fromEntries(points.map(({ language, co }) => [language, co]));
    const names = { de: 'German', fr: 'French', ru: 'Russian', ar: 'Arabic', zh: 'Chinese' };
    for (const [tag, name] of Object.entries(names))
      expect(shown[name]).toBeCloseTo(RIGHT[tag].alpha / PIVOT, 3);
    expect(points).toHaveLength(6);
    for (const { alignment } of points) expect(alignment).toBeGreaterThanOrEqual(0);
  });

  it('are correlated as the points say, with the share of all orders as strong', async () => {
    const { rho, p } = spearman(
      points.map((point) => point.alignment),
      points.map((point) => point.co),
    );
    const said = `Spearman’s ρ = ${rho.toFixed(2).replace('-', '−')}, permutation test p = ${p.toFixed(3)}, n = 6 languages`;
    expect(caption).toBe(said);
  });

  it('are saved with the scorecard as they are shown, beside the difference of models', async () => {
    await page.getByLabel('Other model').selectOption({ label: 'beta' });
    await page.getByRole('table', { name: 'Difference of two models' }).waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Everything as a zip' }).click();
    const files = unzipSync(readFileSync(await (await saved).path()));
    const csv = (name: string): Record<string, string>[] =>
      Papa.parse<Record<string, string>>(strFromU8(files[name]).trim(), { header: true }).data;
    expect(csv('score/mcnemar.csv')).toHaveLength(7);
    const joined = csv('score/alignment.csv').filter(
      ({ model, consistency, alignment }) =>
        model === 'alpha' && consistency === 'co' && alignment === 'mexa',
    );
    const shown = points.map((point) => point.alignment.toFixed(3));
    expect(joined.map((row) => Number(row.alignment_value).toFixed(3)).sort()).toEqual(
      shown.sort(),
    );
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['vote/votes.csv', 'lint/lint.json', 'coverage/coverage.csv']),
    );
    const manifest = JSON.parse(strFromU8(files['manifest.json'])) as {
      settings: { pivot: string; parser: string };
      files: { sha256: string }[];
    };
    expect(manifest.settings).toMatchObject({ pivot: 'en', parser: 'clika-strict' });
    expect(manifest.files).toHaveLength(14);
    for (const { sha256 } of manifest.files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(site.problems).toEqual([]);
    expect(site.foreign).toEqual([]);
  });
});
