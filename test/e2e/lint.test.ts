import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Download, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFiles, newPage, openSite, runToEnd, type Site } from './site.ts';

const ENGLISH = 'A boat floats on the river because it is lighter than the water around it.';
const GERMAN = 'Ein Boot schwimmt auf dem Fluss, weil es leichter ist als das Wasser um es herum.';

const row = (input: string, chosen: string, rejected: string) => ({
  instruction: 'Answer the question.',
  input,
  chosen,
  rejected,
});

/** What is wrong with each row stands beside it; places count from 0. */
const DPO_DE = [
  row('Warum schwimmt Boot 0?', GERMAN, 'Weil.'),
  row('Warum schwimmt Boot 1?', GERMAN, 'Weil.'),
  row('Warum schwimmt Boot 2?', GERMAN, 'Weil es so ist.'),
  // Both sides equal.
  row('Warum schwimmt Boot 3?', 'Weil es leicht ist.', 'Weil es leicht  ist.'),
  // Both sides equal.
  row('Warum schwimmt Boot 4?', 'Holz.', 'Holz.'),
  // Another language than its file's.
  row('Warum schwimmt Boot 5?', ENGLISH, 'Weil.'),
  // A marker at the end.
  row('Warum schwimmt Boot 6?', `${GERMAN}\nAnswer:`, 'Weil.'),
  // The same pair, turned around.
  row('Warum schwimmt Boot 7?', GERMAN, 'Weil es aus Holz ist.'),
  row('Warum schwimmt Boot 7?', 'Weil es aus Holz ist.', GERMAN),
  // Of the test, word for word, and nearly so.
  row('Warum schwimmt das Boot auf dem Wasser?', GERMAN, 'Weil.'),
  row('Warum schwimmt denn das Schiff auf dem Meer?', GERMAN, 'Weil.'),
];
const DPO_AR = [
  row(
    'لماذا يطفو القارب؟',
    'يطفو القارب لأنه أخف من الماء الذي يحيط به من كل جانب.\nAnswer:',
    'لا أعرف.',
  ),
  row('لماذا تطفو السفينة؟', 'تطفو السفينة لأنها أخف من الماء الذي يحيط بها.', 'لا أعرف.'),
];
const TEST_DE = [
  row('Warum schwimmt das Boot auf dem Wasser?', GERMAN, 'Weil.'),
  row('Warum schwimmt denn das Schiff auf dem Meer ?', GERMAN, 'Weil.'),
];
const ANSWERS = [
  { id: '1', lang: 'de', model: 'm', answer: GERMAN, gold: '' },
  { id: '2', lang: 'de', model: 'm', answer: ENGLISH, gold: '' },
  { id: '3', lang: 'de', model: 'm', answer: GERMAN.replace('Boot', 'Schiff'), gold: '' },
  { id: '4', lang: 'de', model: 'm', answer: 'B', gold: '' },
  { id: '1', lang: 'en', model: 'm', answer: ENGLISH, gold: '' },
];

const TAXONOMY = {
  0: [{ lang_code: 'ace', lang_name: 'Acehnese' }],
  5: [
    { lang_code: 'de', lang_name: 'German' },
    { lang_code: 'en', lang_name: 'English' },
  ],
};

async function rule(page: Page, name: string): Promise<string[]> {
  const texts = await page
    .getByRole('table', { name: 'Rules' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name }) })
    .locator('th, td')
    .allInnerTexts();
  return texts.slice(1, 6).map((text) => text.trim());
}

