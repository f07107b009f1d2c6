/**
 * Frames a second of the projection map while it is moved, zoomed, pointed at and laid out anew, in headless Chromium:
 * `node test/bench/drawing.mjs [--gpu] [points ...]`. A table on the screen, no assertion. `--gpu` asks Chromium for the
 * graphics card; the table's first column says which way the map was drawn.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { findBrowser } from '../find-browser.mjs';

const SECONDS = 2;
const GESTURES = ['move', 'zoom', 'point', 'stream'];

const configFile = fileURLToPath(new URL('../gallery/vite.config.ts', import.meta.url));

/** In the page: one step of a gesture for each frame of the screen. */
async function gesture([name, seconds]) {
  const svg = document.querySelector('svg[role=application]');
  const box = svg.getBoundingClientRect();
  const at = (turn) => ({
    clientX: box.left + box.width * (0.5 + 0.3 * Math.cos(turn)),
    clientY: box.top + box.height * (0.5 + 0.3 * Math.sin(turn)),
  });
  const send = (type, place, more = {}) =>
    svg.dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        pointerId: 1,
        pointerType: 'mouse',
        ...place,
        ...more,
      }),
    );
  const steps = {
    still: () => {},
    move: (frame) => send('pointermove', at(frame / 30), { buttons: 1 }),
    zoom: (frame) =>
      svg.dispatchEvent(
        new WheelEvent('wheel', {
          ...at(0),
          deltaY: frame % 60 < 30 ? -40 : 40,
          ctrlKey: false,
          bubbles: true,
          cancelable: true,
        }),
      ),
    point: (frame) => send('pointermove', at(frame / 60)),
  };
  svg.setPointerCapture = () => {};
  svg.focus();
  if (name === 'move') send('pointerdown', at(0), { button: 0, buttons: 1 });
  const times = [];
  const end = performance.now() + 1000 * seconds;
  for (let frame = 0; performance.now() < end; frame++) {
    times.push(await new Promise(requestAnimationFrame));
    // Input reaches a page between its frames.
    await new Promise((resolve) => setTimeout(resolve));
    steps[name](frame);
  }
  if (name === 'move') send('pointerup', at(0));
  const frames = times.slice(1).map((time, i) => time - times[i]);
  return { count: frames.length, worst: Math.max(...frames), total: times.at(-1) - times[0] };
}

async function busyMilliseconds(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

async function measure(browser, address, { points, threads, name, ratio }) {
  const page = await browser.newPage({
    viewport: { width: 1000, height: 900 },
    deviceScaleFactor: ratio,
  });
  const stream = name === 'stream' ? '&stream' : '';
  await page.goto(`${address}?only=map&points=${points}&threads=${threads}${stream}`);
  await page.waitForSelector('canvas');
  await page.waitForTimeout(500);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await busyMilliseconds(devtools);
  const { count, worst, total } = await page.evaluate(gesture, [
    name === 'stream' ? 'still' : name,
    SECONDS,
  ]);
  const busy = await busyMilliseconds(devtools);
  const painter = await page.evaluate(() => document.querySelector('canvas').dataset.painter);
  await page.close();
  return {
    painter,
    'device pixels': ratio,
    points,
    threads,
    gesture: name,
    'frames a second': Math.round((1000 * count) / total),
    'worst frame (ms)': Math.round(worst),
    'main thread (ms of processor a frame)': Number(((busy - before) / count).toFixed(1)),
  };
}

/** One row for each number of points, device pixel ratio, gesture, and all threads or none. */
export async function drawing({ sizes, gpu }) {
  const outDir = mkdtempSync(join(tmpdir(), 'isogloss-drawing-'));
  await build({ configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  const server = await preview({
    configFile,
    logLevel: 'warn',
    build: { outDir },
    preview: { port: 0 },
  });
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? '',
    args: ['--no-sandbox', ...(gpu ? ['--enable-gpu', '--ignore-gpu-blocklist'] : [])],
  });
  const rows = [];
  try {
    for (const ratio of [1, 2])
      for (const points of sizes)
        for (const threads of ['none', 'all'])
          for (const name of GESTURES) {
            const setting = { points, threads, name, ratio };
            rows.push(await measure(browser, server.resolvedUrls.local[0], setting));
          }
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true });
  }
  return rows;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2).filter((word) => word !== '--gpu');
  const sizes = asked.length > 0 ? asked.map(Number) : [1000, 10_000, 50_000, 100_000];
  console.table(await drawing({ sizes, gpu: process.argv.includes('--gpu') }));
}
