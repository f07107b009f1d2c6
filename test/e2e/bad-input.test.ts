import { zipSync, strToU8 } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright';
import { BUNDLED_MODEL } from '../../src/core/models.ts';
import { dropFiles, newPage, openSite, type Site } from './site.ts';

const PDF = '%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<>>\nendobj\n';
const zip = zipSync({
  'facts.csv': strToU8('id,en,de\na,One boat,Ein Boot\nb,Two boats,Zwei Boote\n'),
});

const BAD: { name: string; content: string | Uint8Array; says: RegExp }[] = [
  { name: 'empty.csv', content: '', says: /empty\.csv.*(empty|nothing|no bytes)/i },
  {
    name: 'noise.bin',
    content: Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256),
    says: /noise\.bin/,
  },
  { name: 'paper.pdf', content: PDF, says: /paper\.pdf.*PDF/i },
  { name: 'cut.zip', content: zip.slice(0, zip.length - 40), says: /cut\.zip/ },
  {
    name: 'latin1.csv',
    content: Uint8Array.from([...strToU8('id,en,de\na,Cafe,Caf'), 0xe9, 10]),
    says: /latin1\.csv.*UTF-8/,
  },
];

describe('bad input', () => {
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    site = await openSite();
    page = await newPage(site);
    await page.getByRole('button', { name: 'Try the example' }).click();
    await page.getByRole('heading', { name: '66 facts in 24 languages' }).waitFor();
  });
  afterAll(() => site.close());

  it.each(BAD)(
    '$name gets a sentence and what was loaded stays',
    async ({ name, content, says }) => {
      await dropFiles(page, [{ name, content }]);
      const row = page.getByRole('row').filter({ hasText: name }).first();
      await row.waitFor();
      expect((await row.innerText()).replaceAll('\n', ' ')).toMatch(says);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
        '66 facts in 24 languages',
      );
    },
  );

  it('one language is refused before anything runs, with the remedy', async () => {
    const own = await newPage(site);
    await dropFiles(own, [
      { name: 'only.csv', content: 'id,en\na,One boat is here.\nb,Two boats are here.\n' },
    ]);
    await own.getByText('The files hold one language, en; a comparison needs two.').waitFor();
    expect(await own.getByRole('button', { name: 'Encode, compare, project' }).isDisabled()).toBe(
      true,
    );
  });

  it('no shared ids ends in a sentence that names the languages', async () => {
    const own = await newPage(site);
    await dropFiles(own, [
      { name: 'en.csv', content: 'id,en\na,One boat is here.\nb,Two boats are here.\n' },
      { name: 'de.csv', content: 'id,de\nx,Ein Boot ist hier.\ny,Zwei Boote sind hier.\n' },
    ]);
    await own.getByText('No two of the languages en, de share a fact.').waitFor();
    expect(await own.getByRole('button', { name: 'Encode, compare, project' }).isDisabled()).toBe(
      true,
    );
  });

  it('one fact is compared as far as it can be, and says what is not defined', async () => {
    const own = await newPage(site);
    await dropFiles(own, [
      {
        name: 'one.csv',
        content: 'id,en,de\na,One boat is in the harbour.,Ein Boot liegt im Hafen.\n',
      },
    ]);
    await own.getByRole('button', { name: 'Encode, compare, project' }).click();
    await own
      .getByTestId('answer')
      .getByText('The split of variance needs two facts')
      .waitFor({ timeout: 60_000 });
  });
});

describe('a model file that is not the one expected', () => {
  it('is refused with its name, and nothing is computed', async () => {
    const site = await openSite();
    try {
      await site.context.route('**/models/**/tokenizer_config.json', (route) =>
        route.fulfill({ body: '{"model_max_length": 61}', contentType: 'application/json' }),
      );
      const page = await newPage(site);
      await page.getByRole('button', { name: 'Try the example' }).click();
      await page.getByRole('button', { name: 'Encode, compare, project' }).click();
      await page
        .getByText(`The file tokenizer_config.json of ${BUNDLED_MODEL} is not the one expected`)
        .waitFor();
      expect(await page.getByText('66 facts in 24 languages').count()).toBe(1);
    } finally {
      await site.close();
    }
  });
});