async function unzipped(saved: Promise<Download>): Promise<Record<string, string>> {
  const files = unzipSync(readFileSync(await (await saved).path()));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

describe('files for training', () => {
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await dropFiles(page, [
      { name: 'DPO_de.json', content: JSON.stringify(DPO_DE) },
      { name: 'DPO_ar.json', content: JSON.stringify(DPO_AR) },
      { name: 'DPO_de_test.json', content: JSON.stringify(TEST_DE) },
      { name: 'answers.json', content: JSON.stringify(ANSWERS) },
    ]);
    await page.getByRole('tab', { name: 'Lint' }).click();
    await page.getByTestId('lint-finding').waitFor();
  });
  afterAll(() => site.close());

  it('are judged rule by rule, broken rules first', async () => {
    // Of 15 pairs; the language of one is told from files, of short ones it cannot be.
    expect(await rule(page, 'Both sides are equal')).toEqual(['error', '2', '15', '13.3 %', '2']);
    expect(await rule(page, 'Pairs that contradict')).toEqual(['error', '2', '15', '13.3 %', '0']);
    expect(await rule(page, 'Prompt of the test')).toEqual(['error', '1', '13', '7.7 %', '1']);
    expect((await rule(page, 'Marker at the end')).slice(1, 3)).toEqual(['2', '20']);
    expect((await rule(page, 'Answer in another language'))[1]).toBe('1');
    expect((await rule(page, 'Near copy of a test prompt'))[1]).toBe('not judged');
  });

  it('show where, what, and what a safe fix would do, in their own script', async () => {
    await page.getByRole('button', { name: 'Marker at the end' }).click();
    const example = page.getByRole('listitem').filter({ hasText: 'DPO_ar.json' });
    expect(await example.locator('[lang="ar"][dir="rtl"]').count()).toBe(3);
    expect(await example.innerText()).toContain('A safe fix changes the chosen answer');
    await page.getByRole('button', { name: 'Both sides are equal' }).press('Enter');
    const removed = page.getByRole('listitem').filter({ hasText: 'A safe fix removes the row' });
    expect(await removed.count()).toBe(2);
    expect(await page.getByTestId('lint-finding').innerText()).toContain(
      'Safe fixes would change 2 rows and remove 3 rows.',
    );
  });

  it('are mended in new files, with a log', async () => {
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Apply the safe fixes/ }).click();
    const files = await unzipped(saved);
    const german = JSON.parse(files['fixed/DPO_de.json']) as typeof DPO_DE;
    // Without the two whose sides are equal, and the one of the test.
    expect(german.length).toBe(DPO_DE.length - 3);
    expect(german.map(({ chosen }) => chosen)).not.toContain(`${GERMAN}\nAnswer:`);
    expect(files['fixes.csv'].match(/^DPO_/gm)).toHaveLength(5);
    expect(Object.keys(files)).not.toContain('fixed/DPO_de_test.json');
  });

  it('are compared by the encoder when asked to', async () => {
    await page.getByRole('button', { name: 'Compare the prompts by the encoder' }).click();
    await page.getByText('Prompts were encoded and compared').waitFor();
    expect(await rule(page, 'Near copy of a test prompt')).toEqual([
      'warning',
      '1',
      '12',
      '8.3 %',
      '0',
    ]);
  });

  it('are covered beside FLORES-200, in tiers of a file, and answers off target are told', async () => {
    await page.getByRole('tab', { name: 'Coverage' }).click();
    expect(await page.getByTestId('coverage-finding').innerText()).toBe(
      'These files hold 3 languages: 0 with facts, 2 with answers and 2 with rows of training. Of the 204 of FLORES-200, 0 with facts, 2 with answers and 2 with rows of training; of the 100 of FLORES-101 beside English, 0 with facts, 1 with answers and 2 with rows of training.',
    );
    expect(await page.getByTestId('off-target').innerText()).toBe(
      '1 of 4 answers that could be judged are in another language than asked for; 1 answer could not be judged.',
    );
    await page.getByLabel('Tiers from a file').setInputFiles({
      name: 'tiers.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(TAXONOMY)),
    });
    await page.getByText('Tiers: from tiers.json.').waitFor();
    await page.getByLabel('Which languages').selectOption('of FLORES-200');
    await page.getByLabel('Find').fill('germanic');
    const table = page.getByRole('table', { name: 'Coverage of languages' });
    await table.getByRole('button', { name: 'Training rows' }).click();
    const first = await table.locator('tbody tr').first().locator('th, td').allInnerTexts();
    expect(first.slice(0, 7)).toEqual([
      'German de',
      'deu_Latn',
      'Latn',
      'Germanic',
      '–',
      '4',
      '13',
    ]);
    expect(first.at(-1)).toBe('5');
  });

  it('stand beside facts whose false statements the encoder is asked about', async () => {
    const facts = readFileSync('public/example/facts.csv', 'utf8')
      .split('\n')
      .slice(0, 25)
      .join('\n');
    await dropFiles(page, [{ name: 'facts.csv', content: facts }]);
    await page.getByRole('button', { name: 'Encode, compare, project' }).waitFor();
    await runToEnd(page);
    await page.getByRole('tab', { name: 'Answers' }).click();
    await page.getByLabel('Groups', { exact: true }).waitFor();
    await page
      .getByText(/groups? of one|bootstrap over languages/)
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Lint' }).click();
    await page.getByRole('button', { name: /^Judge \d+ facts/ }).click();
    const table = page.getByRole('table', { name: 'False statements taken for true' });
    await table.waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Statements and errors (zip)' }).click();
    const errors = (await unzipped(saved))['hard-negative-errors.csv'].trim().split(/\r?\n/);
    const [language, type, n, wrong, rate] = errors[4].split(',');
    expect([type, Number(rate)]).toEqual(['any', Number(wrong) / Number(n)]);
    const shown = await table.getByRole('row').nth(1).locator('td').allInnerTexts();
    expect(shown[0]).toContain(Number(rate).toFixed(3));
    expect(shown[1]).toBe(n);
    expect(language).not.toBe('en');
    expect(site.problems).toEqual([]);
    expect(site.foreign).toEqual([]);
  });
});
