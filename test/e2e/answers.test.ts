import { strFromU8, unzipSync } from 'fflate';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFiles, newPage, openSite, type Site } from './site.ts';

const LETTERS = 'ABCDE';
const QUESTIONS = 20;
/** How many of the 20 questions each model has right, by folder of the language: the first ones. */
const RIGHT: Record<string, Record<string, number>> = {
  en: { alpha: 15, beta: 18 },
  DE_trans: { alpha: 10, beta: 17 },
  ar_trans: { alpha: 5, beta: 3 },
};

/** CLiKA's tree of one task. Wrong answers choose the option after the right one. */
function clikaTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'isogloss-clika-'));
  const path = (name: string): string => {
    const full = join(root, 'x_csqa', name);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  for (const [language, models] of Object.entries(RIGHT))
    for (const [model, right] of Object.entries(models)) {
      const lines = Array.from({ length: QUESTIONS }, (_, q) =>
        JSON.stringify({
          id: `q${q}`,
          input: `Question: What is ${q} in ${language}?\nA. a${q}\nB. b${q}\nC. c${q}\nD. d${q}\nE. e${q}\nAnswer:`,
          res: q === 19 ? 'I would rather not say' : LETTERS[(q + (q < right ? 0 : 1)) % 5],
          label: LETTERS[q % 5],
          uuid: `${language}-${q}`,
        }),
      );
      writeFileSync(path(`${language}/${model}_res_bf16.jsonl`), `${lines.join('\n')}\n`);
    }
  writeFileSync(
    path('en/alpha_res_visual.jsonl'),
    JSON.stringify({ id: 'q0', input: 'What?', res: 'A', label: 'A', uuid: 'x' }, null, 2),
  );
  return root;
}

const calm = Array.from({ length: 4 }, (_, q) => ({
  instruction: 'Choose the right option.',
  input: `What is ${q}?\nA. a\nB. b\nC. c\nD. d\nE. e`,
  output: LETTERS[q],
  pred: ['Explanation: x\nAnswer: A', 'Explanation: y\nAnswer: (B)', 'Explanation: z\nAnswer: A'],
}));

const FACTS =
  'id,en,de\na,One boat is here.,Ein Boot ist hier.\nb,Two boats are here.,Zwei Boote.\n';

async function cell(page: Page, model: string, language: string, column: string): Promise<string> {
  const table = page.getByRole('table', { name: 'Scores by model and language' });
  await table.waitFor();
  const heads = (await table.locator('thead th').allInnerTexts()).map((head) => head.trim());
  const row = table.getByRole('row').filter({ hasText: model }).filter({ hasText: language });
  const texts = await row.locator('th, td').allInnerTexts();
  return texts[heads.indexOf(column)].replace(/\s+/g, ' ').trim();
}

