import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import type { GpuProbe } from '../../src/compute/probe.ts';
import { bundledFiles } from '../helpers/models.ts';
import { findBrowser } from '../find-browser.mjs';
import type { ContestResult } from './harness.ts';
import type { Subject } from './hold.ts';
import type { Options } from './options.ts';
import { randomEncoder } from './random-encoder.ts';
import type { HeldContest } from './results.ts';

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

/** Holds the contests of subjects in a module worker of headless Chromium, a fresh one for each. */
export async function holdInChromium(
  subjects: Subject[],
  { sizes, rounds }: Pick<Options, 'sizes' | 'rounds'>,
  announce: (contest: HeldContest) => void,
): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === null) {
    process.stderr.write('Nothing is held in Chromium: install it, or name it in CHROME_PATH.\n');
    return;
  }
  if (!isBuilt) await build({ configFile: CONFIG, logLevel: 'error' });
  isBuilt = true;
  if (subjects.includes('encode')) for (const dtype of sizes.dtypes) await placeEncoder(dtype);
  const server = await preview({ configFile: CONFIG, logLevel: 'error' });
  const isGpu = subjects.includes('gpu');
  const args = ['--no-sandbox', ...(isGpu ? gpuFlags() : [])];
  const browser = await chromium.launch({ executablePath, headless: true, args });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(server.resolvedUrls!.local[0]);
    const gpu = isGpu ? await gpuOf(page) : null;
    const place = { name: 'Chromium', remark: gpu === null ? '' : remarkOn(gpu) };
    await page.exposeFunction('announceResult', (result: ContestResult) => {
      if (gpu?.software === true)
        for (const ratio of Object.values(result.comparisons)) ratio.counts = false;
      // A page does not know the load of the machine.
      announce({ ...result, load: loadavg()[0], place });
    });
    for (const subject of subjects)
      await page.evaluate((request) => globalThis.holdContests(request), {
        subject,
        sizes,
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

async function gpuOf(page: Page): Promise<GpuProbe> {
  const found = await page.evaluate(() => globalThis.findGpu());
  if (!found.available) throw new Error(`There is no GPU to measure. ${found.reason}`);
  return found;
}

/** What kind of adapter there is: numbers of one that the CPU emulates say nothing about a GPU, and none counts. */
function remarkOn({ software, description }: GpuProbe): string {
  return software ? `Correctness only: ${description} is no GPU.` : `On ${description}.`;
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
