import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDelimited } from '../../src/io/read/from-csv.ts';
import { toCsv } from '../../src/io/write/to-csv.ts';
import { isogloss } from '../helpers/shell.ts';
import { dropFiles, newPage, openSite, type Site } from './site.ts';

type Row = Record<string, string>;

const LANGUAGES = ['en', 'de', 'fr'];
const QUESTIONS = 8;

/** A table by the names of its columns. */
function rowsOf(csv: string): Row[] {
  const [header, ...rows] = parseDelimited(csv).rows;
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
}

// The first of two columns with this name is the fact’s; the other is Indonesian.
const facts = rowsOf(readFileSync('public/example/facts.csv', 'utf8').replace(/^id,/, 'name,'))
  .filter((_, f) => f % 9 === 1)
  .slice(0, QUESTIONS);

const longestWord = (text: string): string =>
  text.split(/[\s,.]+/).reduce((long, word) => (word.length > long.length ? word : long), '');

/** French says another fact on two questions, German in its second sample on two; the last is refused twice. */
function answerTo(q: number, language: string, sample: number): string {
  if (q === QUESTIONS - 1 && language === 'en') return 'I do not know.';
  if (q === QUESTIONS - 1 && language === 'fr') return 'Je ne sais pas.';
  const isSwapped =
    (language === 'fr' && (q === 1 || q === 5)) ||
    (language === 'de' && (q === 0 || q === 3) && sample === 1);
  return facts[isSwapped ? (q + 3) % QUESTIONS : q][language];
}

function answersOf(model: string): string[][] {
  return facts.flatMap((fact, q) =>
    LANGUAGES.flatMap((language) =>
      [0, 1].map((sample) => [
        ...[fact.name, language, model, String(sample)],
        ...[answerTo(q, language, sample), longestWord(fact[language])],
      ]),
    ),
  );
}

const ANSWERS = toCsv([
  ['id', 'lang', 'model', 'sample', 'answer', 'gold'],
  ...answersOf('one'),
  ...answersOf('two').slice(0, 12),
]);

async function unzipped(page: Page, name: string): Promise<Record<string, string>> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const files = unzipSync(readFileSync(await (await download).path()));
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

/** What the shell makes of the same file. */
function shellFiles(file: string, ...argv: string[]): (name: string) => string {
  const out = mkdtempSync(join(tmpdir(), 'isogloss-open-'));
  expect(isogloss(...argv, file, '--out', out)).toMatchObject({ code: 0 });
  return (name) => readFileSync(join(out, name), 'utf8');
}

function expectSame(page: Row[], shell: Row[], near: string[]): void {
  const exact = (row: Row): [string, string][] =>
    Object.entries(row).filter(([name]) => !near.includes(name));
  expect(page.map(exact)).toEqual(shell.map(exact));
  for (const name of near)
    page.forEach((row, i) => expect(Number(row[name])).toBeCloseTo(Number(shell[i][name]), 4));
}

