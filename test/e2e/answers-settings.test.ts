import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dropFiles, newPage, openSite, type Site } from './site.ts';

const FACTS =
  'id,en,de\na,One boat is here.,Ein Boot ist hier.\nb,Two boats are here.,Zwei Boote sind da.\n';
const ANSWERS = ['q1', 'q2', 'q3'].flatMap((id) =>
  ['de', 'fr'].map((lang) => `${id},${lang},alpha,A,A`),
);
const ROWS = ['id,lang,model,answer,gold', ...ANSWERS].join('\n');
const TIERS = { 5: [{ lang_code: 'en' }, { lang_code: 'de' }], 1: [{ lang_code: 'am' }] };
const PROFILES = { de: { answer: ['Ergo:'], explanation: ['Denn:'] } };

const json = (name: string, value: unknown): { name: string; content: string } => ({
  name,
  content: JSON.stringify(value),
});

describe('the answers side without answers', () => {
  let site: Site;
  let page: Page;
  const view = async (name: string): Promise<void> =>
    page.getByRole('tab', { name, exact: true }).click();
  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await dropFiles(page, [{ name: 'facts.csv', content: FACTS }]);
    await page.getByRole('heading', { name: '2 facts in 2 languages' }).waitFor();
    await view('Answers');
  });
  afterAll(() => site.close());

  it('says what is missing, and covers the facts', async () => {
    await page.getByRole('heading', { name: 'No answers of models are loaded' }).waitFor();
    await view('Scorecard');
    await page.getByText(/^A scorecard needs answers of models/).waitFor();
    await view('Votes');
    await page.getByText(/^A vote needs answers of models; no file/).waitFor();
    await view('Lint');
    await page.getByRole('button', { name: 'Judge 2 facts' }).waitFor();
    await view('Coverage');
    expect(await page.getByTestId('coverage-finding').innerText()).toContain(
      'These files hold 2 languages: 2 with facts, 0 with answers',
    );
  });

  it('takes tiers and markers that are dropped, and keeps the facts', async () => {
    await view('Facts');
    await dropFiles(page, [json('tiers.json', TIERS)]);
    await page.getByText('Tiers: from tiers.json.').waitFor();
    await dropFiles(page, [{ name: 'answers.csv', content: ROWS }, json('own.json', PROFILES)]);
    await view('Files and settings');
    await page.getByRole('heading', { name: /^6 answers of 1 model to 3 questions/ }).waitFor();
    await page.getByText('are those of own.json').waitFor();
    await view('Coverage');
    await page.getByText('Tiers: from tiers.json.').waitFor();
    await view('Facts');
    await page.getByRole('heading', { name: '2 facts in 2 languages' }).waitFor();
  });

  it('stays in sight when a file is dropped again', async () => {
    await view('Answers');
    await view('Votes');
    await dropFiles(page, [{ name: 'answers.csv', content: ROWS }]);
    await page.getByTestId('vote-finding').waitFor();
    expect(page.url()).toContain('side=answers&view=votes');
  });

  it('forgets all of it when started over', async () => {
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('button', { name: 'Try the example' }).waitFor();
    expect(await page.getByRole('tab', { name: 'Answers' }).count()).toBe(0);
  });

  it('takes markers alone', async () => {
    await dropFiles(page, [json('own.json', PROFILES)]);
    await page.getByText('are those of own.json').waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
  });

  it('stops no run of facts, nor does a file that is none', async () => {
    await page.getByRole('button', { name: 'Try the example' }).click();
    await page.getByRole('button', { name: 'Encode, compare, project' }).click();
    await dropFiles(page, [{ name: 'answers.csv', content: ROWS }]);
    await page.getByRole('heading', { name: /^6 answers of 1 model/ }).waitFor();
    await dropFiles(page, [{ name: 'broken.json', content: '{"a": [1,' }]);
    await page.getByText(/^Facts explain/).waitFor();
    await view('Answers');
    await page.getByRole('heading', { name: /^6 answers of 1 model/ }).waitFor();
    expect(site.problems).toEqual([]);
  });
});
