import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { bundledFiles } from '../helpers/models.ts';
import { findBrowser } from '../find-browser.mjs';
import type { ContestResult } from './harness.ts';
import { FULL, type Subject } from './hold.ts';
import type { Options } from './options.ts';
import type { BenchRequest } from './page/request.ts';
import { randomEncoder } from './random-encoder.ts';
import type { Place } from './results.ts';

const CONFIG = 'test/bench/vite.config.ts';
const FOLDER = 'dist/bench-page';

/** A real GPU, where Chromium does not take it by itself. */
const GPU_FLAGS = [
  '--enable-unsafe-webgpu',
  '--ignore-gpu-blocklist',
  '--use-angle=vulkan',
  '--enable-features=Vulkan',
];

let isBuilt = false;

/** Holds the contests of a subject in a module worker of headless Chromium, each request in a fresh one. */
export async function holdInChromium(
  subject: Subject,
  { sizes, rounds }: Options,
  announce: (place: Place) => (result: ContestResult) => void,
): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === null) {
    process.stderr.write('Nothing is held in Chromium: install it, or name it in CHROME_PATH.\n');
    return;
  }
  if (!isBuilt) await build({ configFile: CONFIG, logLevel: 'error' });
  isBuilt = true;
  if (subject === 'encode') for (const dtype of sizes.dtypes) await placeEncoder(dtype);
  const server = await preview({ configFile: CONFIG, logLevel: 'error' });
  const args = ['--no-sandbox', ...(subject === 'gpu' ? gpuFlags() : [])];
  const browser = await chromium.launch({ executablePath, headless: true, args });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(server.resolvedUrls!.local[0]);
    const remark = subject === 'gpu' ? await gpuRemark(page) : '';
    await page.exposeFunction('announceResult', announce({ name: 'Chromium', remark }));
    const requests: BenchRequest['subject'][] =
      subject === 'pair' ? ['pair', 'pair-as-shipped'] : [subject];
    for (const asked of requests)
      await page.evaluate((request) => globalThis.holdContests(request), {
        subject: asked,
        // The many languages of `--large` are for Node alone: they take a quarter of an hour.
        sizes: { ...sizes, languages: Math.min(sizes.languages, FULL.languages) },
        rounds,
      });
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Where `--use-webgpu-adapter` or another flag is needed, BENCH_CHROMIUM_FLAGS names it, with spaces between. */
function gpuFlags(): string[] {
  const own = process.env.BENCH_CHROMIUM_FLAGS;
  if (own !== undefined) return own.split(' ');
  return process.platform === 'linux' ? GPU_FLAGS : ['--enable-unsafe-webgpu'];
}

/** What kind of adapter there is: numbers of one that the CPU emulates say nothing about a GPU. */
async function gpuRemark(page: Page): Promise<string> {
  const found = await page.evaluate(() => globalThis.findGpu());
  if (!found.available) throw new Error(`There is no GPU to measure. ${found.reason}`);
  return found.software
    ? `Correctness only: ${found.description} is no GPU.`
    : `On ${found.description}.`;
}

/** Writes the files of the encoder that is measured, and their list, where the worker finds them. */
async function placeEncoder(dtype: 'fp32' | 'q8'): Promise<void> {
  const folder = join(FOLDER, `encoder-${dtype}`);
  const files = randomEncoder(dtype, await bundledFiles());
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  writeFileSync(join(folder, 'files.json'), JSON.stringify(Object.keys(files)));
}