describe('answers to open questions', () => {
  let [site, page]: [Site?, Page?] = [];
  let file = '';
  const at = (): Page => page!;
  beforeAll(async () => {
    file = join(mkdtempSync(join(tmpdir(), 'isogloss-open-')), 'open.csv');
    writeFileSync(file, ANSWERS);
    site = await openSite();
    page = await newPage(site);
    await dropFiles(page, [{ name: 'open.csv', content: ANSWERS }]);
    await page.getByRole('tab', { name: 'Votes' }).click();
    await page.getByTestId('open-counts').waitFor();
  });
  afterAll(() => site?.close());

  it('have no votes until they are encoded, and then those of the shell', async () => {
    expect(await at().getByTestId('open-counts').innerText()).toBe(
      '48 answers to 8 open questions.',
    );
    await at().getByText('Nothing votes here').waitFor();
    await at().getByRole('button', { name: 'Encode the answers of one' }).click();
    await at().getByRole('table', { name: 'Elected answers' }).waitFor({ timeout: 120_000 });
    const own = await unzipped(at(), 'Votes of one (zip)');
    const shell = shellFiles(file, 'vote', '--open', '--model', 'one');
    expect(own['votes.csv']).toBe(shell('votes.csv'));
    expect(own['curves.csv']).toBe(shell('curves.csv'));
    expectSame(rowsOf(own['medoids.csv']), rowsOf(shell('medoids.csv')), ['score']);
    const [page, there] = [own['votes.json'], shell('votes.json')].map(
      (json) => JSON.parse(json) as Record<string, unknown>,
    );
    expect(page.groups).toEqual(there.groups);
    expect(page).toMatchObject({ mode: 'own', open: true, seed: 1 });
    expect(page.encoder).toMatchObject({
      id: 'isogloss-encoder-1',
      dtype: 'fp32',
      backend: 'wasm',
    });
  });

  it('are shown by the answer that stands for the largest cluster', async () => {
    const shell = shellFiles(file, 'vote', '--open', '--model', 'one');
    const medoids = rowsOf(shell('medoids.csv')).filter(({ winner }) => winner === '2');
    const votes = rowsOf(shell('votes.csv'));
    const rows = at().getByRole('table', { name: 'Elected answers' }).locator('tbody tr');
    const shown = await rows.evaluateAll((all) =>
      all.map((row) => ({
        id: row.querySelector('th')!.textContent.trim(),
        lang: row.querySelector('[lang]')!.getAttribute('lang'),
        text: row.querySelector('[lang]')!.textContent,
        share: row.querySelector('.number')!.textContent.split(',')[0].trim(),
      })),
    );
    const byId = (a: { id: string }, b: { id: string }): number => a.id.localeCompare(b.id);
    expect(shown.toSorted(byId)).toEqual(
      medoids
        .map(({ question, language, text }) => ({
          ...{ id: question, lang: language, text },
          share: Number(votes.find((vote) => vote.question === question)!.share).toFixed(3),
        }))
        .toSorted(byId),
    );
    expect(await rows.filter({ hasText: 'refuses to answer' }).count()).toBe(1);
  });

  it('say how alike they are across languages beside how often they are right', async () => {
    const shell = shellFiles(file, 'score', '--similarity');
    const [one] = rowsOf(shell('similarity.csv'));
    const fixed = (name: string): string => Number(one[name]).toFixed(3);
    const sentence = await at().getByTestId('similarity').innerText();
    expect(sentence).toContain(`xSC ${fixed('xsc')} [${fixed('xsc_low')}, ${fixed('xsc_high')}]`);
    expect(sentence).toContain(
      `those to different questions have ${fixed('floor')}, so that ${fixed('xsc_above_floor')} remains`,
    );
    expect(sentence).toContain('1 question is refused in two languages or more');
    const texts = rowsOf(shell('free-text.csv')).filter(({ model }) => model === 'one');
    const hits = texts.reduce((sum, { n, contains }) => sum + Number(n) * Number(contains), 0);
    expect(sentence).toContain(
      `24 first answers with known truths a share ${(hits / 24).toFixed(3)}`,
    );
  });

  it('stand on the scorecard, too, and in its files', async () => {
    await at().getByRole('tab', { name: 'Scorecard' }).click();
    await at().getByTestId('similarity').waitFor();
    const own = await unzipped(at(), 'Scorecard (zip)');
    const [there] = rowsOf(shellFiles(file, 'score', '--similarity')('similarity.csv'));
    const numbers = ['xsc', 'xsc_low', 'xsc_high', 'floor', 'xsc_above_floor'];
    expectSame(rowsOf(own['similarity.csv']), [there], numbers);
    expect(JSON.parse(own['scorecard.json'])).toMatchObject({
      encoder: { id: 'isogloss-encoder-1', dtype: 'fp32', backend: 'wasm' },
    });
  });

  it('make the pairs of the shell', async () => {
    await at().getByRole('tab', { name: 'Pairs' }).click();
    const own = await unzipped(at(), 'Training files and audit sheet (zip)');
    const shell = shellFiles(file, 'pairs', '--open', '--model', 'one');
    const names = Object.keys(own).filter((name) => name.startsWith('DPO_'));
    expect(names.length).toBeGreaterThan(0);
    for (const name of [...names, 'audit.csv']) expect(own[name]).toBe(shell(name));
  });

  it('vanish in words for another model, and after files change', async () => {
    await at().getByLabel('Model', { exact: true }).selectOption('two');
    await at().getByText('those of two are not encoded').waitFor();
    await at().getByRole('tab', { name: 'Votes' }).click();
    await at().getByText('The answers of one are encoded, not these.').waitFor();
    await at().getByLabel('Model', { exact: true }).selectOption('one');
    await at().getByRole('table', { name: 'Elected answers' }).waitFor();
    await dropFiles(at(), [{ name: 'more.csv', content: ANSWERS.replaceAll('one', 'three') }]);
    await at().getByText('The files have changed since answers were encoded.').waitFor();
    expect(await at().getByRole('table', { name: 'Elected answers' }).count()).toBe(0);
    await at().getByRole('button', { name: 'Start over' }).click();
    await dropFiles(at(), [{ name: 'open.csv', content: ANSWERS }]);
    await at().getByRole('tab', { name: 'Votes' }).click();
    await at().getByText('They vote once they are encoded').waitFor();
    expect(await at().getByLabel('How a vote is read').inputValue()).toBe('own');
    expect(site?.problems).toEqual([]);
  });
});
