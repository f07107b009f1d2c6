import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { serve } from '../../src/cli/serve.mjs';
import { findBrowser } from '../find-browser.mjs';

export const GPU_FLAGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

export interface Site {
  url: string;
  context: BrowserContext;
  /** Every request to another origin, of the page and its workers. */
  foreign: string[];
  /** Console errors and uncaught exceptions. */
  problems: string[];
  close(): Promise<void>;
}

/** The built page in a fresh browser, served as `npm start` serves it. */
export async function openSite(
  options: { gpu?: boolean; width?: number; dark?: boolean } = {},
): Promise<Site> {
  const { gpu = false, width = 1440, dark = false } = options;
  const server = await serve(join(process.cwd(), 'dist/page'), 0);
  const context = await chromium.launchPersistentContext(
    mkdtempSync(join(tmpdir(), 'isogloss-e2e-')),
    {
      executablePath: findBrowser() ?? '',
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...(gpu ? GPU_FLAGS : []),
      ],
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      acceptDownloads: true,
    },
  );
  const foreign: string[] = [];
  const problems: string[] = [];
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && `${origin}/` !== server.url) foreign.push(request.url());
  });
  context.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  context.on('weberror', (error) => problems.push(error.error().message));
  return {
    url: server.url,
    context,
    foreign,
    problems,
    close: async () => {
      await context.close();
      await server.close();
    },
  };
}

export async function newPage({ context, url }: Site): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Drops files on the page as a user would. */
export async function dropFiles(
  page: Page,
  files: { name: string; content: string | Uint8Array }[],
): Promise<void> {
  const plain = files.map(({ name, content }) => ({
    name,
    base64: Buffer.from(content).toString('base64'),
  }));
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, base64 } of list) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name));
    }
    return data;
  }, plain);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

export const START = 'Encode, compare, project';

export async function runToEnd(page: Page, timeout = 120_000): Promise<void> {
  await page.getByRole('button', { name: START }).click();
  await page
    .getByText(/trustworthiness \d|too few texts/)
    .first()
    .waitFor({ timeout });
  await page
    .getByRole('button', { name: 'Everything (zip)' })
    .and(page.locator(':enabled'))
    .waitFor();
}
