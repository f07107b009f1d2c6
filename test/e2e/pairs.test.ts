import { strFromU8, unzipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARKER_PROFILES } from '../../src/core/marker-profiles.ts';
import { dropFiles, newPage, openSite, type Site } from './site.ts';

const QUESTIONS = 6;

/** CALM's samples: four to each question, whose right option is A; the first of them choose B. */
function samples(
  wrong: number,
  words: [instruction: string, text: string, marker: string],
): string {
  return JSON.stringify(
    Array.from({ length: QUESTIONS }, (_, q) => ({
      instruction: words[0],
      input: `${words[1]} ${q}?\nA. a\nB. b\nC. c`,
      output: 'A',
      pred: Array.from({ length: 4 }, (__, s) => `${words[2]} ${s < wrong ? 'B' : 'A'}`),
    })),
  );
}

const FILES = [
  { name: 'x_csqa_en_train_sampled.json', content: samples(0, ['Choose.', 'Which', 'Answer:']) },
  {
    name: 'x_csqa_fr_train_sampled.json',
    content: samples(1, ['Choisis.', 'Lequel', MARKER_PROFILES.fr.answer[0]]),
  },
  {
    name: 'x_csqa_ja_train_sampled.json',
    content: samples(2, ['選べ。', 'どれ', MARKER_PROFILES.ja.answer[0]]),
  },
];

async function saved(page: Page, name: string): Promise<Record<string, Uint8Array>> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  return unzipSync(readFileSync(await (await download).path()));
}

describe('pairs of own votes', () => {
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await dropFiles(page, FILES);
    await page.getByRole('tab', { name: 'Votes' }).click();
    await page.getByTestId('vote-finding').waitFor();
  });
  afterAll(() => site.close());

  it('are voted on by the parser of the scores, with the other way of reading beside it', async () => {
    expect(await page.getByLabel('How a vote is read').inputValue()).toBe('own');
    expect(await page.getByTestId('other-reading').innerText()).toBe(
      'The answers are read by the parser robust. Read as CALM’s code reads them, the vote is right on a share 1.000 [0.610, 1.000], 0 without dissent, 0 tied, 0 without a valid answer; every question elects the same.',
    );
    const files = await saved(page, 'Votes of all models (zip)');
    // 9 of 12 answers are A.
    expect(strFromU8(files['votes.csv']).split('\n')[1]).toContain(',A,A:9 B:3,12,0,0.75,0.5,');
    expect(JSON.parse(strFromU8(files['votes.json']))).toMatchObject({ parser: 'robust' });
  });

  it('are as many as the threshold lets through', async () => {
    const counts = page.getByTestId('threshold');
    expect(await counts.innerText()).toMatch(/^6 of 6 questions are kept/);
    await page.getByRole('slider').fill('0.8');
    expect(await counts.innerText()).toMatch(/^0 of 6 questions are kept .* none remains/);
    await page.getByRole('tab', { name: 'Pairs' }).click();
    await page.getByText('0 rows from the votes').waitFor();
    await page.getByText('Which pairs are made').click();
    await page.getByLabel('Least share').fill('0.75');
    await page.getByLabel('Least share').blur();
    // One wrong sample in French and two in Japanese, to each of six questions.
    await page.getByText('18 rows from the votes').waitFor();
    await page.getByLabel('Least margin').fill('0.6');
    await page.getByLabel('Least margin').blur();
    await page.getByText('0 rows from the votes').waitFor();
    await page.getByText('6 because the margin of the vote is below the threshold').waitFor();
    await page.getByLabel('Least margin').fill('0');
    await page.getByLabel('Least margin').blur();
    await page.getByLabel('Only the answer that the model is surest of').check();
    await page.getByText('12 rows from the votes').waitFor();
    await page.getByLabel('Only the answer that the model is surest of').uncheck();
    await page.getByText('18 rows from the votes').waitFor();
  });

  it('are rewritten on both sides, and taken back step by step', async () => {
    await page.getByLabel('Rejected answer of row 1', { exact: true }).fill('Answer: C');
    await page.getByLabel('Rejected answer of row 1', { exact: true }).blur();
    await page.getByRole('button', { name: 'Exclude' }).nth(1).click();
    await page.getByText('; 1 excluded; 1 edited.').waitFor();
    await page.getByRole('button', { name: 'Undo the last change' }).click();
    await page.getByText(/of 18; 1 edited\.$/).waitFor();
    await page.getByLabel('Rows say where they come from').check();
    await page.getByLabel('Format of the rows').selectOption('xllms');
    const files = await saved(page, 'Training files and audit sheet (zip)');
    const rows = JSON.parse(strFromU8(files['xLLMs_fr.json'])) as Record<string, unknown>[];
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatchObject({
      prefered_output: `${MARKER_PROFILES.fr.answer[0]} A`,
      rejected_output: 'Answer: C',
      meta: { share: 0.75, votes: { A: 9, B: 3 } },
    });
    expect(strFromU8(files['audit.csv']).split('\n')[1]).toMatch(/,edited_rejected$/);
  });

  it('are asked in one language and answered in another by a plan, with the balance beside it', async () => {
    await page.getByLabel('Plan', { exact: true }).selectOption('to-pivot');
    await page.getByLabel('Pivot of the plan').selectOption('ja');
    const balance = page.getByRole('table', { name: 'Balance of the plan' });
    await balance.waitFor();
    expect(await balance.locator('tbody tr').allInnerTexts()).toEqual([
      'English\tJapanese\t0.500\t12\t12',
      'French\tJapanese\t0.500\t12\t12',
    ]);
    await page.getByText('The sentence that asks for each language').click();
    await page.getByLabel('Sentence that asks for Japanese').fill('日本語で。');
    await page.getByLabel('Sentence that asks for Japanese').blur();
    await page.getByLabel('Most rows of two languages').fill('5');
    await page.getByLabel('Most rows of two languages').blur();
    await page.getByText('10 rows from the votes').waitFor();
    const files = await saved(page, 'Training files and audit sheet (zip)');
    const rows = JSON.parse(strFromU8(files['xLLMs_en-ja.json'])) as { instruction: string }[];
    expect(rows.map(({ instruction }) => instruction)).toEqual(
      Array(5).fill('Choose.\n日本語で。'),
    );
    expect(strFromU8(files['balance.csv'])).toContain('x_csqa');
    expect(site.problems).toEqual([]);
  });
});