describe('a drop of answers', () => {
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await page.getByLabel('Choose a folder').setInputFiles(clikaTree());
    await page
      .getByRole('heading', { name: '120 answers of 2 models to 20 questions in 3 languages' })
      .waitFor();
  });
  afterAll(() => site.close());

  it('says what each file holds, and which one is no JSONL', async () => {
    const files = page.getByRole('table', { name: 'Files of answers' });
    const row = files.getByRole('row').filter({ hasText: 'DE_trans/beta_res_bf16.jsonl' });
    expect((await row.innerText()).split('\t').map((text) => text.trim())).toMatchObject({
      1: 'CLiKA answers',
      2: 'x_csqa',
      4: 'beta',
      5: '20',
    });
    const finding = page.getByRole('row').filter({ hasText: 'alpha_res_visual.jsonl' });
    expect(await finding.innerText()).toMatch(/not JSONL/i);
  });

  it('shows accuracies with Wilson intervals, and CO with English', async () => {
    await page.getByRole('tab', { name: 'Scorecard' }).click();
    await page.getByTestId('score-finding').waitFor();
    // statsmodels 0.14, proportion_confint(15, 20, method='wilson').
    expect(await cell(page, 'alpha', 'English', 'Accuracy')).toBe('0.750 0.531 to 0.888');
    expect(await cell(page, 'alpha', 'Arabic', 'Invalid')).toBe('0.050 0.009 to 0.236');
    // (0.85 - 0.2) / (0.746 - 0.2)
    expect(await cell(page, 'beta', 'German', 'RA')).toMatch(/^1\.190 /);
    // (0.15 - 0.2) / (0.746 - 0.2) is below the floor.
    expect(await cell(page, 'beta', 'Arabic', 'RA')).toMatch(/^0\.000⌊/);
    await page.getByRole('tab', { name: 'Consistency' }).click();
    expect(await cell(page, 'alpha', 'German', 'CO with the pivot')).toBe('0.667');
    expect(await cell(page, 'beta', 'Arabic', 'CO with the pivot')).toBe('0.167');
  });

  it('compares two models by exact tests', async () => {
    await page.getByLabel('Model', { exact: true }).selectOption({ label: 'alpha' });
    await page.getByLabel('Other model').selectOption({ label: 'beta' });
    const row = page
      .getByRole('table', { name: 'Difference of two models' })
      .getByRole('row')
      .filter({ hasText: 'German' });
    // scipy 1.15, binomtest(0, 7, 0.5).pvalue = 0.015625; three languages: 0.015625 * 3.
    expect(await row.innerText()).toMatch(/20\t0\t7\t0\.350 \[.*\]\t0\.016\t0\.047/);
  });

  it('opens a question with every answer, and goes back', async () => {
    await page.getByLabel('Kind of questions').selectOption('Right in exactly one language');
    await page
      .getByRole('table', { name: 'Questions' })
      .getByRole('button', { name: 'q12' })
      .click();
    expect(await page.getByTestId('question-finding').innerText()).toBe(
      'Right in 1 of 3 languages. The vote elects D, which is wrong, with 2 of 3 valid answers.',
    );
    expect(page.url()).toContain('question=q12');
    await page.keyboard.press('Escape');
    await page.getByTestId('score-finding').waitFor();
  });

  it('reads as strictly as CLiKA where asked to', async () => {
    await page.getByRole('tab', { name: 'Files and settings' }).click();
    await page.getByLabel('An answer’s option is read by').selectOption('clika-strict');
    // 'I would ...' has no option I: nothing changes.
    await page.getByText('read all 120 answers alike').waitFor();
  });

  it('keeps facts and answers apart, each under its tab, and the address names the side', async () => {
    await dropFiles(page, [
      { name: 'facts.csv', content: FACTS },
      { name: 'x_csqa_en_train_sampled.json', content: JSON.stringify(calm) },
    ]);
    await page.getByRole('heading', { name: '2 facts in 2 languages' }).waitFor();
    await page.getByRole('tab', { name: 'Facts' }).press('ArrowRight');
    await page.getByRole('heading', { name: /^132 answers of 3 models/ }).waitFor();
    expect(page.url()).toContain('side=answers');
  });

  it('votes over samples as CALM does, and keeps excluded pairs out of the training files', async () => {
    await page.getByRole('tab', { name: 'Votes' }).click();
    await page.getByLabel('How a vote is read').selectOption('calm');
    await page.getByLabel('Model', { exact: true }).selectOption({ index: 2 });
    // Each of the four questions has two answers A and one B: A wins, and is right for the first.
    await page.getByText(/^The vote is right on a share 0\.250 \[.*\] of 4 questions/).waitFor();
    await page.getByRole('tab', { name: 'Pairs' }).click();
    await page.getByText(/^4 rows from the votes .* right in 1 of 4\.$/).waitFor();
    await page.getByRole('button', { name: 'Exclude' }).first().click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Training files and audit sheet (zip)' }).click();
    const files = unzipSync(readFileSync(await (await saved).path()));
    const path = Object.keys(files).find((name) => name.endsWith('DPO_en.json'));
    const rows = JSON.parse(strFromU8(files[path ?? ''])) as { rejected: string }[];
    expect(rows.map(({ rejected }) => rejected)).toEqual(
      Array(3).fill('Explanation: y\nAnswer: (B)'),
    );
  });

  it('finds nothing to mend where nothing is trained on, and counts what is covered', async () => {
    await page.getByRole('tab', { name: 'Lint' }).click();
    await page.getByTestId('lint-finding').waitFor();
    await page.getByRole('tab', { name: 'Coverage' }).click();
    expect(await page.getByTestId('coverage-finding').innerText()).toMatch(
      /^These files hold 3 languages: 2 with facts, 3 with answers and 0 with rows of training\./,
    );
    expect(site.problems).toEqual([]);
    expect(site.foreign).toEqual([]);
  });
});
